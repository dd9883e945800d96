/** Owns the desktop app: builds its services in order, ties them to the one window, and ends them together. */

import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  app,
  autoUpdater,
  type BrowserWindow,
  clipboard,
  dialog,
  ipcMain,
  powerMonitor,
  powerSaveBlocker,
  safeStorage,
  shell,
} from 'electron';
import { DisposableStore, toDisposable } from '../common/lifecycle.ts';
import type { Logger } from '../common/logger.ts';
import type { TimersLike } from '../common/platform.ts';
import { chooseLanguage } from '../common/translate.ts';
import { createHost, prepareHosting } from '../host/create-host.ts';
import type { HostService } from '../host/host-service.ts';
import { KeptRoomFile } from '../host/kept-room-file.ts';
import { TurnStore } from '../host/turn-store.ts';
import { createLogger, fileSink, type LogSink, logThreshold, stderrSink } from '../log.ts';
import { openSettings } from '../settings.ts';
import { createCallCommands } from './call/call-commands.ts';
import { createDoorCommands, tellDoor } from './call/call-door.ts';
import { AppCallSession } from './call/call-session.ts';
import { ownInvite } from './call/call-target.ts';
import { CallWindow, type CallWindowOptions } from './call/call-window.ts';
import { Calls } from './call/calls.ts';
import { createJoinCall, type JoinCall } from './call/join-call.ts';
import { createGlobalKey, followCalls } from './call/key-watch-process.ts';
import { type CloseAnswer, type CloseQuestion, closeDialog } from './close-question.ts';
import { connectInput } from './input.ts';
import { connectWindow } from './ipc.ts';
import { systemSealer } from './key-store.ts';
import { startHidden } from './login/hidden-start.ts';
import { createStartAtLogin } from './login/start-at-login.ts';
import { HOMEPAGE } from './menu.ts';
import { type NativeTexts, nativeTexts } from './native-texts.ts';
import { keepAwake } from './power.ts';
import { Presence } from './presence.ts';
import { Quit } from './quit.ts';
import { OwnRelaySetup } from './relay-setup.ts';
import { createUpdates } from './updates/create-updates.ts';
import { parseUpdateSource, type UpdateSource } from './updates/update-source.ts';
import type { Updates } from './updates/updates.ts';
import { createWindowCommands, mayOpenOutside } from './window-commands.ts';
import { WindowSnapshots } from './window-snapshots.ts';
import { hideWindow, openWindow, raiseWindow } from './windows/host-window.ts';
import type { WindowMemory } from './windows/window-memory.ts';

/** A window that dies twice within this time would only die again. */
const CRASH_INTERVAL_MS = 10_000;

/** The first paint is over, and nobody has found Host yet. */
const PREPARE_AFTER_MS = 300;

/** Files of the build, and what the entry has made already. */
export interface AppParts {
  readonly dataDirectory: string;
  /** Another one where that takes nothing. */
  readonly workDirectory: string;
  readonly memory: WindowMemory;
  readonly timers: TimersLike;
  /** The built page for guests. */
  readonly pageDirectory: string;
  /** What a call's page in the app is given. */
  readonly callPreload: string;
  /** The program that sees one key. */
  readonly keyWatch: string;
  readonly icon: string;
  /** The app's package.json. */
  readonly manifest: string;
  /** Folder with the pictures of tray and badge. */
  readonly pictures: string;
}

export class DesktopApp {
  readonly #host: HostService;
  readonly #calls: Calls;
  readonly #joinCall: JoinCall;
  readonly #logger: Logger;
  readonly #window: BrowserWindow;
  readonly #presence: Presence;
  readonly #updates: Updates;
  readonly #quit: Quit;
  readonly #timers: TimersLike;
  readonly #startAtLogin = createStartAtLogin({
    ...{ app, platform: process.platform, env: process.env, execPath: process.execPath },
    home: app.getPath('home'),
    appPath: app.isPackaged ? null : app.getAppPath(),
  });
  readonly #store = new DisposableStore();
  #crashedAtMs = Number.NEGATIVE_INFINITY;
  /** macOS ends the app itself to put the new version in its place. */
  #beingReplaced = false;

  private constructor(
    host: HostService,
    logger: Logger,
    window: BrowserWindow,
    updateSource: UpdateSource | null,
    parts: AppParts,
  ) {
    this.#host = host;
    this.#logger = logger;
    this.#window = window;
    this.#timers = parts.timers;
    this.#joinCall = createJoinCall({
      status: () => host.snapshot.status,
      open: (target) => this.#calls.open(target),
    });
    this.#calls = this.#store.add(this.#createCalls(parts));
    this.#updates = this.#store.add(this.#createUpdates(updateSource, parts));
    this.#presence = this.#store.add(this.#createPresence(parts));
    this.#quit = new Quit({
      activity: () => this.#presence.activity,
      mayHide: () => this.#presence.showTray(),
      ask: (question) => this.#ask(question),
      hideHost: () => hideWindow(window),
      hostHidden: () => !window.isVisible() && !window.isMinimized(),
      hideCall: () => this.#calls.hide(),
      leaveCall: () => this.#calls.end(),
      stop: () => host.stop(),
      stopServer: () => host.stopServer(),
      exit: () => this.#exit(),
      timers: parts.timers,
    });
  }

  /** Builds everything and ties it to the window. */
  static async connect(window: BrowserWindow, parts: AppParts): Promise<DesktopApp> {
    const { pageDirectory, dataDirectory: directory, workDirectory } = parts;
    const logger = createLogger(logThreshold(process.env.SECRET_CALL_LOG, 'info'), logSink(directory));
    const askSealer = () => systemSealer(safeStorage, process.platform);
    const host = createHost({
      dataDirectory: directory,
      workDirectory,
      pageDirectory,
      logger,
      settings: await openSettings(directory),
      keptRoom: await KeptRoomFile.open(directory, askSealer),
      turnStore: await TurnStore.open(directory, askSealer),
      systemLanguage: chooseLanguage(app.getPreferredSystemLanguages()),
    });

    const updateSource = parseUpdateSource(await readFile(parts.manifest, 'utf8').catch(() => ''));
    const desktop = new DesktopApp(host, logger, window, updateSource, parts);
    desktop.#connect();
    window.once('show', () => desktop.#goOn(parts));
    return desktop;
  }

  /** Nobody asked for the window; a room that was cut off does. */
  async startHidden(): Promise<void> {
    const window = this.#window;
    if (this.#host.snapshot.cutOff) return raiseWindow(window);
    await startHidden({
      showTray: () => this.#presence.showTray(),
      isShown: () => window.isDestroyed() || window.isVisible() || window.isMinimized(),
      minimize: () => window.minimize(),
      timers: this.#timers,
    });
  }

  /** Somebody started the app a second time, or clicked its dock icon. */
  raise(): void {
    this.#calls.current?.window.show();
    raiseWindow(this.#window);
  }

  /** The system gave the app a link to a call. */
  async openLink(link: string): Promise<void> {
    const joined = await this.#joinCall(link);
    if (!joined.ok) await this.#say((t) => [t('link.message'), t(`host-error.${joined.error}`)]);
  }

  /** Somebody started another version of it; what goes on here is not ended for that. */
  tellOtherVersion(version: string): Promise<void> {
    const running = app.getVersion();
    return this.#say((t) => [t('version.message', { version }), t('version.detail', { running })]);
  }

  async #say(words: (t: NativeTexts) => readonly [message: string, detail: string]): Promise<void> {
    const t = nativeTexts[this.#host.snapshot.language];
    const [message, detail] = words(t);
    raiseWindow(this.#window);
    const buttons = [t('link.close')];
    await dialog.showMessageBox(this.#window, { type: 'warning', message, detail, buttons, noLink: true });
  }

  /** What can wait until the window is shown. */
  #goOn({ pageDirectory, memory }: AppParts): void {
    this.#store.add(memory.follow('host', this.#window));
    const prepare = () => {
      void this.#presence.showTray();
      if (app.isPackaged) void this.#startAtLogin.mend();
      this.#host.prepare();
      // Should it fail, the start of a room will say so.
      prepareHosting({ pageDirectory, logger: this.#logger }).catch(() => {});
    };
    const timer = setTimeout(prepare, PREPARE_AFTER_MS);
    this.#store.add(toDisposable(() => clearTimeout(timer)));
  }

  #connect(): void {
    const snapshots = this.#store.add(new WindowSnapshots({ host: this.#host, updates: this.#updates }));
    const commands = createWindowCommands({
      host: this.#host,
      snapshots,
      updates: this.#updates,
      clipboard,
      shell,
      calls: this.#calls,
      joinCall: this.#joinCall,
      startAtLogin: this.#startAtLogin,
      relaySetup: new OwnRelaySetup({
        ...{ host: this.#host, window: this.#window, dialog, shell, randomBytes },
        platform: process.platform,
      }),
    });
    const contents = this.#window.webContents;
    this.#store.add(connectWindow({ ipc: ipcMain, contents, commands, snapshots, logger: this.#logger }));
    this.#store.add(keepAwake({ host: this.#host, calls: this.#calls }, powerSaveBlocker));
    this.#store.add(this.#host.onSnapshot(({ status }) => this.#tellInvite(ownInvite(status))));

    const quit = () => void this.#quit.request();
    const force = () => void this.#quit.force();
    autoUpdater.once('before-quit-for-update', () => {
      this.#beingReplaced = true;
    });
    this.#window.on('close', (event) => {
      if (this.#beingReplaced) return;
      event.preventDefault();
      void this.#quit.closeHost();
    });
    app.on('before-quit', (event) => {
      if (this.#beingReplaced) return;
      event.preventDefault();
      quit();
    });
    const openHomepage = () => {
      if (mayOpenOutside(HOMEPAGE))
        shell.openExternal(HOMEPAGE).catch(() => this.#logger.warn('browser-not-opened'));
    };
    const checkForUpdates = () => this.#checkForUpdates();
    this.#store.add(
      connectInput(this.#window, {
        host: this.#host,
        hasUpdates: this.#updates.status.source !== null,
        menu: { openHomepage, checkForUpdates },
        quit,
      }),
    );
    this.#window.on('session-end', force);
    powerMonitor.on('shutdown', force);
    process.on('SIGTERM', force);
    // A person at a terminal, who ends the call as well.
    process.on('SIGINT', () => void this.#quit.end());
    contents.on('render-process-gone', (_event, { reason }) => this.#handleWindowGone(reason));
  }

  #createCalls({ pageDirectory, callPreload, keyWatch, icon, memory, timers }: AppParts): Calls {
    const language = () => this.#host.snapshot.language;
    const globalKey = this.#store.add(createGlobalKey(keyWatch, timers, this.#logger));
    const options: Omit<CallWindowOptions, 'commands'> = {
      preloadFile: callPreload,
      icon,
      logger: this.#logger,
      memory,
      timers,
    };
    const commands = createCallCommands({
      clipboard,
      joinCall: this.#joinCall,
      globalKey,
      notify: (notice) => this.#presence.handleCallNotice(notice),
    });
    const calls = new Calls({
      openSession: () => AppCallSession.open({ pageDirectory, language }),
      createWindow: (target, session, events) => {
        const door = createDoorCommands(target, this.#host);
        return new CallWindow(target, session, { ...options, commands: { ...commands, ...door } }, events);
      },
      confirmLeaving: (parent) => this.#confirmLeaving(parent),
      onAskedToClose: () => void this.#quit.closeCall(),
    });
    this.#store.add(followCalls(globalKey, calls));
    this.#store.add(tellDoor(this.#host, calls));
    return calls;
  }

  #createPresence({ pictures, timers }: AppParts): Presence {
    return new Presence({
      host: this.#host,
      calls: this.#calls,
      raiseHost: () => raiseWindow(this.#window),
      hasUpdates: this.#updates.status.source !== null,
      checkForUpdates: () => this.#checkForUpdates(),
      quit: () => void this.#quit.request(),
      pictures,
      timers,
    });
  }

  #createUpdates(source: UpdateSource | null, { timers }: AppParts): Updates {
    const updates = createUpdates({
      source,
      host: () => this.#host.snapshot,
      call: () => this.#calls.report.call,
      quit: () => void this.#quit.end(),
      timers,
      logger: this.#logger,
    });
    this.#store.add(this.#host.onSnapshot(() => updates.reconsider()));
    this.#store.add(this.#calls.onReport(() => updates.reconsider()));
    return updates;
  }

  /** From a menu, where the window may be out of sight. */
  #checkForUpdates(): void {
    raiseWindow(this.#window);
    void this.#updates.handle('check');
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

  /** Over the window in question; a hidden one would hide the question, too. */
  async #ask(question: CloseQuestion): Promise<CloseAnswer> {
    const t = nativeTexts[this.#host.snapshot.language];
    const { options, answers } = closeDialog(question, t, process.platform);
    const window = question.ends === 'call' ? this.#calls.current?.window : this.#window;
    const shown = window?.isVisible()
      ? dialog.showMessageBox(window, options)
      : dialog.showMessageBox(options);
    return answers[(await shown).response] ?? 'cancel';
  }

  #exit(): void {
    this.#store.dispose();
    app.exit(0);
  }
}

/** A folder that cannot be written to costs the log, not the call. */
function logSink(directory: string): LogSink {
  try {
    return fileSink(path.join(directory, 'secret-call.log'));
  } catch {
    return stderrSink();
  }
}
