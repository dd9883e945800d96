/** Owns the bridge of a call's page: each command becomes a message to main, and nothing else does. */

import {
  type AppSystem,
  CALL_EVENT_CHANNEL,
  type CallBridge,
  type CallEvent,
  SERVER_ARGUMENT,
} from '../main/common/call-api/bridge.ts';
import { CALL_COMMANDS, type CallCommands, callChannel } from '../main/common/call-api/commands.ts';
import type { IpcLike } from './bridge.ts';

const SYSTEMS: Readonly<Record<string, AppSystem>> = { darwin: 'macos', win32: 'windows' };

/** Of the page's process; by its command line main says where the call's server is. */
export type PageProcess = Pick<NodeJS.Process, 'argv' | 'platform'>;

export function createCallBridge(ipc: IpcLike<CallEvent>, { argv, platform }: PageProcess): CallBridge {
  const commands = CALL_COMMANDS.map((name) => [
    name,
    (...values: unknown[]) => ipc.invoke(callChannel(name), ...values),
  ]);
  const server = argv.find((arg) => arg.startsWith(SERVER_ARGUMENT))?.slice(SERVER_ARGUMENT.length) ?? '';
  return {
    // Main answers by the contract.
    ...(Object.fromEntries(commands) as CallCommands),
    server,
    system: SYSTEMS[platform] ?? 'linux',
    onEvent(listener) {
      const forward = (_event: unknown, said: CallEvent) => listener(said);
      ipc.on(CALL_EVENT_CHANNEL, forward);
      return () => {
        ipc.off(CALL_EVENT_CHANNEL, forward);
      };
    },
  };
}
