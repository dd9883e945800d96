/** Owns work on many things that is done a few at a time, each once however often it was asked for. */

import type { TimerHandle, TimersLike } from '../../../main/common/platform.ts';

export const SLICE_MAX = 20;
/** Between two slices the page draws and listens. */
export const SLICE_GAP_MS = 16;

export class WorkSlices<Item> {
  readonly #timers: TimersLike;
  readonly #work: (item: Item) => void;
  readonly #waiting = new Set<Item>();
  #timer: TimerHandle | null = null;

  constructor(timers: TimersLike, work: (item: Item) => void) {
    this.#timers = timers;
    this.#work = work;
  }

  /** Begins at once, unless others wait already. */
  add(items: Iterable<Item>): void {
    for (const item of items) this.#waiting.add(item);
    if (this.#timer === null && this.#waiting.size > 0) this.#workOnSome();
  }

  #workOnSome(): void {
    let left = SLICE_MAX;
    for (const item of this.#waiting) {
      if (left-- === 0) break;
      this.#waiting.delete(item);
      this.#work(item);
    }
    this.#timer =
      this.#waiting.size === 0 ? null : this.#timers.setTimeout(() => this.#workOnSome(), SLICE_GAP_MS);
  }
}
