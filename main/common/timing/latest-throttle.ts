/** Owns telling at most so often: at once while that is allowed, else in its turn the newest of what there is to tell. */

import type { Disposable } from '../lifecycle.ts';
import type { ClockMs, TimerHandle, TimersLike } from '../platform.ts';
import { type RateLimit, TokenBucket } from './token-bucket.ts';

export interface LatestThrottleOptions<Value> {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly limit: RateLimit;
  readonly tell: (value: Value) => void;
}

export class LatestThrottle<Value> implements Disposable {
  readonly #options: LatestThrottleOptions<Value>;
  readonly #bucket: TokenBucket;
  #waiting: (() => void) | null = null;
  #timer: TimerHandle | null = null;

  constructor(options: LatestThrottleOptions<Value>) {
    this.#options = options;
    this.#bucket = new TokenBucket(options.limit, options.clock());
  }

  push(value: Value): void {
    this.#waiting = () => this.#options.tell(value);
    if (this.#timer === null) this.#tell();
  }

  /** Forgets what waits. */
  dispose(): void {
    if (this.#timer !== null) this.#options.timers.clearTimeout(this.#timer);
    this.#timer = null;
    this.#waiting = null;
  }

  #tell(): void {
    const { clock, timers } = this.#options;
    if (this.#bucket.take(clock())) {
      const tell = this.#waiting;
      this.#waiting = null;
      tell?.();
      return;
    }
    this.#timer = timers.setTimeout(() => {
      this.#timer = null;
      this.#tell();
    }, this.#bucket.waitMs(clock()));
  }
}
