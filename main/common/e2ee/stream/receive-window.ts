/** Owns the receive window of one direction of a pair: each number taken once, in order, or given up by its sender. Pure. */

import { STREAM_WINDOW } from '../../protocol/peer-limits.ts';

export class ReceiveWindow<Item> {
  readonly #held = new Map<number, Item>();
  /** Skipped to by a base, not yet taken. */
  readonly #ready: Item[] = [];
  #expect = 1;

  /** The highest number taken in order. */
  get ack(): number {
    return this.#expect - 1;
  }

  /** The sender will send nothing below `base` again: what is held below it is next, in order; the gaps are lost. */
  advanceTo(base: number): void {
    if (base <= this.#expect) return;
    const below = [...this.#held].filter(([seq]) => seq < base).sort(([a], [b]) => a - b);
    for (const [seq, item] of below) {
      this.#ready.push(item);
      this.#held.delete(seq);
    }
    this.#expect = base;
  }

  /** Keeps an item until its turn; drops one whose turn was, and one beyond the window. */
  hold(seq: number, item: Item): void {
    if (seq >= this.#expect && seq < this.#expect + STREAM_WINDOW) this.#held.set(seq, item);
  }

  /** The next item in order, if it is there. */
  take(): Item | undefined {
    const skippedTo = this.#ready.shift();
    if (skippedTo !== undefined) return skippedTo;
    const item = this.#held.get(this.#expect);
    if (item !== undefined) this.#held.delete(this.#expect++);
    return item;
  }
}
