/** Owns the bridge of a call's page: each command becomes a message to main, and nothing else does. */

import {
  CALL_COMMANDS,
  CALL_EVENT_CHANNEL,
  type CallBridge,
  type CallCommands,
  type CallEvent,
  callChannel,
  SERVER_ARGUMENT,
} from '../main/common/call-api/commands.ts';
import type { IpcLike } from './bridge.ts';

/** @param args the command line of the page's process, by which main says where the call's server is */
export function createCallBridge(ipc: IpcLike<CallEvent>, args: readonly string[]): CallBridge {
  const commands = CALL_COMMANDS.map((name) => [
    name,
    (...values: unknown[]) => ipc.invoke(callChannel(name), ...values),
  ]);
  const server = args.find((arg) => arg.startsWith(SERVER_ARGUMENT))?.slice(SERVER_ARGUMENT.length) ?? '';
  return {
    // Main answers by the contract.
    ...(Object.fromEntries(commands) as CallCommands),
    server,
    onEvent(listener) {
      const forward = (_event: unknown, said: CallEvent) => listener(said);
      ipc.on(CALL_EVENT_CHANNEL, forward);
      return () => {
        ipc.off(CALL_EVENT_CHANNEL, forward);
      };
    },
  };
}
