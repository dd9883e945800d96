/** Owns how often something may happen: a token bucket that starts full. */

export interface RateLimit {
  readonly perSecond: number;
  readonly burst: number;
}

/** What a token is counted in: a rate in tokens a second fills so many of these a millisecond, without a rounding. */
const PER_TOKEN = 1_000;

export class TokenBucket {
  readonly #limit: RateLimit;
  #level: number;
  #filledAtMs: number;

  constructor(limit: RateLimit, nowMs: number) {
    this.#limit = limit;
    this.#level = limit.burst * PER_TOKEN;
    this.#filledAtMs = nowMs;
  }

  /** Whether one more, or `count` at once, is allowed now; time that goes backwards counts as standing still. */
  take(nowMs: number, count = 1): boolean {
    this.#fill(nowMs);
    if (this.#level < count * PER_TOKEN) return false;
    this.#level -= count * PER_TOKEN;
    return true;
  }

  /** How long until one more is allowed: 0 where it is now. */
  waitMs(nowMs: number): number {
    this.#fill(nowMs);
    return Math.max(0, Math.ceil((PER_TOKEN - this.#level) / this.#limit.perSecond));
  }

  /** As one that was never taken from. */
  isFull(nowMs: number): boolean {
    this.#fill(nowMs);
    return this.#level === this.#limit.burst * PER_TOKEN;
  }

  #fill(nowMs: number): void {
    const elapsedMs = nowMs - this.#filledAtMs;
    if (elapsedMs <= 0) return;
    const { burst, perSecond } = this.#limit;
    this.#level = Math.min(burst * PER_TOKEN, this.#level + elapsedMs * perSecond);
    this.#filledAtMs = nowMs;
  }
}

/** The same for each of several, by a key. */
export class TokenBuckets {
  readonly #limit: RateLimit;
  readonly #byKey = new Map<string, TokenBucket>();

  constructor(limit: RateLimit) {
    this.#limit = limit;
  }

  take(key: string, nowMs: number, count = 1): boolean {
    const bucket = this.#byKey.get(key) ?? this.#add(key, nowMs);
    return bucket.take(nowMs, count);
  }

  /** With every key that comes, those go that need not be remembered. */
  #add(key: string, nowMs: number): TokenBucket {
    for (const [other, bucket] of this.#byKey) if (bucket.isFull(nowMs)) this.#byKey.delete(other);
    const bucket = new TokenBucket(this.#limit, nowMs);
    this.#byKey.set(key, bucket);
    return bucket;
  }
}
