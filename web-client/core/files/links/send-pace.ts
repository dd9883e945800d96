/** Owns how fast the files of a pair may go at most: slower where packets come to wait for them, and a voice with them. */

/** Above its rest, a round trip says that a queue has grown on the way; a voice is still well with half of that. */
const QUEUE_MAX_MS = 100;
const QUEUE_GONE_MS = 50;
const SLOWER = 0.7;
const FASTER = 1.2;
const LEAST_BYTES_PER_SECOND = 32_768;
/** A limit so far above what goes is none. */
const LOOSE = 4;
/** Round trips that are remembered: the least of them is the rest, which another way may have another one of. */
const REMEMBERED = 60;
/** A voice waits for one message at most so long behind it. */
const MESSAGE_MS = 50;
const MESSAGE_LEAST_BYTES = 4_096;

/** One for all links of a pair and direction. */
export class SendPace {
  #roundTripsMs: readonly number[] = [];
  #bytesPerSecond: number | null = null;
  #nextAtMs = 0;

  /** What a message may have, so that the network gets it piece by piece; null: there is no limit. */
  get messageBytes(): number | null {
    if (this.#bytesPerSecond === null) return null;
    return Math.max(MESSAGE_LEAST_BYTES, Math.round((this.#bytesPerSecond * MESSAGE_MS) / 1_000));
  }

  /** 0 where so much may go now, which then counts as gone; else how long until something may. */
  take(bytes: number, nowMs: number): number {
    if (this.#bytesPerSecond === null) return 0;
    if (this.#nextAtMs > nowMs) return Math.ceil(this.#nextAtMs - nowMs);
    this.#nextAtMs = nowMs + (bytes * 1_000) / this.#bytesPerSecond;
    return 0;
  }

  /** @param bytesPerSecond that went when it was measured */
  handleRoundTrip(roundTripMs: number, bytesPerSecond: number): void {
    this.#roundTripsMs = [...this.#roundTripsMs, roundTripMs].slice(-REMEMBERED);
    const queuedMs = roundTripMs - Math.min(...this.#roundTripsMs);
    const limit = this.#bytesPerSecond;
    if (queuedMs > QUEUE_MAX_MS) {
      const present = Math.min(limit ?? bytesPerSecond, bytesPerSecond);
      this.#bytesPerSecond = Math.max(LEAST_BYTES_PER_SECOND, present * SLOWER);
    } else if (limit !== null && queuedMs < QUEUE_GONE_MS) {
      const faster = limit * FASTER;
      this.#bytesPerSecond = faster > bytesPerSecond * LOOSE ? null : faster;
    }
  }
}
