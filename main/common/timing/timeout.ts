/** Owns waiting once: a one-shot timer that can be set again and cleared, and waits that end early. */

import type { Disposable } from '../lifecycle.ts';
import type { AbortSignalLike, TimerHandle, TimersLike } from '../platform.ts';

/** One timer: setting it again puts the former off, and once cleared it never fires. */
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

/** One wait at a time that a sign can cut short: then what was waited for is done at once. */
export class Pause {
  readonly #timers: TimersLike;
  #end: (() => void) | null = null;

  constructor(timers: TimersLike) {
    this.#timers = timers;
  }

  /** Resolves after delayMs, when it is cut short, or as soon as the signal is aborted, whichever is first. */
  wait(delayMs: number, signal: AbortSignalLike): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const finish = (): void => {
        this.#timers.clearTimeout(timer);
        signal.removeEventListener('abort', finish);
        this.#end = null;
        resolve();
      };
      const timer = this.#timers.setTimeout(finish, delayMs);
      signal.addEventListener('abort', finish);
      this.#end = finish;
    });
  }

  /** Nothing while nobody waits. */
  cut(): void {
    this.#end?.();
  }
}

/** Resolves after delayMs, or as soon as the signal is aborted, whichever is first. */
export function delay(timers: TimersLike, delayMs: number, signal: AbortSignalLike): Promise<void> {
  return new Pause(timers).wait(delayMs, signal);
}
