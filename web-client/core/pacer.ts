/** Owns the pace of what the page sends to the server, below the rate at which the server would close the socket. */

import type { Disposable } from '../../main/common/lifecycle.ts';
import type { ClockMs, TimerHandle, TimersLike } from '../../main/common/platform.ts';
import { PACER_BURST, PACER_PER_SECOND } from '../../main/common/protocol/limits.ts';

export interface PacerOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly send: (frame: string) => void;
}

/** Sends at once while the burst lasts, then keeps frames in order and lets them go one by one. */
export class Pacer implements Disposable {
  readonly #options: PacerOptions;
  readonly #queue: string[] = [];
  #tokens = PACER_BURST;
  #refilledAtMs: number;
  #timer: TimerHandle | null = null;

  constructor(options: PacerOptions) {
    this.#options = options;
    this.#refilledAtMs = options.clock();
  }

  push(frame: string): void {
    this.#queue.push(frame);
    if (this.#timer === null) this.#drain();
  }

  dispose(): void {
    if (this.#timer !== null) this.#options.timers.clearTimeout(this.#timer);
    this.#timer = null;
    this.#queue.length = 0;
  }

  #drain(): void {
    this.#refill();
    while (this.#tokens >= 1) {
      const frame = this.#queue.shift();
      if (frame === undefined) return;
      this.#tokens--;
      this.#options.send(frame);
    }
    if (this.#queue.length === 0) return;
    const waitMs = Math.ceil(((1 - this.#tokens) * 1_000) / PACER_PER_SECOND);
    this.#timer = this.#options.timers.setTimeout(() => {
      this.#timer = null;
      this.#drain();
    }, waitMs);
  }

  #refill(): void {
    const nowMs = this.#options.clock();
    const gained = ((nowMs - this.#refilledAtMs) * PACER_PER_SECOND) / 1_000;
    this.#tokens = Math.min(PACER_BURST, this.#tokens + gained);
    this.#refilledAtMs = nowMs;
  }
}
