import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { beforeEach, describe, expect, it } from 'vitest';
import type { TimersLike } from '../../../../main/common/platform.ts';
import { BackgroundTimers, type TimerWorkerLike } from '../../../../web-client/media/background-timers.ts';
import { FakeVisibility } from '../../../support/sound/fake-sound.ts';
import { ManualTime } from '../../../support/time/manual-time.ts';

const MINUTE_MS = 60_000;
const SCRIPT = readFileSync(new URL('../../../../web-client/media/timer-worker.js', import.meta.url), 'utf8');

let time: ManualTime;
let visibility: FakeVisibility;
let workers: FakeWorker[];
let refused: boolean;
let fired: string[];
let timers: BackgroundTimers;

/** Runs the real script with timers of its own. */
class FakeWorker implements TimerWorkerLike {
  terminated = false;
  #toWorker: (event: { data: unknown }) => void = () => {};
  #toPage: (event: { readonly data: unknown }) => void = () => {};

  constructor() {
    runInNewContext(SCRIPT, {
      Map,
      setTimeout: time.timers.setTimeout.bind(time.timers),
      clearTimeout: time.timers.clearTimeout.bind(time.timers),
      addEventListener: (_type: string, listener: (event: { data: unknown }) => void) => {
        this.#toWorker = listener;
      },
      postMessage: (data: unknown) => {
        if (!this.terminated) this.#toPage({ data });
      },
    });
  }

  postMessage(order: readonly [number, number?]): void {
    this.#toWorker({ data: structuredClone(order) });
  }

  addEventListener(_type: 'message', listener: (event: { readonly data: unknown }) => void): void {
    this.#toPage = listener;
  }

  terminate(): void {
    this.terminated = true;
  }
}

/** As in a page that has been hidden for five minutes. */
function windowTimers(): TimersLike {
  const { timers: real, clock } = time;
  return {
    setTimeout(callback, delayMs) {
      const dueMs = clock() + delayMs;
      const delay = visibility.hidden ? Math.ceil(dueMs / MINUTE_MS) * MINUTE_MS - clock() : delayMs;
      return real.setTimeout(callback, delay);
    },
    clearTimeout: (handle) => real.clearTimeout(handle),
  };
}

beforeEach(() => {
  time = new ManualTime();
  visibility = new FakeVisibility();
  workers = [];
  refused = false;
  fired = [];
  timers = new BackgroundTimers({
    timers: windowTimers(),
    clock: time.clock,
    visibility,
    createWorker: () => {
      if (refused) throw new Error('refused');
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
  });
});
const set = (name: string, delayMs: number) => timers.setTimeout(() => fired.push(name), delayMs);

describe('timers of a page', () => {
  it('are the window’s while it is seen, without a worker', async () => {
    set('a', 100);
    timers.clearTimeout(set('b', 50));
    await time.advance(100);
    expect([fired, workers]).toEqual([['a'], []]);
  });

  it('come in time while it is hidden, once each and in order', async () => {
    visibility.set(true);
    for (const [name, delayMs] of [
      ['c', 2_000],
      ['a', 250],
      ['b', 1_000],
    ] as const)
      set(name, delayMs);
    await time.advance(250);
    expect(fired).toEqual(['a']);
    await time.advance(750);
    expect(fired).toEqual(['a', 'b']);
    await time.advance(2 * MINUTE_MS);
    expect(fired).toEqual(['a', 'b', 'c']);
  });

  it('that were set before it was hidden come in time as well', async () => {
    set('a', 15_000);
    await time.advance(5_000);
    visibility.set(true);
    await time.advance(9_999);
    expect(fired).toEqual([]);
    await time.advance(1);
    expect(fired).toEqual(['a']);
  });

  it('can set and give up others when they fire', async () => {
    visibility.set(true);
    const given = set('b', 1_500);
    timers.setTimeout(() => {
      fired.push('a');
      timers.clearTimeout(given);
      set('c', 1_000);
    }, 1_000);
    await time.advance(2 * MINUTE_MS);
    expect(fired).toEqual(['a', 'c']);
  });

  it('need one worker at a time, which ends when the page is seen again', async () => {
    visibility.set(true);
    visibility.set(true);
    set('a', 1_000);
    visibility.set(false);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true]);
    set('b', 500);
    await time.advance(500);
    expect(fired).toEqual(['b']);
    visibility.set(true);
    expect(workers.map(({ terminated }) => terminated)).toEqual([true, false]);
    await time.advance(500);
    expect(fired).toEqual(['b', 'a']);
  });

  it('are the window’s where the browser gives no worker', async () => {
    refused = true;
    visibility.set(true);
    set('a', 250);
    await time.advance(MINUTE_MS);
    expect(fired).toEqual(['a']);
  });

  it('are the window’s where the worker never answers', async () => {
    visibility.set(true);
    workers[0]?.terminate();
    set('a', 250);
    await time.advance(MINUTE_MS);
    expect(fired).toEqual(['a']);
  });

  it('end with their owner', async () => {
    set('a', 100);
    visibility.set(true);
    set('b', 100);
    timers.dispose();
    await time.advance(2 * MINUTE_MS);
    expect([fired, workers[0]?.terminated]).toEqual([[], true]);
  });
});
