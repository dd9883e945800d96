/** Owns the door between window and host core, the only user of ipcMain: who asks, then what, then the command. */

import type { IpcMain, WebContents, WebFrameMain } from 'electron';
import * as v from 'valibot';
import {
  commandChannel,
  HOST_COMMANDS,
  type HostCommands,
  type HostSnapshot,
  SNAPSHOT_CHANNEL,
} from '../common/host-api/host-api.ts';
import { type Disposable, DisposableStore, toDisposable } from '../common/lifecycle.ts';
import type { Logger } from '../common/logger.ts';
import { fail } from '../common/result.ts';
import { isWindowUrl } from './app-scheme.ts';
import { commandArguments } from './command-arguments.ts';

export interface IpcDependencies {
  readonly ipc: Pick<IpcMain, 'handle' | 'removeHandler'>;
  /** The window's contents; nobody else is answered. */
  readonly contents: Pick<WebContents, 'mainFrame' | 'isDestroyed' | 'send'>;
  readonly commands: HostCommands;
  readonly snapshots: { onSnapshot(listener: (snapshot: HostSnapshot) => void): Disposable };
  readonly logger: Logger;
}

/** Runs a command with unparsed arguments; null where they are not of its shape. */
type Runner = (args: readonly unknown[]) => Promise<unknown>;

/** Serves the window's commands and sends it each new snapshot, until disposed. */
export function connectWindow({ ipc, contents, commands, snapshots, logger }: IpcDependencies): Disposable {
  const store = new DisposableStore();
  const runners = createRunners(commands);

  const answer = async (name: keyof HostCommands, sender: WebFrameMain | null, args: unknown[]) => {
    if (!isWindowItself(sender, contents)) {
      logger.warn('ipc-sender-refused', { command: name });
      throw new Error('refused');
    }
    const outcome = await runners[name](args).catch(() => {
      logger.error('ipc-command-threw', { command: name });
      return fail('internal');
    });
    if (outcome === null) logger.warn('ipc-arguments-refused', { command: name });
    return outcome ?? fail('bad-options');
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

function createRunners(commands: HostCommands): Record<keyof HostCommands, Runner> {
  const runner =
    <Args extends unknown[]>(
      schema: v.GenericSchema<unknown, Args>,
      run: (...args: Args) => Promise<unknown>,
    ): Runner =>
    async (args) => {
      const parsed = v.safeParse(schema, args);
      return parsed.success ? run(...parsed.output) : null;
    };
  const shapes = commandArguments;
  return {
    snapshot: runner(shapes.snapshot, () => commands.snapshot()),
    start: runner(shapes.start, () => commands.start()),
    stop: runner(shapes.stop, () => commands.stop()),
    setPreferences: runner(shapes.setPreferences, (change) => commands.setPreferences(change)),
    addOrigin: runner(shapes.addOrigin, (origin) => commands.addOrigin(origin)),
    newLink: runner(shapes.newLink, () => commands.newLink()),
    createInvitation: runner(shapes.createInvitation, (request) => commands.createInvitation(request)),
    revokeInvitation: runner(shapes.revokeInvitation, (id) => commands.revokeInvitation(id)),
    removeParticipant: runner(shapes.removeParticipant, (id) => commands.removeParticipant(id)),
    shutOutWaiting: runner(shapes.shutOutWaiting, () => commands.shutOutWaiting()),
    copyInvite: runner(shapes.copyInvite, (invite) => commands.copyInvite(invite)),
    openInvite: runner(shapes.openInvite, (invite) => commands.openInvite(invite)),
  };
}
