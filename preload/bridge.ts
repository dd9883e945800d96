/** Owns the window's side of the contract: each command becomes a message to main, and nothing else does. */

import {
  commandChannel,
  type HostBridge,
  type HostCommands,
  type HostSnapshot,
  SNAPSHOT_CHANNEL,
} from '../main/common/host-api/host-api.ts';

/** The part of ipcRenderer that the bridge uses; the page never gets hold of it. */
export interface IpcLike {
  // biome-ignore lint/suspicious/noExplicitAny: what ipcRenderer.invoke is declared to give; main answers by the contract
  invoke(channel: string, ...args: unknown[]): Promise<any>;
  on(channel: string, listener: (event: unknown, snapshot: HostSnapshot) => void): unknown;
  off(channel: string, listener: (event: unknown, snapshot: HostSnapshot) => void): unknown;
}

export function createBridge(ipc: IpcLike): HostBridge {
  const command =
    <Name extends keyof HostCommands>(name: Name) =>
    (...args: Parameters<HostCommands[Name]>): ReturnType<HostCommands[Name]> =>
      ipc.invoke(commandChannel(name), ...args) as ReturnType<HostCommands[Name]>;
  return {
    snapshot: command('snapshot'),
    start: command('start'),
    stop: command('stop'),
    setPreferences: command('setPreferences'),
    addOrigin: command('addOrigin'),
    newLink: command('newLink'),
    createInvitation: command('createInvitation'),
    revokeInvitation: command('revokeInvitation'),
    removeParticipant: command('removeParticipant'),
    shutOutWaiting: command('shutOutWaiting'),
    copyInvite: command('copyInvite'),
    openInvite: command('openInvite'),
    onSnapshot(listener) {
      const forward = (_event: unknown, snapshot: HostSnapshot) => listener(snapshot);
      ipc.on(SNAPSHOT_CHANNEL, forward);
      return () => {
        ipc.off(SNAPSHOT_CHANNEL, forward);
      };
    },
  };
}
