/** Owns the calls of the app, one at a time: goes to one, asks before another takes its place, and tells how it stands. */

import { type CallEvent, type CallReport, NO_CALL } from '../../common/call-api/commands.ts';
import { Emitter } from '../../common/emitter.ts';
import type { Disposable } from '../../common/lifecycle.ts';
import { raiseWindow } from '../windows/host-window.ts';
import type { AppCallSession } from './call-session.ts';
import type { CallTarget } from './call-target.ts';
import { CallWindow, type CallWindowOptions } from './call-window.ts';

export interface CallsOptions extends CallWindowOptions {
  /** Called once, for the first call. */
  readonly openSession: () => Promise<AppCallSession>;
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
   * Goes to this call; the one that is open only comes up again. False if the person stays in the call they are in.
   * Rejects when the page cannot be shown.
   */
  async open(target: CallTarget): Promise<boolean> {
    if (this.#isOpen(target)) {
      this.raise();
      return true;
    }
    if (!(await this.close())) return false;
    this.#session ??= this.#options.openSession();
    const session = await this.#session;
    session.setTarget(target);
    const opened: CallWindow = new CallWindow(target, session, this.#options, {
      onReport: (report) => this.#setReport(report),
      onAskedToClose: () => this.#options.onAskedToClose(),
      onClosed: () => this.#handleClosed(opened, session),
    });
    this.#current = opened;
    await opened.show();
    return true;
  }

  raise(): void {
    if (this.#current !== null) raiseWindow(this.#current.window);
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
    await this.#current?.end();
  }

  dispose(): void {
    this.#events.dispose();
    this.#current?.dispose();
  }

  #isOpen({ server, fragment }: CallTarget): boolean {
    const open = this.#current?.target;
    return open?.server === server && open.fragment === fragment;
  }

  /** One question at a time, whoever wants to know. */
  #ask({ window }: CallWindow): Promise<boolean> {
    raiseWindow(window);
    this.#asking ??= this.#options.confirmLeaving(window).finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  #handleClosed(closed: CallWindow, session: AppCallSession): void {
    if (this.#current !== closed) return;
    this.#current = null;
    session.setTarget(null);
    this.#setReport(NO_CALL);
  }

  #setReport(report: CallReport): void {
    this.#report = report;
    this.#events.emit('report', report);
  }
}
