/** Owns that something is not done more often than is good for those it is meant for: at once, and then not for a while. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimerHandle, TimersLike } from '../../../main/common/platform.ts';

export class Cooldown implements Disposable {
  readonly #timers: TimersLike;
  readonly #gapMs: number;
  readonly #act: () => void;
  #asked = false;
  #timer: TimerHandle | null = null;

  /** `act` does all that was asked for since it was called last. */
  constructor(timers: TimersLike, gapMs: number, act: () => void) {
    this.#timers = timers;
    this.#gapMs = gapMs;
    this.#act = act;
  }

  ask(): void {
    this.#asked = true;
    if (this.#timer === null) this.#run();
  }

  /** Forgets what was asked for. */
  dispose(): void {
    this.#asked = false;
    if (this.#timer !== null) this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
  }

  #run(): void {
    this.#timer = null;
    if (!this.#asked) return;
    this.#asked = false;
    this.#timer = this.#timers.setTimeout(() => this.#run(), this.#gapMs);
    this.#act();
  }
}
