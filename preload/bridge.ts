/** Owns the bridge, the window's side of the contract: each command becomes a message to main, and nothing else does. */

import {
  commandChannel,
  HOST_COMMANDS,
  type HostBridge,
  type HostCommands,
  SNAPSHOT_CHANNEL,
} from '../main/common/host-api/commands.ts';
import type { WindowSnapshot } from '../main/common/host-api/updates.ts';

/** The part of ipcRenderer that a bridge uses; the page never gets hold of it. */
export interface IpcLike<Message> {
  invoke(channel: string, ...args: unknown[]): Promise<unknown>;
  on(channel: string, listener: (event: unknown, message: Message) => void): unknown;
  off(channel: string, listener: (event: unknown, message: Message) => void): unknown;
}

export function createBridge(ipc: IpcLike<WindowSnapshot>): HostBridge {
  const commands = HOST_COMMANDS.map((name) => [
    name,
    (...args: unknown[]) => ipc.invoke(commandChannel(name), ...args),
  ]);
  return {
    // Main answers by the contract.
    ...(Object.fromEntries(commands) as HostCommands),
    onSnapshot(listener) {
      const forward = (_event: unknown, snapshot: WindowSnapshot) => listener(snapshot);
      ipc.on(SNAPSHOT_CHANNEL, forward);
      return () => {
        ipc.off(SNAPSHOT_CHANNEL, forward);
      };
    },
  };
}
