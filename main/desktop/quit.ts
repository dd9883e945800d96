/** Owns closing windows and quitting the app: asked about once while something goes on, in order, and within a deadline. */

import type { TimersLike } from '../common/platform.ts';
import type { Activity } from './activity.ts';
import type { CloseAnswer, CloseQuestion } from './close-question.ts';

/** How long everything has to stop before the app ends regardless. */
export const STOP_DEADLINE_MS = 5_000;

/** How long of it the call may take; a page that hangs must not keep the room from ending in order. */
export const LEAVE_DEADLINE_MS = 1_000;

export interface QuitDependencies {
  readonly activity: () => Activity;
  /** Whether the tray could bring a hidden window back. */
  readonly mayHide: () => Promise<boolean>;
  readonly ask: (question: CloseQuestion) => Promise<CloseAnswer>;
  readonly hideHost: () => void;
  readonly hostHidden: () => boolean;
  readonly hideCall: () => void;
  /** Ends the call as its person would, and its window; may be called without one. */
  readonly leaveCall: () => Promise<unknown>;
  /** Stops hosting; may be called while idle. */
  readonly stop: () => Promise<unknown>;
  /** The same without a word: those inside talk on. */
  readonly stopServer: () => Promise<unknown>;
  /** Ends the process; called exactly once. */
  readonly exit: () => void;
  readonly timers: TimersLike;
}

/** open → (asking →) stopping → over; a refusal, and going on without the window, lead back to open. */
export class Quit {
  #phase: 'open' | 'asking' | 'stopping' = 'open';
  readonly #dependencies: QuitDependencies;

  constructor(dependencies: QuitDependencies) {
    this.#dependencies = dependencies;
  }

  /** The person closes the host's window, which ends the app unless it goes on in the tray. */
  async closeHost(): Promise<void> {
    const { activity, hideHost } = this.#dependencies;
    const { room, call } = activity();
    if (room === null && call === null) return this.end();
    const answer = await this.#decide('app', true);
    if (answer === 'keep') hideHost();
    if (answer === 'end') await this.end();
  }

  /** The person closes the call's window; a room of this app stays open. The last window in sight ends the app. */
  async closeCall(): Promise<void> {
    const { activity, hideCall, hostHidden, leaveCall } = this.#dependencies;
    const answer = activity().call === null ? 'end' : await this.#decide('call', true);
    if (answer === 'keep') hideCall();
    if (answer !== 'end') return;
    await leaveCall().catch(() => undefined);
    if (hostHidden() && activity().room === null) await this.end();
  }

  /** The person wants the app to end: by a shortcut, the tray, the dock. */
  async request(): Promise<void> {
    if ((await this.#decide('app', false)) === 'end') await this.end();
  }

  /** Nobody is there to ask: a signal, the system shutting down. That ends nobody's call. */
  force(): Promise<void> {
    return this.#finish(this.#dependencies.stopServer);
  }

  /** A person has decided. */
  end(): Promise<void> {
    return this.#finish(this.#dependencies.stop);
  }

  async #finish(endHosting: () => Promise<unknown>): Promise<void> {
    if (this.#phase === 'stopping') return;
    this.#phase = 'stopping';
    const { leaveCall, exit } = this.#dependencies;
    // Who talks says goodbye while the room is still there to hear it.
    const inOrder = async () => {
      await this.#within(LEAVE_DEADLINE_MS, leaveCall());
      await endHosting();
    };
    await this.#within(STOP_DEADLINE_MS, inOrder());
    exit();
  }

  /** Resolves with the step, whatever becomes of it, or after that time. */
  async #within(deadlineMs: number, step: Promise<unknown>): Promise<void> {
    const { timers } = this.#dependencies;
    let deadline: unknown;
    const timeout = new Promise<void>((resolve) => {
      deadline = timers.setTimeout(resolve, deadlineMs);
    });
    await Promise.race([step.catch(() => undefined), timeout]);
    timers.clearTimeout(deadline);
  }

  /** One question at a time; a second wish meanwhile changes nothing. A question that cannot be shown counts as "end". */
  async #decide(ends: CloseQuestion['ends'], wantsKeeping: boolean): Promise<CloseAnswer> {
    if (this.#phase !== 'open') return 'cancel';
    this.#phase = 'asking';
    const answer = await this.#askIfNeeded(ends, wantsKeeping).catch((): CloseAnswer => 'end');
    // Meanwhile somebody may have ended the app without asking.
    if (this.#phase !== 'asking') return 'cancel';
    this.#phase = 'open';
    return answer;
  }

  async #askIfNeeded(ends: CloseQuestion['ends'], wantsKeeping: boolean): Promise<CloseAnswer> {
    const { activity, mayHide, ask } = this.#dependencies;
    const mayKeep = wantsKeeping && (await mayHide().catch(() => false));
    const present = activity();
    const peopleLose = present.call !== null || (present.room !== null && present.room.people > 0);
    // An empty room is worth a question only where it can stay open.
    if (!peopleLose && !mayKeep) return 'end';
    return ask({ ends, activity: present, mayKeep, wantsKeeping });
  }
}
