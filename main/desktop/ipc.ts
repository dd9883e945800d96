/** Owns the IPC between pages and main, the only user of ipcMain: sender, then arguments, then the command. */

import type { IpcMain, WebContents, WebFrameMain } from 'electron';
import {
  CALL_COMMANDS,
  type CallCommandName,
  type CallCommands,
  callChannel,
  parseCallArguments,
} from '../common/call-api/commands.ts';
import {
  commandChannel,
  HOST_COMMANDS,
  type HostCommandName,
  type HostCommands,
  parseCommandArguments,
  SNAPSHOT_CHANNEL,
} from '../common/host-api/commands.ts';
import type { WindowSnapshot } from '../common/host-api/updates.ts';
import { type Disposable, DisposableStore, toDisposable } from '../common/lifecycle.ts';
import type { Logger } from '../common/logger.ts';
import { fail } from '../common/result.ts';
import { type AppPage, isPageUrl } from './app-scheme.ts';

/** What is served to the page of one window; nobody else is answered. */
interface ServedPage {
  readonly ipc: Pick<IpcMain, 'handle' | 'removeHandler'>;
  readonly contents: Pick<WebContents, 'mainFrame' | 'isDestroyed' | 'send'>;
  readonly logger: Logger;
}

export interface IpcDependencies extends ServedPage {
  readonly commands: HostCommands;
  readonly snapshots: { onSnapshot(listener: (snapshot: WindowSnapshot) => void): Disposable };
}

/** Serves the host window's commands and sends it each new snapshot, until disposed. */
export function connectWindow({ commands, snapshots, ...served }: IpcDependencies): Disposable {
  const { contents } = served;
  const run = <Name extends HostCommandName>(name: Name, unchecked: unknown[]) => {
    const args = parseCommandArguments(name, unchecked);
    return args === null ? null : () => commands[name](...args);
  };
  const store = new DisposableStore();
  for (const name of HOST_COMMANDS)
    store.add(serve({ ...served, page: 'window', channel: commandChannel(name), command: name, run }));
  store.add(
    snapshots.onSnapshot((snapshot) => {
      if (!contents.isDestroyed()) contents.send(SNAPSHOT_CHANNEL, snapshot);
    }),
  );
  return store;
}

/** Serves the commands of a call's page, until disposed. */
export function serveCall({
  commands,
  ...served
}: ServedPage & { readonly commands: CallCommands }): Disposable {
  const run = <Name extends CallCommandName>(name: Name, unchecked: unknown[]) => {
    const args = parseCallArguments(name, unchecked);
    return args === null ? null : () => commands[name](...args);
  };
  const store = new DisposableStore();
  for (const name of CALL_COMMANDS)
    store.add(serve({ ...served, page: 'call', channel: callChannel(name), command: name, run }));
  return store;
}

interface ServedCommand<Name extends string> extends ServedPage {
  readonly page: AppPage;
  readonly channel: string;
  readonly command: Name;
  /** What the command comes to with these arguments; null where they are not of its shape. */
  readonly run: (name: Name, unchecked: unknown[]) => (() => Promise<unknown>) | null;
}

function serve<Name extends string>(served: ServedCommand<Name>): Disposable {
  const { ipc, contents, logger, page, channel, command, run } = served;
  ipc.handle(channel, async (event, ...args: unknown[]) => {
    if (!isPageItself(page, event.senderFrame, contents)) {
      logger.warn('ipc-sender-refused', { command });
      throw new Error('refused');
    }
    const go = run(command, args);
    if (go === null) {
      logger.warn('ipc-arguments-refused', { command });
      return fail('bad-options');
    }
    try {
      return await go();
    } catch {
      logger.error('ipc-command-threw', { command });
      return fail('internal');
    }
  });
  return toDisposable(() => ipc.removeHandler(channel));
}

/** The exact window's top frame, showing its own page; not a frame inside it, nor another window. */
function isPageItself(page: AppPage, sender: WebFrameMain | null, contents: ServedPage['contents']): boolean {
  return sender !== null && sender === contents.mainFrame && isPageUrl(page, sender.url);
}
