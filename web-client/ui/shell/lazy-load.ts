/** Owns a lazy load: in good time before it is needed, and tried again while the host's computer does not have it or answer. */

import type { TimersLike } from '../../../main/common/platform.ts';

const RETRY_MS = 3_000;
/** Once is a moment without network. */
const FAILURES_TOLD_FROM = 2;

export class LazyLoad {
  readonly #load: () => Promise<unknown>;
  readonly #timers: TimersLike;
  readonly #onFailing: () => void;
  #asked = false;
  #failures = 0;

  /** `onFailing` is called once, where it is not only tried again but somebody waits for it. */
  constructor(load: () => Promise<unknown>, timers: TimersLike, onFailing: () => void = () => {}) {
    this.#load = load;
    this.#timers = timers;
    this.#onFailing = onFailing;
  }

  /** Once; what is called after that changes nothing. */
  startAfter(delayMs: number): void {
    if (this.#asked) return;
    this.#asked = true;
    this.#try(delayMs);
  }

  #try(delayMs: number): void {
    const load = () => this.#load().catch(() => this.#handleFailure());
    if (delayMs === 0) void load();
    else this.#timers.setTimeout(load, delayMs);
  }

  #handleFailure(): void {
    this.#failures++;
    if (this.#failures === FAILURES_TOLD_FROM) this.#onFailing();
    this.#try(RETRY_MS);
  }
}
