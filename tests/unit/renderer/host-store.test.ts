/** Owns proof that the window shows the newest snapshot whatever order they come in. */

import { describe, expect, it } from 'vitest';
import type { HostBridge } from '../../../main/common/host-api/commands.ts';
import type { WindowSnapshot } from '../../../main/common/host-api/updates.ts';
import { fail, ok } from '../../../main/common/result.ts';
import { HostStore } from '../../../renderer/host-store.ts';
import { snapshotOf } from '../../support/host/host-samples.ts';

function createStage() {
  const listeners = new Set<(snapshot: WindowSnapshot) => void>();
  let answer = (_snapshot: WindowSnapshot) => {};
  let failAnswer = () => {};
  const done = async () => ok(null);
  const bridge: HostBridge = {
    snapshot: () =>
      new Promise((resolve, reject) => {
        answer = resolve;
        failAnswer = () => reject(new Error('no main'));
      }),
    start: done,
    goOn: done,
    startAnew: done,
    stop: done,
    stopServer: done,
    setPreferences: done,
    addOrigin: done,
    addTurnServer: done,
    removeTurnServer: done,
    turnTestAccess: async () => fail('bad-options'),
    chooseRelayFolder: async () => ok(null),
    writeRelay: async () => fail('bad-options'),
    showRelay: done,
    addRelay: done,
    talkHere: done,
    joinCall: done,
    room: done,
    copyInvite: done,
    openInvite: done,
    startsAtLogin: async () => ok(false),
    setStartAtLogin: done,
    update: done,
    onSnapshot(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const store = new HostStore(bridge);
  let changes = 0;
  store.subscribe(() => changes++);
  return {
    store,
    listeners,
    changes: () => changes,
    answer: (snapshot: WindowSnapshot) => answer(snapshot),
    failAnswer: () => failAnswer(),
    publish: (snapshot: WindowSnapshot) => {
      for (const listener of listeners) listener(snapshot);
    },
  };
}

const at = (revision: number) => snapshotOf({ phase: 'idle' }, { revision });
const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('HostStore', () => {
  it('is loading until the first snapshot', async () => {
    const stage = createStage();
    expect(stage.store.view()).toEqual({ phase: 'loading' });
    stage.answer(at(3));
    await settled();
    expect(stage.store.view()).toEqual({ phase: 'ready', snapshot: at(3) });
  });

  it('lets no late answer overwrite a newer snapshot', async () => {
    const stage = createStage();
    stage.publish(at(5));
    stage.answer(at(4));
    await settled();
    expect(stage.store.view()).toMatchObject({ snapshot: { revision: 5 } });
    expect(stage.changes()).toBe(1);
  });

  it('drops what is not newer and keeps its view the same object', () => {
    const stage = createStage();
    stage.publish(at(5));
    const view = stage.store.view();
    stage.publish(at(5));
    stage.publish(at(2));
    expect(stage.store.view()).toBe(view);
    stage.publish(at(6));
    expect(stage.store.view()).toMatchObject({ snapshot: { revision: 6 } });
  });

  it('says so when main does not answer, and recovers by a later snapshot', async () => {
    const stage = createStage();
    stage.failAnswer();
    await settled();
    expect(stage.store.view()).toEqual({ phase: 'unavailable' });
    stage.publish(at(1));
    expect(stage.store.view()).toMatchObject({ phase: 'ready' });
  });

  it('listens no longer once disposed', () => {
    const stage = createStage();
    stage.store.dispose();
    expect(stage.listeners.size).toBe(0);
  });
});
