import { beforeEach, describe, expect, it } from 'vitest';
import { SharedContext, STANDSTILL_CHECK_MS } from '../../../../web-client/media/shared-context.ts';
import { FakeAudioWorld, FakeContext } from '../../../support/sound/fake-audio.ts';
import { settle } from '../../../support/time/manual-time.ts';

let world: FakeAudioWorld;
let made: FakeContext[];
let told: boolean[];
let shared: SharedContext;
beforeEach(() => {
  world = new FakeAudioWorld();
  made = [];
  told = [];
  shared = open('suspend');
});

function open(rest: 'suspend' | 'close'): SharedContext {
  const opened = new SharedContext({
    rest,
    create: () => {
      const context = new FakeContext(world);
      made.push(context);
      return context as unknown as AudioContext;
    },
    onChange: () => told.push(opened.running),
    timers: world.time.timers,
  });
  return opened;
}

describe('a context that is shared', () => {
  it('rests once it has started, where nobody needs it any more by then', async () => {
    world.hung.add('resume');
    const use = shared.use();
    use.dispose();
    await settle();
    made[0]?.become('running');
    expect(made.map(({ plays }) => plays)).toEqual([true]);
    await settle();
    expect(made.map(({ state }) => state)).toEqual(['suspended']);
    world.hung.clear();
    shared.use();
    expect(made.map(({ plays }) => plays)).toEqual([true]);
  });

  it('goes on where somebody needs it again before it has started', async () => {
    world.hung.add('resume');
    shared.use().dispose();
    shared.use();
    made[0]?.become('running');
    await settle();
    expect(made.map(({ plays }) => plays)).toEqual([true]);
  });

  it('closes at once, started or not', async () => {
    world.hung.add('resume');
    shared = open('close');
    shared.use().dispose();
    await settle();
    expect(made.map(({ state }) => state)).toEqual(['closed']);
  });

  it('gives way to another once it is closed, which rests as well', async () => {
    world.hung.add('resume');
    shared.use().dispose();
    made[0]?.become('closed');
    world.hung.clear();
    const use = shared.use();
    await settle();
    use.dispose();
    await settle();
    expect(made.map(({ state }) => state)).toEqual(['closed', 'suspended']);
  });
});

describe('a context that says it runs while its time stands still', () => {
  it('is told not to run, and is started anew until it does', async () => {
    const use = shared.use();
    await world.time.advance(1.5 * STANDSTILL_CHECK_MS);
    expect([use.running, told]).toEqual([true, [true]]);
    world.standsStill = true;
    made[0]?.standStill();
    await world.time.advance(2 * STANDSTILL_CHECK_MS);
    expect(use.running).toBe(false);
    told = [];
    // Each start says that it runs, and it does not.
    await world.time.advance(10 * STANDSTILL_CHECK_MS);
    expect(made[0]?.resumes).toBeGreaterThan(10);
    expect(new Set(told)).toEqual(new Set([false]));
    world.standsStill = false;
    await world.time.advance(2 * STANDSTILL_CHECK_MS);
    expect([use.running, made[0]?.plays, told.at(-1)]).toEqual([true, true, true]);
  });

  it('is told from the start where it never went on', async () => {
    world.standsStill = true;
    const use = shared.use();
    await world.time.advance(STANDSTILL_CHECK_MS);
    expect(use.running).toBe(false);
  });

  it('is another matter than one that waits for a tap', async () => {
    world.blocked = true;
    const use = shared.use();
    await world.time.advance(5 * STANDSTILL_CHECK_MS);
    world.blocked = false;
    shared.resume();
    expect(use.running).toBe(true);
    await world.time.advance(5 * STANDSTILL_CHECK_MS);
    expect(told).toEqual([true]);
  });

  it('is started with a clean slate by who needs it next', async () => {
    world.standsStill = true;
    shared.use().dispose();
    const use = shared.use();
    await world.time.advance(STANDSTILL_CHECK_MS);
    use.dispose();
    world.standsStill = false;
    await settle();
    const next = shared.use();
    expect([next.running, made[0]?.plays]).toEqual([true, true]);
  });

  it('is looked for only while somebody needs it', async () => {
    const use = shared.use();
    await settle();
    expect(world.time.pending).toBe(1);
    use.dispose();
    expect(world.time.pending).toBe(0);
  });
});
