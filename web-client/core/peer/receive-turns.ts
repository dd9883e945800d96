/** Owns scheduling received boxes: the pairs of the page take turns, and after a few ms everything else has its turn. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import {
  RECEIVE_LULL_MS,
  RECEIVE_SLICE_MS,
  RECEIVE_WAITING_MAX,
} from '../../../main/common/protocol/peer-limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

export interface ReceiveTurnsOptions {
  readonly clock: ClockMs;
  /** Ones that hold in a hidden page as well. */
  readonly timers: TimersLike;
}

type Step = () => Promise<void>;

/** One pair's steps, taken in order; the next begins when the one before has settled. */
export class ReceiveLine {
  readonly waiting: Step[] = [];
  busy = false;
  readonly #onReady: (line: ReceiveLine) => void;

  constructor(onReady: (line: ReceiveLine) => void) {
    this.#onReady = onReady;
  }

  /** What is too much is dropped as if lost, so that a flood costs no memory. */
  add(step: Step): void {
    if (this.waiting.length >= RECEIVE_WAITING_MAX) return;
    this.waiting.push(step);
    if (!this.busy) this.#onReady(this);
  }
}

/**
 * A step that takes long, as one that waits for the browser does, holds up its own pair only. What comes into an idle page is
 * taken at once; a pair that sends much waits behind the others after each of its boxes.
 */
export class ReceiveTurns implements Disposable {
  readonly #options: ReceiveTurnsOptions;
  /** Lines with something to do, in the order of their turns. */
  readonly #ready = new Set<ReceiveLine>();
  #running = 0;
  #sliceBeganMs = 0;
  /** When the last step ended, but for one in which all else had its turn while it waited for the browser. */
  #workedUntilMs = Number.NEGATIVE_INFINITY;
  /** Everything else has its turn. */
  readonly #pause: Timeout;
  #disposed = false;

  constructor(options: ReceiveTurnsOptions) {
    this.#options = options;
    this.#pause = new Timeout(options.timers);
  }

  line(): ReceiveLine {
    return new ReceiveLine((line) => this.#enqueue(line));
  }

  /** Nothing that waits is taken any more. */
  dispose(): void {
    this.#disposed = true;
    this.#pause.dispose();
    this.#ready.clear();
  }

  #enqueue(line: ReceiveLine): void {
    if (this.#disposed) return;
    const idle = this.#running === 0 && this.#ready.size === 0 && !this.#pause.pending;
    const nowMs = this.#options.clock();
    // Messages that have queued up come one a task, with nothing but the next one between them.
    if (idle && nowMs - this.#workedUntilMs >= RECEIVE_LULL_MS) this.#sliceBeganMs = nowMs;
    this.#ready.add(line);
    this.#serve();
  }

  #serve(): void {
    for (const line of this.#ready) {
      if (this.#pause.pending) return;
      if (this.#options.clock() - this.#sliceBeganMs >= RECEIVE_SLICE_MS) {
        this.#giveWay();
        return;
      }
      this.#ready.delete(line);
      void this.#take(line);
    }
  }

  #giveWay(): void {
    this.#pause.set(() => {
      this.#sliceBeganMs = this.#options.clock();
      this.#serve();
    }, 0);
  }

  async #take(line: ReceiveLine): Promise<void> {
    const step = line.waiting.shift();
    if (step === undefined) return;
    line.busy = true;
    this.#running++;
    const beganMs = this.#options.clock();
    try {
      await step();
    } finally {
      line.busy = false;
      const nowMs = this.#options.clock();
      if (nowMs - beganMs < RECEIVE_SLICE_MS) this.#workedUntilMs = nowMs;
      // Before the count falls: the slice goes on, and ends in time, while a line still has something to do.
      if (line.waiting.length > 0) this.#enqueue(line);
      this.#running--;
    }
  }
}
