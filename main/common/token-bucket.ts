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

  /** Whether one more, or `count` at once, is allowed now; time that goes backwards counts as standing still. */
  take(nowMs: number, count = 1): boolean {
    this.#fill(nowMs);
    if (this.#tokens < count) return false;
    this.#tokens -= count;
    return true;
  }

  /** How long until one more is allowed: 0 where it is now. */
  waitMs(nowMs: number): number {
    this.#fill(nowMs);
    return Math.max(0, Math.ceil(((1 - this.#tokens) * 1_000) / this.#limit.perSecond));
  }

  #fill(nowMs: number): void {
    const elapsedMs = nowMs - this.#filledAtMs;
    if (elapsedMs <= 0) return;
    this.#tokens = Math.min(this.#limit.burst, this.#tokens + (elapsedMs / 1_000) * this.#limit.perSecond);
    this.#filledAtMs = nowMs;
  }
}
