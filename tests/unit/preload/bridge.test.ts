/** Owns proof that the bridge offers the contract and nothing of Electron. */

import { expect, it } from 'vitest';
import { HOST_COMMANDS } from '../../../main/common/host-api/commands.ts';
import type { WindowSnapshot } from '../../../main/common/host-api/updates.ts';
import { createBridge, type IpcLike } from '../../../preload/bridge.ts';
import { snapshotOf } from '../../support/host/host-samples.ts';

type SnapshotListener = Parameters<IpcLike<WindowSnapshot>['on']>[1];

function createStage() {
  const sent: unknown[][] = [];
  const listeners = new Set<SnapshotListener>();
  const bridge = createBridge({
    invoke: async (...message) => {
      sent.push(message);
      return 'answer';
    },
    on: (_channel, listener) => listeners.add(listener),
    off: (_channel, listener) => listeners.delete(listener),
  });
  return { bridge, sent, listeners };
}

it('has one member a command and the one event', () => {
  expect(Object.keys(createStage().bridge).sort()).toEqual([...HOST_COMMANDS, 'onSnapshot'].sort());
});

it('sends each command on its channel and gives the answer back', async () => {
  const { bridge, sent } = createStage();
  expect(await bridge.addOrigin('https://a.example')).toBe('answer');
  await bridge.start();
  expect(sent).toEqual([['host:addOrigin', 'https://a.example'], ['host:start']]);
});

it('hands on snapshots without the event, until told to stop', () => {
  const { bridge, listeners } = createStage();
  const seen: unknown[][] = [];
  const stop = bridge.onSnapshot((...args: [WindowSnapshot]) => seen.push(args));
  const snapshot = snapshotOf({ phase: 'idle' });
  for (const listener of listeners) listener({ sender: 'ipcRenderer' }, snapshot);
  stop();
  expect(seen).toEqual([[snapshot]]);
  expect(listeners.size).toBe(0);
});
