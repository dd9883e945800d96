/** Owns how many links a file takes: one association is bound by what a line loses, several are less so, where the line has more to give. */

/** Fast enough for one. */
const FAST_BYTES_PER_SECOND = 8_000_000;
/** A new connection finds its speed. */
const SETTLE_MS = 1_500;
const MEASURE_MS = 3_000;
/** As many again bring twice as much where a line loses packets, and nothing where it is full. */
const HELPED = 1.15;
/** After a step that did not help; longer each time. */
const REST_MS = 10_000;
const RESTS_MAX = 5;

export interface LinkSample {
  readonly nowMs: number;
  /** That went to the network, by all links so far. */
  readonly bytes: number;
  /** That carry, and are to stay. */
  readonly open: number;
  /** Whether all of them have had something to send since the last look. */
  readonly hungry: boolean;
  /** Whether the way has no more to give: packets wait on it. */
  readonly full: boolean;
  readonly most: number;
}

interface Start {
  readonly atMs: number;
  /** null until then. */
  readonly bytes: number | null;
}

export class LinkCount {
  #wanted = 1;
  #start: Start | null = null;
  /** What it was with fewer, while more are tried. */
  #before: { readonly wanted: number; readonly bytesPerSecond: number } | null = null;
  #restUntilMs = 0;
  #rests = 0;

  get wanted(): number {
    return this.#wanted;
  }

  handle(sample: LinkSample): void {
    const { nowMs, bytes, open, hungry, full, most } = sample;
    this.#wanted = Math.min(this.#wanted, most);
    if (full) {
      this.#wanted = this.#before?.wanted ?? this.#wanted;
      this.#restUntilMs = nowMs + REST_MS;
      this.#before = null;
      this.#start = null;
    }
    if (open < this.#wanted || !hungry) {
      this.#start = null;
      return;
    }
    this.#start ??= { atMs: nowMs + SETTLE_MS, bytes: null };
    const { atMs, bytes: bytesBefore } = this.#start;
    if (nowMs < atMs) return;
    if (bytesBefore === null) this.#start = { atMs: nowMs, bytes };
    else if (nowMs - atMs >= MEASURE_MS) {
      this.#start = { atMs: nowMs, bytes };
      this.#judge(((bytes - bytesBefore) * 1_000) / (nowMs - atMs), sample);
    }
  }

  /** Nothing is on its way any more: what comes next finds out anew. */
  reset(): void {
    this.#wanted = 1;
    this.#start = null;
    this.#before = null;
  }

  #judge(bytesPerSecond: number, { nowMs, most }: LinkSample): void {
    const before = this.#before;
    this.#before = null;
    if (before !== null && bytesPerSecond < before.bytesPerSecond * HELPED) {
      this.#wanted = before.wanted;
      this.#start = null;
      this.#restUntilMs = nowMs + REST_MS * 2 ** this.#rests;
      this.#rests = Math.min(this.#rests + 1, RESTS_MAX);
      return;
    }
    if (before !== null) this.#rests = 0;
    if (bytesPerSecond >= FAST_BYTES_PER_SECOND || this.#wanted >= most || nowMs < this.#restUntilMs) return;
    this.#before = { wanted: this.#wanted, bytesPerSecond };
    this.#wanted = Math.min(most, 2 * this.#wanted);
    this.#start = null;
  }
}
