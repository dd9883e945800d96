/** Owns proof that a call's page is given the contract, its server and its system, and nothing of Electron. */

import { expect, it } from 'vitest';
import type { CallEvent } from '../../../main/common/call-api/bridge.ts';
import { CALL_COMMANDS } from '../../../main/common/call-api/commands.ts';
import type { IpcLike } from '../../../preload/bridge.ts';
import { createCallBridge } from '../../../preload/call-bridge.ts';

type EventListener = Parameters<IpcLike<CallEvent>['on']>[1];

function createStage(argv: string[] = [], platform: NodeJS.Platform = 'linux') {
  const sent: unknown[][] = [];
  const listeners = new Set<EventListener>();
  const ipc: IpcLike<CallEvent> = {
    invoke: async (...message) => {
      sent.push(message);
      return 'answer';
    },
    on: (_channel, listener) => listeners.add(listener),
    off: (_channel, listener) => listeners.delete(listener),
  };
  return { bridge: createCallBridge(ipc, { argv, platform }), sent, listeners };
}

it('has one member a command, two facts and the events', () => {
  expect(Object.keys(createStage().bridge).sort()).toEqual(
    [...CALL_COMMANDS, 'server', 'system', 'onEvent'].sort(),
  );
});

it('says which server and which system', () => {
  const { bridge } = createStage(['electron', '--call-server=https://a.example'], 'darwin');
  expect([bridge.server, bridge.system]).toEqual(['https://a.example', 'macos']);
  expect(createStage([], 'win32').bridge.system).toBe('windows');
  expect(createStage([], 'freebsd').bridge.system).toBe('linux');
});

it('sends each command on its channel, and hands on events without what carried them', async () => {
  const { bridge, sent, listeners } = createStage();
  expect(await bridge.copy('text')).toBe('answer');
  expect(sent).toEqual([['call:copy', 'text']]);
  const seen: unknown[][] = [];
  const stop = bridge.onEvent((...args: [CallEvent]) => seen.push(args));
  for (const listener of listeners) listener({ sender: 'ipcRenderer' }, { type: 'leave' });
  stop();
  expect(seen).toEqual([[{ type: 'leave' }]]);
  expect(listeners.size).toBe(0);
});
