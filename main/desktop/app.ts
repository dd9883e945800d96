/** Owns the desktop app: builds its services in order, ties them to the one window, and ends them together. */

import path from 'node:path';
import {
  app,
  type BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  Menu,
  powerMonitor,
  powerSaveBlocker,
  shell,
} from 'electron';
import { DisposableStore, toDisposable } from '../common/lifecycle.ts';
import type { Logger } from '../common/logger.ts';
import { chooseLanguage } from '../common/translate.ts';
import { dataDirectory } from '../data-directory.ts';
import { createHost, prepareHosting } from '../host/create-host.ts';
import type { HostService } from '../host/host-service.ts';
import { createLogger, fileSink, type LogSink, logThreshold, stderrSink } from '../log.ts';
import { openSettings } from '../settings.ts';
import { createCallCommands } from './call/call-commands.ts';
import { AppCallSession } from './call/call-session.ts';
import { ownInvite } from './call/call-target.ts';
import { Calls } from './call/calls.ts';
import { createJoinCall, type JoinCall } from './call/join-call.ts';
import { connectWindow } from './ipc.ts';
import { editMenuTemplate } from './menu.ts';
import { nativeTexts } from './native-texts.ts';
import { keepAwake } from './power.ts';
import { Quit } from './quit.ts';
import { createWindowCommands } from './window-commands.ts';
import { openWindow, raiseWindow } from './windows/host-window.ts';

/** A window that dies twice within this time would only die again. */
const CRASH_INTERVAL_MS = 10_000;

/** The first paint is over, and nobody has found Host yet. */
const PREPARE_AFTER_MS = 300;

/** Files of the build. */
export interface AppFiles {
  /** The built page for guests. */
  readonly pageDirectory: string;
  /** What a call's page in the app is given. */
  readonly callPreload: string;
  readonly icon: string;
}

export class DesktopApp {
  readonly #host: HostService;
  readonly #calls: Calls;
  readonly #joinCall: JoinCall;
  readonly #logger: Logger;
  readonly #window: BrowserWindow;
  readonly #quit: Quit;
  readonly #store = new DisposableStore();
  #crashedAtMs = Number.NEGATIVE_INFINITY;

  private constructor(host: HostService, logger: Logger, window: BrowserWindow, files: AppFiles) {
    this.#host = host;
    this.#logger = logger;
    this.#window = window;
    this.#joinCall = createJoinCall({
      status: () => host.snapshot.status,
      open: (target) => this.#calls.open(target),
    });
    this.#calls = this.#store.add(this.#createCalls(files));
    this.#quit = new Quit({
      peopleInRoom: () => peopleIn(host),
      confirm: (people) => this.#confirmQuit(people),
      stop: async () => {
        await this.#calls.end();
        await host.stop();
      },
      exit: () => this.#exit(),
      timers: { setTimeout, clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout) },
    });
  }

  /** Builds everything and ties it to the window. */
  static async connect(window: BrowserWindow, files: AppFiles): Promise<DesktopApp> {
    const { pageDirectory } = files;
    const directory = process.env.SECRET_CALL_DATA ? dataDirectory() : app.getPath('userData');
    const logger = createLogger(logThreshold(process.env.SECRET_CALL_LOG, 'info'), logSink(directory));
    const host = createHost({
      dataDirectory: directory,
      pageDirectory,
      logger,
      settings: await openSettings(directory),
      systemLanguage: chooseLanguage(app.getPreferredSystemLanguages()),
    });

    const desktop = new DesktopApp(host, logger, window, files);
    desktop.#connect();
    window.once('show', () => desktop.#prepareSoon(pageDirectory));
    return desktop;
  }

  /** Somebody started the app a second time, or clicked its dock icon. */
  raise(): void {
    raiseWindow(this.#window);
  }

  /** Should it fail, the start of a room will say so. */
  #prepareSoon(pageDirectory: string): void {
    const prepare = () => prepareHosting({ pageDirectory, logger: this.#logger }).catch(() => {});
    const timer = setTimeout(prepare, PREPARE_AFTER_MS);
    this.#store.add(toDisposable(() => clearTimeout(timer)));
  }

  #connect(): void {
    const commands = createWindowCommands({
      host: this.#host,
      clipboard,
      shell,
      calls: this.#calls,
      joinCall: this.#joinCall,
    });
    const contents = this.#window.webContents;
    this.#store.add(
      connectWindow({ ipc: ipcMain, contents, commands, snapshots: this.#host, logger: this.#logger }),
    );
    this.#store.add(keepAwake({ host: this.#host, calls: this.#calls }, powerSaveBlocker));
    this.#store.add(this.#host.onSnapshot(({ status }) => this.#tellInvite(ownInvite(status))));

    const ask = (event: { preventDefault(): void }) => {
      event.preventDefault();
      void this.#quit.request();
    };
    const force = () => void this.#quit.force();
    this.#window.on('close', ask);
    app.on('before-quit', ask);
    this.#window.on('session-end', force);
    powerMonitor.on('shutdown', force);
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, force);
    contents.on('context-menu', (_event, { isEditable, selectionText }) => {
      const t = nativeTexts[this.#host.snapshot.language];
      const template = editMenuTemplate(isEditable, selectionText !== '', t);
      if (template) Menu.buildFromTemplate(template).popup({ window: this.#window });
    });
    contents.on('render-process-gone', (_event, { reason }) => this.#handleWindowGone(reason));
  }

  #createCalls({ pageDirectory, callPreload, icon }: AppFiles): Calls {
    const language = () => this.#host.snapshot.language;
    return new Calls({
      preloadFile: callPreload,
      icon,
      logger: this.#logger,
      commands: createCallCommands({ clipboard, joinCall: this.#joinCall }),
      openSession: () => AppCallSession.open({ pageDirectory, language }),
      confirmLeaving: (parent) => this.#confirmLeaving(parent),
    });
  }

  /** Where the call that is open is the own room's. */
  #tellInvite(invite: string | null): void {
    const { current } = this.#calls;
    if (current?.target.own && invite !== null) current.setInvite(invite);
  }

  async #confirmLeaving(parent: BrowserWindow): Promise<boolean> {
    const t = nativeTexts[this.#host.snapshot.language];
    const { response } = await dialog.showMessageBox(parent, {
      type: 'question',
      message: t('leave.message'),
      detail: t('leave.detail'),
      buttons: [t('leave.confirm'), t('quit.cancel')],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    });
    return response === 0;
  }

  /** The room does not live in the window: a new page goes on where the old one died. */
  #handleWindowGone(reason: string): void {
    if (reason === 'clean-exit') return;
    this.#logger.error('window-gone', { reason });
    const now = performance.now();
    const again = now - this.#crashedAtMs < CRASH_INTERVAL_MS;
    this.#crashedAtMs = now;
    if (again) void this.#quit.force();
    else openWindow(this.#window).catch(() => this.#quit.force());
  }

  async #confirmQuit(people: number): Promise<boolean> {
    const t = nativeTexts[this.#host.snapshot.language];
    const { response } = await dialog.showMessageBox(this.#window, {
      type: 'question',
      message: t('quit.message', { count: people }),
      detail: t('quit.detail'),
      buttons: [t('quit.confirm'), t('quit.cancel')],
      defaultId: 1,
      cancelId: 1,
      noLink: true,
    });
    return response === 0;
  }

  #exit(): void {
    this.#store.dispose();
    app.exit(0);
  }
}

function peopleIn({ snapshot: { status } }: HostService): number {
  return status.phase === 'live' ? status.participants.length : 0;
}

/** A folder that cannot be written to costs the log, not the call. */
function logSink(directory: string): LogSink {
  try {
    return fileSink(path.join(directory, 'secret-call.log'));
  } catch {
    return stderrSink();
  }
}
