/** Owns a lazy load: in good time before it is needed, and tried again while the host's computer does not answer. */

import type { TimersLike } from '../../../main/common/platform.ts';

const RETRY_MS = 3_000;

export class LazyLoad {
  readonly #load: () => Promise<unknown>;
  readonly #timers: TimersLike;
  #asked = false;

  constructor(load: () => Promise<unknown>, timers: TimersLike) {
    this.#load = load;
    this.#timers = timers;
  }

  /** Once; what is called after that changes nothing. */
  startAfter(delayMs: number): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#try(delayMs);
  }

  #try(delayMs: number): void {
    const load = () => this.#load().catch(() => this.#try(RETRY_MS));
    if (delayMs === 0) void load();
    else this.#timers.setTimeout(load, delayMs);
  }
}
