/** Owns how often something may happen: a token bucket that starts full. */

export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

export class TokenBucket {
  readonly #limit: RateLimit;
  #tokens: number;
  #filledAtMs: number;

  constructor(limit: RateLimit, nowMs: number) {
    this.#limit = limit;
    this.#tokens = limit.burst;
    this.#filledAtMs = nowMs;
  }

  /** Whether one more is allowed now; time that goes backwards counts as standing still. */
  take(nowMs: number): boolean {
    const elapsedMs = nowMs - this.#filledAtMs;
    if (elapsedMs > 0) {
      this.#tokens = Math.min(this.#limit.burst, this.#tokens + (elapsedMs / 1_000) * this.#limit.perSecond);
      this.#filledAtMs = nowMs;
    }
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }
}
