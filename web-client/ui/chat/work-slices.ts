/** Owns work in slices, after each of which the page has twice as long for everything else. */

import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

export const SLICE_MAX = 20;
/** Between two slices the page draws and listens, */
export const SLICE_GAP_MS = 16;
/** and so many times as long as the slice took, where that is more: whatever it costs, most of the page's time is not for it. */
export const SLICE_REST_RATIO = 2;

/** In milliseconds of the page. */
export function clockOf(document: Document): ClockMs {
  return () => document.defaultView?.performance.now() ?? 0;
}

/** One slice now, the next after a rest, until nothing is left. */
export class PacedWork {
  readonly #clock: ClockMs;
  readonly #rest: Timeout;
  readonly #work: () => boolean;

  /** `work` does one slice and says whether something is left. */
  constructor(clock: ClockMs, timers: TimersLike, work: () => boolean) {
    this.#clock = clock;
    this.#rest = new Timeout(timers);
    this.#work = work;
  }

  get resting(): boolean {
    return this.#rest.pending;
  }

  /** Begins at once, unless it rests and goes on by itself. */
  begin(): void {
    if (this.resting) return;
    const beganMs = this.#clock();
    if (!this.#work()) return;
    const tookMs = this.#clock() - beganMs;
    this.#rest.set(() => this.begin(), Math.max(SLICE_GAP_MS, SLICE_REST_RATIO * tookMs));
  }
}

/** Many things, done a few at a time, each once however often it was asked for. */
export class WorkSlices<Item> {
  readonly #work: (items: readonly Item[]) => void;
  readonly #waiting = new Set<Item>();
  readonly #paced: PacedWork;

  constructor(clock: ClockMs, timers: TimersLike, work: (items: readonly Item[]) => void) {
    this.#paced = new PacedWork(clock, timers, () => this.#workOnSome());
    this.#work = work;
  }

  add(items: Iterable<Item>): void {
    for (const item of items) this.#waiting.add(item);
    if (this.#waiting.size > 0) this.#paced.begin();
  }

  #workOnSome(): boolean {
    const slice = [...this.#waiting].slice(0, SLICE_MAX);
    for (const item of slice) this.#waiting.delete(item);
    this.#work(slice);
    return this.#waiting.size > 0;
  }
}
