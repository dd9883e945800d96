/** Owns work in slices: many things, done a few at a time, each once however often it was asked for. */

import type { TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

export const SLICE_MAX = 20;
/** Between two slices the page draws and listens. */
export const SLICE_GAP_MS = 16;

export class WorkSlices<Item> {
  readonly #work: (items: readonly Item[]) => void;
  readonly #waiting = new Set<Item>();
  readonly #gap: Timeout;

  constructor(timers: TimersLike, work: (items: readonly Item[]) => void) {
    this.#gap = new Timeout(timers);
    this.#work = work;
  }

  /** Begins at once, unless others wait already. */
  add(items: Iterable<Item>): void {
    for (const item of items) this.#waiting.add(item);
    if (!this.#gap.pending && this.#waiting.size > 0) this.#workOnSome();
  }

  #workOnSome(): void {
    const slice = [...this.#waiting].slice(0, SLICE_MAX);
    for (const item of slice) this.#waiting.delete(item);
    this.#work(slice);
    if (this.#waiting.size > 0) this.#gap.set(() => this.#workOnSome(), SLICE_GAP_MS);
  }
}
