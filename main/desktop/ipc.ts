/** Owns the IPC between window and host core, the only user of ipcMain: sender, then arguments, then the command. */

import type { IpcMain, WebContents, WebFrameMain } from 'electron';
import {
  commandChannel,
  HOST_COMMANDS,
  type HostCommandName,
  type HostCommands,
  parseCommandArguments,
  SNAPSHOT_CHANNEL,
} from '../common/host-api/commands.ts';
import type { HostSnapshot } from '../common/host-api/snapshot.ts';
import { type Disposable, DisposableStore, toDisposable } from '../common/lifecycle.ts';
import type { Logger } from '../common/logger.ts';
import { fail } from '../common/result.ts';
import { isWindowUrl } from './app-scheme.ts';

export interface IpcDependencies {
  readonly ipc: Pick<IpcMain, 'handle' | 'removeHandler'>;
  /** The window's contents; nobody else is answered. */
  readonly contents: Pick<WebContents, 'mainFrame' | 'isDestroyed' | 'send'>;
  readonly commands: HostCommands;
  readonly snapshots: { onSnapshot(listener: (snapshot: HostSnapshot) => void): Disposable };
  readonly logger: Logger;
}

/** Serves the window's commands and sends it each new snapshot, until disposed. */
export function connectWindow({ ipc, contents, commands, snapshots, logger }: IpcDependencies): Disposable {
  const store = new DisposableStore();

  const answer = async <Name extends HostCommandName>(
    name: Name,
    sender: WebFrameMain | null,
    unchecked: unknown[],
  ) => {
    if (!isWindowItself(sender, contents)) {
      logger.warn('ipc-sender-refused', { command: name });
      throw new Error('refused');
    }
    const args = parseCommandArguments(name, unchecked);
    if (args === null) {
      logger.warn('ipc-arguments-refused', { command: name });
      return fail('bad-options');
    }
    try {
      return await commands[name](...args);
    } catch {
      logger.error('ipc-command-threw', { command: name });
      return fail('internal');
    }
  };

  for (const name of HOST_COMMANDS) {
    ipc.handle(commandChannel(name), (event, ...args: unknown[]) => answer(name, event.senderFrame, args));
    store.add(toDisposable(() => ipc.removeHandler(commandChannel(name))));
  }
  store.add(
    snapshots.onSnapshot((snapshot) => {
      if (!contents.isDestroyed()) contents.send(SNAPSHOT_CHANNEL, snapshot);
    }),
  );
  return store;
}

/** The exact window's top frame, showing a page of the app; not a frame inside it, nor another window. */
function isWindowItself(sender: WebFrameMain | null, contents: IpcDependencies['contents']): boolean {
  return sender !== null && sender === contents.mainFrame && isWindowUrl(sender.url);
}
