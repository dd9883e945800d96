/** Owns a cooldown: what is requested is done at once, and then not again for a while. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

export class Cooldown implements Disposable {
  readonly #gapMs: number;
  readonly #act: () => void;
  #requested = false;
  readonly #gap: Timeout;

  /** `act` does all that was asked for since it was called last. */
  constructor(timers: TimersLike, gapMs: number, act: () => void) {
    this.#gap = new Timeout(timers);
    this.#gapMs = gapMs;
    this.#act = act;
  }

  request(): void {
    this.#requested = true;
    if (!this.#gap.pending) this.#run();
  }

  /** The same, but not before a while has passed. */
  requestLater(): void {
    this.#requested = true;
    if (!this.#gap.pending) this.#gap.set(() => this.#run(), this.#gapMs);
  }

  /** Forgets what was asked for. */
  dispose(): void {
    this.#requested = false;
    this.#gap.dispose();
  }

  #run(): void {
    if (!this.#requested) return;
    this.#requested = false;
    this.#gap.set(() => this.#run(), this.#gapMs);
    this.#act();
  }
}
