/** Owns telling at most so often: at once while that is allowed, else in its turn the newest of what there is to tell. */

import type { Disposable } from '../lifecycle.ts';
import type { ClockMs, TimersLike } from '../platform.ts';
import { Timeout } from './timeout.ts';
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
  readonly #timer: Timeout;

  constructor(options: LatestThrottleOptions<Value>) {
    this.#options = options;
    this.#timer = new Timeout(options.timers);
    this.#bucket = new TokenBucket(options.limit, options.clock());
  }

  push(value: Value): void {
    this.#waiting = () => this.#options.tell(value);
    if (!this.#timer.pending) this.#tell();
  }

  /** Forgets what waits. */
  dispose(): void {
    this.#timer.clear();
    this.#waiting = null;
  }

  #tell(): void {
    const { clock } = this.#options;
    if (this.#bucket.take(clock())) {
      const tell = this.#waiting;
      this.#waiting = null;
      tell?.();
      return;
    }
    this.#timer.set(() => this.#tell(), this.#bucket.waitMs(clock()));
  }
}
