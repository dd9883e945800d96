/** Owns quitting the app: asked about once while people are in, in order, and within a deadline. */

import type { TimersLike } from '../common/platform.ts';

/** How long everything has to stop before the app ends regardless. */
export const STOP_DEADLINE_MS = 5_000;

export interface QuitDependencies {
  /** People in the room now. */
  peopleInRoom(): number;
  /** Asks the person; true means end the call for everybody. */
  confirm(people: number): Promise<boolean>;
  /** Stops hosting; may be called while idle. */
  stop(): Promise<unknown>;
  /** Ends the process; called exactly once. */
  exit(): void;
  readonly timers: TimersLike;
}

/** open → (asking →) stopping → over; a refusal leads back to open. */
export class Quit {
  #phase: 'open' | 'asking' | 'stopping' = 'open';
  readonly #dependencies: QuitDependencies;

  constructor(dependencies: QuitDependencies) {
    this.#dependencies = dependencies;
  }

  /** The person wants to leave: by the window's button, a shortcut, the dock. */
  async request(): Promise<void> {
    if (this.#phase !== 'open') return;
    const people = this.#dependencies.peopleInRoom();
    if (people > 0) {
      this.#phase = 'asking';
      const confirmed = await this.#dependencies.confirm(people).catch(() => true);
      if (this.#phase !== 'asking') return;
      this.#phase = 'open';
      if (!confirmed) return;
    }
    await this.force();
  }

  /** Nobody is there to ask: a signal, the system shutting down. */
  async force(): Promise<void> {
    if (this.#phase === 'stopping') return;
    this.#phase = 'stopping';
    const { stop, exit, timers } = this.#dependencies;
    let deadline: unknown;
    const timeout = new Promise<void>((resolve) => {
      deadline = timers.setTimeout(resolve, STOP_DEADLINE_MS);
    });
    await Promise.race([stop().catch(() => undefined), timeout]);
    timers.clearTimeout(deadline);
    exit();
  }
}
