/** Holds when updates are looked for, fetched and installed: by the person's word, in no call, and only forwards. */

import { describe, expect, it } from 'vitest';
import { UPDATE_ACTIONS, UPDATE_ERROR_CODES } from '../../../../../main/common/host-api/updates.ts';
import {
  UPDATE_CHECK_INTERVAL_MS,
  UPDATE_FIRST_CHECK_MS,
} from '../../../../../main/common/protocol/limits.ts';
import { fail, ok } from '../../../../../main/common/result.ts';
import { settle } from '../../../../support/time/manual-time.ts';
import {
  createUpdateStage,
  releaseOf,
  type UpdateStageOptions,
} from '../../../../support/updates/fake-updates.ts';

const DAYS_MS = 3 * UPDATE_CHECK_INTERVAL_MS;

async function offered(options: UpdateStageOptions = {}) {
  const stage = createUpdateStage(options);
  await stage.updates.handle('check');
  return stage;
}

async function ready(options: UpdateStageOptions = {}) {
  const stage = await offered(options);
  await stage.updates.handle('download');
  stage.updater.end(ok(null));
  await settle();
  expect(stage.progress()).toEqual({ phase: 'ready', version: '0.2.0' });
  return stage;
}

describe('looking for updates', () => {
  it('asks nobody before the person has said so', async () => {
    const { time, world, change } = createUpdateStage();
    await time.advance(DAYS_MS);
    change({ held: true });
    change({ held: false });
    await time.advance(DAYS_MS);
    expect([world.looks, time.pending]).toEqual([0, 0]);
  });

  it('asks a little later and then daily, once they have', async () => {
    const { time, world, change, progress } = createUpdateStage();
    change({ mayLook: true });
    await time.advance(UPDATE_FIRST_CHECK_MS - 1);
    expect(world.looks).toBe(0);
    world.answer = ok(releaseOf('0.1.0'));
    await time.advance(1);
    expect(world.looks).toBe(1);
    await time.advance(2 * UPDATE_CHECK_INTERVAL_MS);
    expect([world.looks, progress()]).toEqual([3, { phase: 'quiet' }]);
  });

  it('asks no more once they have changed their mind, and calls off what is under way', async () => {
    const { time, world, change, progress } = createUpdateStage({ mayLook: true });
    world.answer = new Promise(() => {});
    await time.advance(UPDATE_FIRST_CHECK_MS);
    change({ mayLook: false });
    await time.advance(DAYS_MS);
    expect([world.looks, world.calledOff, progress()]).toEqual([1, 1, { phase: 'quiet' }]);
  });

  it('asks nobody by itself while a call or a room keeps it waiting, and does afterwards', async () => {
    const { time, world, change } = createUpdateStage({ mayLook: true, held: true });
    await time.advance(DAYS_MS);
    expect(world.looks).toBe(0);
    change({ held: false });
    await time.advance(UPDATE_FIRST_CHECK_MS);
    expect(world.looks).toBe(1);
  });

  it('asks at once when the person presses, in a call too, whatever they said before', async () => {
    const { world, shown } = await offered({ held: true });
    expect(world.looks).toBe(1);
    expect(shown.map(({ phase }) => phase)).toEqual(['checking', 'offered']);
  });

  it('does nothing at all in a build without a place to ask', async () => {
    const { time, world, updates, updater } = createUpdateStage({ source: null, mayLook: true });
    for (const action of UPDATE_ACTIONS) expect(await updates.handle(action)).toEqual(fail('bad-options'));
    await time.advance(DAYS_MS);
    expect([world.looks, world.pages, updater.fetches]).toEqual([0, 0, 0]);
  });

  it.each([
    ['0.1.0', { phase: 'newest' }],
    ['0.0.9', { phase: 'failed', code: 'feed-older', version: null }],
    ['0.1.1', { phase: 'offered', version: '0.1.1' }],
  ] as const)('offers only what is newer: %s', async (version, progress) => {
    const stage = createUpdateStage();
    stage.world.answer = ok(releaseOf(version));
    await stage.updates.handle('check');
    expect(stage.progress()).toEqual(progress);
    expect(await stage.updates.handle('download')).toEqual(
      progress.phase === 'offered' ? ok(null) : fail('bad-options'),
    );
  });

  it('takes no feed that is older than one it has seen, though newer than itself', async () => {
    const { world, updates, progress } = createUpdateStage();
    world.answer = ok(releaseOf('0.3.0'));
    await updates.handle('check');
    world.answer = ok(releaseOf('0.2.0'));
    await updates.handle('check');
    expect(progress()).toEqual({ phase: 'failed', code: 'feed-older', version: null });
  });

  it.each(UPDATE_ERROR_CODES)('says why it found none, if asked: %s', async (code) => {
    const { world, updates, progress } = createUpdateStage();
    world.answer = fail(code);
    await updates.handle('check');
    expect(progress()).toEqual({ phase: 'failed', code, version: null });
  });

  it.each([
    ['offline', 'quiet'],
    ['no-feed', 'quiet'],
    ['feed-broken', 'quiet'],
    ['feed-older', 'quiet'],
    ['feed-forged', 'failed'],
  ] as const)('troubles nobody who did not ask, but for a forger: %s', async (code, phase) => {
    const { time, world, progress } = createUpdateStage({ mayLook: true });
    world.answer = fail(code);
    await time.advance(UPDATE_FIRST_CHECK_MS);
    expect([world.looks, progress().phase]).toEqual([1, phase]);
  });

  it('does not bring up by itself what was put away, but a newer one', async () => {
    const { time, world, updates, progress } = createUpdateStage({ mayLook: true });
    await time.advance(UPDATE_FIRST_CHECK_MS);
    expect(progress().phase).toBe('offered');
    await updates.handle('put-away');
    await time.advance(UPDATE_CHECK_INTERVAL_MS);
    expect([world.looks, progress().phase]).toEqual([2, 'quiet']);
    world.answer = ok(releaseOf('0.3.0'));
    await time.advance(UPDATE_CHECK_INTERVAL_MS);
    expect(progress()).toEqual({ phase: 'offered', version: '0.3.0' });
  });

  it('forgets an answer that comes after it was put away', async () => {
    const stage = createUpdateStage();
    let answer = (_release: ReturnType<typeof releaseOf>) => {};
    stage.world.answer = new Promise((resolve) => {
      answer = (release) => resolve(ok(release));
    });
    const checked = stage.updates.handle('check');
    await stage.updates.handle('put-away');
    answer(releaseOf('0.2.0'));
    await checked;
    expect([stage.world.calledOff, stage.progress()]).toEqual([1, { phase: 'quiet' }]);
  });
});

describe('fetching', () => {
  it('begins with the person’s word, never by itself', async () => {
    const { time, updater, updates, shown } = await offered({ mayLook: true });
    await time.advance(DAYS_MS);
    expect(updater.fetches).toBe(0);
    await updates.handle('download');
    updater.tellPercent(40);
    updater.end(ok(null));
    await settle();
    expect(shown.slice(-3)).toEqual([
      { phase: 'downloading', version: '0.2.0', percent: 0 },
      { phase: 'downloading', version: '0.2.0', percent: 40 },
      { phase: 'ready', version: '0.2.0' },
    ]);
  });

  it('waits for the end of what goes on, and says so', async () => {
    const { updater, updates, change, progress } = await offered({ held: true });
    await updates.handle('download');
    expect([updater.fetches, progress()]).toEqual([0, { phase: 'held', version: '0.2.0' }]);
    change({ held: false });
    expect([updater.fetches, progress().phase]).toEqual([1, 'downloading']);
  });

  it('stops when a room opens or a call begins, and starts anew afterwards', async () => {
    const { updater, updates, change, progress } = await offered();
    await updates.handle('download');
    const { tellPercent } = updater;
    change({ held: true });
    tellPercent(99);
    await settle();
    expect([updater.calledOff, progress()]).toEqual([1, { phase: 'held', version: '0.2.0' }]);
    change({ held: false });
    updater.end(ok(null));
    await settle();
    expect([updater.fetches, progress().phase]).toEqual([2, 'ready']);
  });

  it('does not start what was put away while it waited', async () => {
    const { updater, updates, change } = await offered({ held: true });
    await updates.handle('download');
    await updates.handle('put-away');
    change({ held: false });
    expect(updater.fetches).toBe(0);
  });

  it('says why it failed, and tries again when asked', async () => {
    const { updater, updates, progress } = await offered();
    await updates.handle('download');
    updater.end(fail('disk-full'));
    await settle();
    expect(progress()).toEqual({ phase: 'failed', code: 'disk-full', version: '0.2.0' });
    await updates.handle('download');
    expect([updater.fetches, progress().phase]).toEqual([2, 'downloading']);
  });

  it('is left to the person where the package does not replace itself', async () => {
    const { updater, updates, world } = await offered({
      source: { host: 'updates.example', way: 'by-hand' },
    });
    expect(await updates.handle('download')).toEqual(fail('bad-options'));
    expect(await updates.handle('open-page')).toEqual(ok(null));
    expect([updater.fetches, world.pages]).toEqual([0, 1]);
  });

  it('ends with the app', async () => {
    const { updater, updates, time } = await offered({ mayLook: true });
    await updates.handle('download');
    updates.dispose();
    updates.dispose();
    expect([updater.calledOff, time.pending]).toEqual([1, 0]);
  });
});

describe('installing', () => {
  it('happens when the person presses, once it is whole', async () => {
    const { updater, updates, progress } = await ready();
    void updates.handle('install');
    await settle();
    expect([updater.installs, progress()]).toEqual([1, { phase: 'installing', version: '0.2.0' }]);
  });

  it('is refused while a call or a room would suffer', async () => {
    const { updater, updates, change, progress, shown } = await ready();
    change({ held: true });
    expect(await updates.handle('install')).toEqual(fail('busy'));
    expect(shown.map(({ phase }) => phase)).not.toContain('installing');
    expect([updater.installs, progress().phase, updates.status.held]).toEqual([0, 'ready', true]);
  });

  it('is given up where a room opens while the file is looked at', async () => {
    const { updater, updates, change, progress } = await ready();
    updater.onVerify = () => change({ held: true });
    expect(await updates.handle('install')).toEqual(fail('busy'));
    expect([updater.installs, progress().phase]).toEqual([0, 'ready']);
  });

  it('installs nothing that was altered after it came', async () => {
    const { updater, updates, progress } = await ready();
    updater.verified = fail('file-altered');
    await updates.handle('install');
    expect([updater.installs, progress()]).toEqual([
      0,
      { phase: 'failed', code: 'file-altered', version: '0.2.0' },
    ]);
  });

  it('says why it failed', async () => {
    const { updater, updates, progress } = await ready();
    updater.installFailure = 'not-writable';
    await updates.handle('install');
    expect(progress()).toEqual({ phase: 'failed', code: 'not-writable', version: '0.2.0' });
  });

  it('installs nothing that was not fetched', async () => {
    const { updater, updates } = await offered();
    expect(await updates.handle('install')).toEqual(fail('bad-options'));
    expect(updater.installs).toBe(0);
  });
});
