/** Owns one one-shot timer: setting it again puts the former off, and once cleared it never fires. */

import type { Disposable } from '../lifecycle.ts';
import type { TimerHandle, TimersLike } from '../platform.ts';

export class Timeout implements Disposable {
  readonly #timers: TimersLike;
  #running: { readonly handle: TimerHandle } | null = null;

  constructor(timers: TimersLike) {
    this.#timers = timers;
  }

  /** Whether it is still to fire; no longer while its callback runs. */
  get pending(): boolean {
    return this.#running !== null;
  }

  set(callback: () => void, delayMs: number): void {
    this.clear();
    const handle = this.#timers.setTimeout(() => {
      this.#running = null;
      callback();
    }, delayMs);
    this.#running = { handle };
  }

  clear(): void {
    if (this.#running !== null) this.#timers.clearTimeout(this.#running.handle);
    this.#running = null;
  }

  /** As `clear`. */
  dispose(): void {
    this.clear();
  }
}
