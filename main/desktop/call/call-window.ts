/** Owns one window with a call in it: the guests' page, its bridge, and what closing it means. */

import { randomBytes } from 'node:crypto';
import { app, BrowserWindow, ipcMain, shell } from 'electron';
import {
  CALL_EVENT_CHANNEL,
  type CallEvent,
  NO_CALL,
  SERVER_ARGUMENT,
} from '../../common/call-api/bridge.ts';
import type { CallCommands, CallReport } from '../../common/call-api/commands.ts';
import { type Disposable, DisposableStore } from '../../common/lifecycle.ts';
import type { Logger } from '../../common/logger.ts';
import type { TimersLike } from '../../common/platform.ts';
import { SAVE_TOKEN_BYTES } from '../../common/protocol/limits.ts';
import { pageUrl } from '../app-scheme.ts';
import { serveCall } from '../ipc.ts';
import { hideWindow, raiseWindow, showWindow, windowOptions } from '../windows/host-window.ts';
import type { WindowMemory } from '../windows/window-memory.ts';
import type { UsualSize, WindowPlacement } from '../windows/window-placement.ts';
import type { AppCallSession } from './call-session.ts';
import type { CallTarget } from './call-target.ts';
import { FileSaving, type SavingCommands } from './file-saving.ts';

/** How long a page has to say goodbye; one that hangs would never be done. */
const GOODBYE_MS = 2_000;

const SIZE: UsualSize = { width: 1040, height: 720, minWidth: 360, minHeight: 480 };

/** What the page may ask for, but for what its own window answers. */
export type SharedCallCommands = Omit<CallCommands, 'report' | 'invite' | keyof SavingCommands>;

export interface CallWindowOptions {
  readonly preloadFile: string;
  readonly icon: string;
  readonly commands: SharedCallCommands;
  readonly logger: Logger;
  readonly timers: TimersLike;
  /** Where the window was last. */
  readonly memory: Pick<WindowMemory, 'follow' | 'placementOf'>;
}

export interface CallWindowEvents {
  onReport(report: CallReport): void;
  /** The person wants to close it while there is a call; `end` closes it. */
  onAskedToClose(): void;
  onClosed(): void;
}

export class CallWindow implements Disposable {
  readonly target: CallTarget;
  readonly window: BrowserWindow;
  readonly #events: CallWindowEvents;
  readonly #store = new DisposableStore();
  readonly #memory: CallWindowOptions['memory'];
  readonly #placement: WindowPlacement;
  readonly #closed: Promise<void>;
  #invite: string;
  #report: CallReport = NO_CALL;
  #ending = false;

  constructor(
    target: CallTarget,
    session: Pick<AppCallSession, 'session' | 'acceptsCertificate' | 'passDownloads'>,
    options: CallWindowOptions,
    events: CallWindowEvents,
  ) {
    const { preloadFile, icon, commands, logger, memory, timers } = options;
    this.target = target;
    this.#events = events;
    this.#invite = target.invite;
    this.#memory = memory;
    this.#placement = memory.placementOf('call', SIZE);
    const plain = windowOptions(icon, this.#placement);
    this.window = new BrowserWindow({
      ...plain,
      webPreferences: {
        ...plain.webPreferences,
        preload: preloadFile,
        session: session.session,
        additionalArguments: [`${SERVER_ARGUMENT}${target.server}`],
        // Voices are played, and a call is kept up, also while nobody looks at the window.
        autoplayPolicy: 'no-user-gesture-required',
        backgroundThrottling: false,
      },
    });
    const contents = this.window.webContents;
    const saving = this.#store.add(
      new FileSaving({
        folder: () => app.getPath('downloads'),
        showInFolder: (file) => shell.showItemInFolder(file),
        openFolder: (folder) => void shell.openPath(folder),
        newToken: () => randomBytes(SAVE_TOKEN_BYTES).toString('base64url'),
        ...{ timers, logger },
      }),
    );
    this.#store.add(session.passDownloads({ contents, take: (download) => saving.take(download) }));
    const ipc = serveCall({
      ipc: ipcMain,
      contents,
      logger,
      commands: {
        ...commands,
        ...saving.commands,
        invite: async () => this.#invite,
        report: async (report) => this.#setReport(report),
      },
    });
    this.#store.add(ipc);
    this.#closed = new Promise((resolve) => this.window.once('closed', () => resolve()));
    void this.#closed.then(() => {
      this.#store.dispose();
      events.onClosed();
    });
    this.#connect(session, logger);
  }

  get inCall(): boolean {
    return this.#report.call !== 'out';
  }

  /** Whether it is about to be gone. */
  get ending(): boolean {
    return this.#ending;
  }

  /** Whether it stands; false where it was closed before. Rejects when the page cannot be shown. */
  async show(): Promise<boolean> {
    try {
      await this.window.loadURL(`${pageUrl('call')}${this.target.fragment}`);
    } catch (error) {
      if (this.#ending || this.window.isDestroyed()) return false;
      throw error;
    }
    if (this.#ending || this.window.isDestroyed()) return false;
    showWindow(this.window, this.#placement.maximized);
    this.#store.add(this.#memory.follow('call', this.window));
    return true;
  }

  raise(): void {
    raiseWindow(this.window);
  }

  hide(): void {
    hideWindow(this.window);
  }

  tell(event: CallEvent): void {
    if (!this.window.isDestroyed()) this.window.webContents.send(CALL_EVENT_CHANNEL, event);
  }

  /** The link to pass on is another now. */
  setInvite(invite: string): void {
    if (invite === this.#invite) return;
    this.#invite = invite;
    this.tell({ type: 'invite', invite });
  }

  /** Closes it, whatever goes on in it; the page says goodbye. Settles once it is gone. */
  async end(): Promise<void> {
    this.#ending = true;
    if (!this.window.isDestroyed()) this.window.close();
    await this.#closed;
  }

  dispose(): void {
    if (!this.window.isDestroyed()) this.window.destroy();
  }

  #connect(session: Pick<AppCallSession, 'acceptsCertificate'>, logger: Logger): void {
    const contents = this.window.webContents;
    contents.setWindowOpenHandler(({ url }) => {
      if (isWebAddress(url)) shell.openExternal(url).catch(() => logger.warn('browser-not-opened'));
      return { action: 'deny' };
    });
    contents.on('certificate-error', (event, url, _error, { fingerprint }, decide) => {
      event.preventDefault();
      decide(session.acceptsCertificate(url, fingerprint));
    });
    // The page holds on to a call; whether it goes was asked before.
    contents.on('will-prevent-unload', (event) => {
      if (this.#ending) event.preventDefault();
    });
    // The page says what goes on, and never a name; the host's window has the app's name alone.
    contents.on('page-title-updated', (event, title) => {
      event.preventDefault();
      this.window.setTitle(`${title} · ${app.name}`);
    });
    contents.on('render-process-gone', (_event, { reason }) => {
      if (reason === 'clean-exit') return;
      logger.error('call-window-gone', { reason });
      this.window.destroy();
    });
    this.window.on('close', (event) => {
      if (this.inCall && !this.#ending) {
        event.preventDefault();
        this.#events.onAskedToClose();
        return;
      }
      this.#ending = true;
      const deadline = setTimeout(() => this.dispose(), GOODBYE_MS);
      void this.#closed.then(() => clearTimeout(deadline));
    });
  }

  #setReport(report: CallReport): { readonly ok: true; readonly value: null } {
    this.#report = report;
    this.#events.onReport(report);
    return { ok: true, value: null };
  }
}

/** What the person's browser is given of the chat's links: addresses as the page takes them for links. */
export function isWebAddress(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, username, password } = new URL(address);
  return (protocol === 'https:' || protocol === 'http:') && username === '' && password === '';
}
