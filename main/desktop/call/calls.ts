/** Owns the calls of the app, one at a time: goes to one, asks before another takes its place, and tells how it stands. */

import { type CallEvent, NO_CALL } from '../../common/call-api/bridge.ts';
import type { CallReport } from '../../common/call-api/commands.ts';
import { Emitter } from '../../common/emitter.ts';
import type { Disposable } from '../../common/lifecycle.ts';
import type { AppCallSession } from './call-session.ts';
import type { CallTarget } from './call-target.ts';
import type { CallWindow, CallWindowEvents } from './call-window.ts';

export interface CallsOptions {
  /** Called once, for the first call. */
  readonly openSession: () => Promise<AppCallSession>;
  readonly createWindow: (
    target: CallTarget,
    session: AppCallSession,
    events: CallWindowEvents,
  ) => CallWindow;
  /** Asks the person whether to leave the call; `parent` is its window. */
  readonly confirmLeaving: (parent: CallWindow['window']) => Promise<boolean>;
  /** The person wants to close the window of a call that goes on; `end` closes it. */
  readonly onAskedToClose: () => void;
}

export class Calls implements Disposable {
  readonly #options: CallsOptions;
  readonly #events = new Emitter<{ report: CallReport }>();
  #session: Promise<AppCallSession> | null = null;
  #current: CallWindow | null = null;
  /** Where to go; of several, only the last is gone to. */
  #wanted: CallTarget | null = null;
  /** One window comes after the other. */
  #turn: Promise<unknown> = Promise.resolve();
  #report: CallReport = NO_CALL;
  /** An answer that is still to come. */
  #asking: Promise<boolean> | null = null;

  constructor(options: CallsOptions) {
    this.#options = options;
  }

  get report(): CallReport {
    return this.#report;
  }

  /** Calls back with each change of what the call's page says; NO_CALL once its window is gone. */
  onReport(listener: (report: CallReport) => void): Disposable {
    return this.#events.on('report', listener);
  }

  get current(): CallWindow | null {
    return this.#current;
  }

  /**
   * Goes to this call; the one that is open only comes up again. False if the person stays in the call they are in, or
   * has meanwhile gone elsewhere. Rejects when the page cannot be shown.
   */
  async open(target: CallTarget): Promise<boolean> {
    if (this.#isOpen(target)) {
      this.raise();
      return true;
    }
    this.#wanted = target;
    if (!(await this.close())) return false;
    const shown = this.#turn.then(() => this.#show(target));
    this.#turn = shown.catch(() => null);
    return shown;
  }

  raise(): void {
    this.#current?.raise();
  }

  hide(): void {
    this.#current?.hide();
  }

  tell(event: CallEvent): void {
    this.#current?.tell(event);
  }

  /** Closes the call's window; false if the person stays in a call that goes on. */
  async close(): Promise<boolean> {
    const current = this.#current;
    if (current === null) return true;
    if (current.inCall && !(await this.#ask(current))) return false;
    await current.end();
    return true;
  }

  /** As `close`, with nobody there to ask. */
  async end(): Promise<void> {
    this.#wanted = null;
    await this.#current?.end();
  }

  dispose(): void {
    this.#wanted = null;
    this.#events.dispose();
    this.#current?.dispose();
  }

  async #show(target: CallTarget): Promise<boolean> {
    if (this.#wanted !== target) return false;
    const session = await this.#openSession();
    await session.setTarget(target);
    if (this.#wanted !== target) return false;
    const opened: CallWindow = this.#options.createWindow(target, session, {
      onReport: (report) => this.#setReport(report),
      onAskedToClose: () => this.#options.onAskedToClose(),
      onClosed: () => this.#handleClosed(opened, session),
    });
    this.#current = opened;
    try {
      return await opened.show();
    } catch (error) {
      await opened.end();
      throw error;
    }
  }

  /** What failed once is tried again with the next call. */
  #openSession(): Promise<AppCallSession> {
    this.#session ??= this.#options.openSession().catch((error: unknown) => {
      this.#session = null;
      throw error;
    });
    return this.#session;
  }

  #isOpen({ own, server, fragment }: CallTarget): boolean {
    const open = this.#current;
    if (open === null || open.ending || open.target.server !== server) return false;
    // A new link to the own room is no reason to leave it and come back; the secret is of the room, whatever the link.
    const sameRoom = own && open.inCall && secretIn(open.target.fragment) === secretIn(fragment);
    return open.target.fragment === fragment || sameRoom;
  }

  /** One question at a time, whoever wants to know. */
  #ask(current: CallWindow): Promise<boolean> {
    current.raise();
    this.#asking ??= this.#options.confirmLeaving(current.window).finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  #handleClosed(closed: CallWindow, session: AppCallSession): void {
    if (this.#current !== closed) return;
    this.#current = null;
    void session.setTarget(null);
    this.#setReport(NO_CALL);
  }

  #setReport(report: CallReport): void {
    this.#report = report;
    this.#events.emit('report', report);
  }
}

const secretIn = (fragment: string): string | undefined => fragment.split('.')[0];
