/** Owns how fast a file moves: over the last seconds, and how long the rest takes at that. Pure. */

/** What lies further back counts only where there is little else. */
const WINDOW_MS = 5_000;
/** Nothing is said of less. */
const LEAST_MS = 1_000;
/** Several blocks in so short a time are one step. */
const STEP_MS = 200;
/** Blocks come seconds apart on a slow line: an average spans some of them. */
const STEPS_LEAST = 3;

interface Step {
  readonly atMs: number;
  readonly bytes: number;
}

export class TransferSpeed {
  /** The first says where it began. */
  #steps: readonly Step[] = [];

  /** Begins anew: what was done before is no speed. */
  restart(nowMs: number, bytes: number): void {
    this.#steps = [{ atMs: nowMs, bytes }];
  }

  note(nowMs: number, bytes: number): void {
    const last = this.#steps.at(-1);
    const joins = this.#steps.length > 1 && last !== undefined && nowMs - last.atMs < STEP_MS;
    const before = joins ? this.#steps.slice(0, -1) : this.#steps;
    this.#steps = [...before, { atMs: joins ? last.atMs : nowMs, bytes }];
    while (this.#steps.length > STEPS_LEAST && (this.#steps[1]?.atMs ?? nowMs) <= nowMs - WINDOW_MS)
      this.#steps = this.#steps.slice(1);
  }

  /** null before there is anything to say. */
  bytesPerSecond(nowMs: number): number | null {
    const [first, last] = [this.#steps[0], this.#steps.at(-1)];
    if (first === undefined || last === undefined || nowMs - first.atMs < LEAST_MS) return null;
    return ((last.bytes - first.bytes) * 1_000) / (nowMs - first.atMs);
  }

  /** null where it would never end. */
  secondsLeft(nowMs: number, leftBytes: number): number | null {
    const speed = this.bytesPerSecond(nowMs);
    return speed === null || speed <= 0 ? null : Math.ceil(leftBytes / speed);
  }
}
