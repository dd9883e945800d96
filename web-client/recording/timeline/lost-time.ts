/**
 * Owns finding out that a context stood still: suspended, interrupted, starved. Its own count of samples goes on from where it
 * was, so that a recording by it alone would be too short. Seen by the wall's clock, the only one on the audio thread.
 */

/** Stamps are late by a few milliseconds, and clocks differ a little. */
export const LOSS_MIN_MS = 100;

interface Stamp {
  readonly end: number;
  /** How much later than expected. */
  readonly stampMs: number;
}

export class LostTime {
  readonly #rate: number;
  #held: readonly Stamp[] = [];
  /** The wall's time of the context's frame 0, as far as the earliest stamp since the last loss tells. */
  #originMs: number | null = null;

  constructor(rate: number) {
    this.#rate = rate;
  }

  /** A batch that ends before this frame has come, in order. */
  note(end: number, stampMs: number): void {
    const originMs = stampMs - this.#msOf(end);
    // None is stamped before its time: an earlier origin is a better one, and so is one of a clock that runs a little faster.
    if (this.#originMs === null || originMs < this.#originMs) this.#originMs = originMs;
    this.#held = [...this.#held, { end, stampMs }];
  }

  /**
   * How long the context stood still just before this frame, ms; told once. What came late alone, and was made up for by what
   * came after it, is nothing: so it is to be asked some time later.
   */
  before(frame: number): number {
    this.#held = this.#held.filter(({ end }) => end > frame);
    const originMs = this.#originMs;
    if (this.#held.length === 0 || originMs === null) return 0;
    const lateMs = Math.min(...this.#held.map(({ end, stampMs }) => stampMs - this.#msOf(end) - originMs));
    if (lateMs < LOSS_MIN_MS) return 0;
    this.#originMs = originMs + lateMs;
    return lateMs;
  }

  #msOf(frame: number): number {
    return (frame / this.#rate) * 1000;
  }
}
