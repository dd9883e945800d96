/** Owns how fast the files of a pair may go at most: slower where packets come to wait for them, and a voice with them. */

/** Above its rest, a round trip says that a queue has grown on the way; a voice is still well with half of that. */
const QUEUE_MAX_MS = 100;
const QUEUE_GONE_MS = 50;
const QUEUE_LONG_MS = 400;
const SLOWER = 0.7;
const MUCH_SLOWER = 0.5;
const FASTER = 1.2;
/** Of a way so short nobody's slow line is part. */
const SHORT_WAY_MS = 20;
/** On all others one finds out from below, so that not all of a queue is filled at once: an association that overflows one stands still for seconds. */
const FIRST_BYTES_PER_SECOND = 131_072;
const FIRST_FASTER = 1.6;
const LEAST_BYTES_PER_SECOND = 32_768;
/** A limit so far above what goes is none, once that is seen so often: at first less goes than could. */
const LOOSE = 4;
const LOOSE_TIMES = 2;
/** The most that went is held so well from one round trip to the next: in a moment nothing may go. */
const PEAK_KEPT = 0.97;
/** A queue that stays after so many cuts is not of this pair's making: of other programs, or of a computer that is busy. */
const VAIN_CUTS_MAX = 2;
const HELPED = 0.7;
/** Where the browser took so long to say it, a round trip was as late for want of the processor, and tells of no queue. */
const BUSY_MS = 50;
/** Round trips that are remembered: the least of them is the rest, which another way may have another one of. */
const REMEMBERED = 60;
/** A voice waits for one message at most so long behind it. */
const MESSAGE_MS = 50;
const MESSAGE_LEAST_BYTES = 4_096;

export interface RoundTrip {
  readonly roundTripMs: number;
  /** How late the browser is with what is asked of it. */
  readonly lateMs: number;
  readonly nowMs: number;
  /** That went of late. */
  readonly bytesPerSecond: number;
}

/** One for all links of a pair and direction. */
export class SendPace {
  #roundTripsMs: readonly number[] = [];
  #bytesPerSecond: number | null = null;
  /** No queue has grown so far. */
  #rising = true;
  /** The last round trip said so; the next one shows whether it was only late itself. */
  #doubted = false;
  /** Until then a queue that was there before may still be. */
  #drainsUntilMs = 0;
  /** What there was to wait for at the last cut; null where it has gone since. */
  #cutAtQueueMs: number | null = null;
  #vainCuts = 0;
  #nextAtMs = 0;
  #looseTimes = 0;
  #peakBytesPerSecond = 0;

  /** Whether the way is full: more than this makes it longer. */
  get limited(): boolean {
    return this.#bytesPerSecond !== null && !this.#rising;
  }

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

  handleRoundTrip({ roundTripMs, lateMs, nowMs, bytesPerSecond }: RoundTrip): void {
    const isFirst = this.#roundTripsMs.length === 0;
    if (lateMs > BUSY_MS && !isFirst) {
      this.#rise(0);
      return;
    }
    this.#roundTripsMs = [...this.#roundTripsMs, roundTripMs].slice(-REMEMBERED);
    const queuedMs = roundTripMs - Math.min(...this.#roundTripsMs);
    this.#peakBytesPerSecond = Math.max(bytesPerSecond, this.#peakBytesPerSecond * PEAK_KEPT);
    const wasDoubted = this.#doubted;
    this.#doubted = queuedMs > QUEUE_MAX_MS;
    if (isFirst && roundTripMs > SHORT_WAY_MS) this.#bytesPerSecond = FIRST_BYTES_PER_SECOND;
    else if (!this.#doubted) this.#rise(queuedMs);
    else if (nowMs >= this.#drainsUntilMs && (wasDoubted || this.#bytesPerSecond !== null)) {
      this.#cut(queuedMs, nowMs);
    }
  }

  #cut(queuedMs: number, nowMs: number): void {
    const before = this.#cutAtQueueMs;
    this.#vainCuts = before !== null && queuedMs > before * HELPED ? this.#vainCuts + 1 : 0;
    this.#cutAtQueueMs = queuedMs;
    this.#drainsUntilMs = nowMs + 2 * queuedMs;
    this.#rising = false;
    if (this.#vainCuts >= VAIN_CUTS_MAX) {
      this.#roundTripsMs = this.#roundTripsMs.slice(-1);
      this.#cutAtQueueMs = null;
      this.#bytesPerSecond = Math.max(LEAST_BYTES_PER_SECOND, this.#peakBytesPerSecond);
      return;
    }
    const limit = this.#bytesPerSecond ?? Number.POSITIVE_INFINITY;
    const slower =
      Math.min(limit, this.#peakBytesPerSecond) * (queuedMs > QUEUE_LONG_MS ? MUCH_SLOWER : SLOWER);
    this.#bytesPerSecond = Math.max(LEAST_BYTES_PER_SECOND, slower);
  }

  #rise(queuedMs: number): void {
    if (this.#bytesPerSecond === null || queuedMs > QUEUE_GONE_MS) return;
    this.#cutAtQueueMs = null;
    const faster = this.#bytesPerSecond * (this.#rising ? FIRST_FASTER : FASTER);
    this.#looseTimes = faster > this.#peakBytesPerSecond * LOOSE ? this.#looseTimes + 1 : 0;
    this.#bytesPerSecond = this.#looseTimes < LOOSE_TIMES ? faster : null;
  }
}
