/** Owns a clock and timers that move only when a test says so. */

import type { ClockMs, TimerHandle, TimersLike } from '../../../main/common/platform.ts';

interface Pending {
  readonly dueMs: number;
  readonly callback: () => void;
}

export class ManualTime {
  readonly #quiet: () => Promise<void>;
  #nowMs = 0;
  #nextHandle = 1;
  readonly #pending = new Map<TimerHandle, Pending>();

  /** `quiet` ends when nothing goes on that takes none of this time, so that the clock never outruns it. */
  constructor(quiet: () => Promise<void> = settle) {
    this.#quiet = quiet;
  }

  readonly clock: ClockMs = () => this.#nowMs;

  readonly timers: TimersLike = {
    setTimeout: (callback, delayMs) => {
      const handle = this.#nextHandle++;
      this.#pending.set(handle, { dueMs: this.#nowMs + delayMs, callback });
      return handle;
    },
    clearTimeout: (handle) => {
      this.#pending.delete(handle);
    },
  };

  /** Timers that have not run. */
  get pending(): number {
    return this.#pending.size;
  }

  /** Lets time pass; timers run when they are due, in order, with all quiet before and after each. */
  async advance(byMs: number): Promise<void> {
    const endMs = this.#nowMs + byMs;
    await this.#quiet();
    for (let next = this.#firstDue(endMs); next !== null; next = this.#firstDue(endMs)) {
      const [handle, { dueMs, callback }] = next;
      this.#pending.delete(handle);
      this.#nowMs = Math.max(this.#nowMs, dueMs);
      callback();
      await this.#quiet();
    }
    this.#nowMs = endMs;
  }

  #firstDue(endMs: number): [TimerHandle, Pending] | null {
    let first: [TimerHandle, Pending] | null = null;
    for (const entry of this.#pending) {
      if (entry[1].dueMs <= endMs && (first === null || entry[1].dueMs < first[1].dueMs)) first = entry;
    }
    return first;
  }
}

/** Ends when no promise is left to run that waits for nothing outside. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
