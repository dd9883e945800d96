/** Owns a set of blocks of a file, kept as ranges: they mostly come one after another, and the wire tells them so; and how a file falls into blocks. */

import type { BlockRanges } from '../../../main/common/protocol/file-bodies.ts';
import { FILE_BLOCK_BYTES } from '../../../main/common/protocol/file-limits.ts';

/** From the first up to, and without, the second. */
export type BlockRange = readonly [from: number, to: number];

export class BlockSet {
  /** In order, none empty, none touching the next. */
  readonly #ranges: [from: number, to: number][] = [];
  #count = 0;

  constructor(ranges: Iterable<BlockRange> = []) {
    for (const [from, to] of ranges) this.addRange(from, to);
  }

  get count(): number {
    return this.#count;
  }

  has(block: number): boolean {
    const range = this.#ranges[this.#firstEndingAfter(block)];
    return range !== undefined && range[0] <= block;
  }

  add(block: number): void {
    this.addRange(block, block + 1);
  }

  addRange(from: number, to: number): void {
    if (from >= to) return;
    // One that ends where this begins touches it.
    const first = this.#firstEndingAfter(from - 1);
    let next = first;
    let joined: [number, number] = [from, to];
    for (
      let range = this.#ranges[next];
      range !== undefined && range[0] <= to;
      range = this.#ranges[++next]
    ) {
      joined = [Math.min(joined[0], range[0]), Math.max(joined[1], range[1])];
      this.#count -= range[1] - range[0];
    }
    this.#ranges.splice(first, next - first, joined);
    this.#count += joined[1] - joined[0];
  }

  ranges(): readonly BlockRange[] {
    return this.#ranges.map(([from, to]) => [from, to]);
  }

  /** In order, of a file of so many blocks; looked up as it is gone through, so what is added ahead of it meanwhile is left out. */
  *missing(total: number): Generator<number, void, undefined> {
    for (let block = 0; block < total; ) {
      const range = this.#ranges[this.#firstEndingAfter(block)];
      if (range !== undefined && range[0] <= block) block = range[1];
      else yield block++;
    }
  }

  /** Index of the first range that ends after the block, or how many ranges there are. */
  #firstEndingAfter(block: number): number {
    let [low, high] = [0, this.#ranges.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#ranges[middle]?.[1] ?? 0) > block) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}

export function countBlocks(sizeBytes: number): number {
  return Math.ceil(sizeBytes / FILE_BLOCK_BYTES);
}

/** Of the block; the last one of a file may be shorter. */
export function blockBytes(sizeBytes: number, block: number): number {
  return Math.min(FILE_BLOCK_BYTES, sizeBytes - block * FILE_BLOCK_BYTES);
}

/** Of all these blocks. */
export function bytesOf(have: BlockSet, sizeBytes: number): number {
  const last = countBlocks(sizeBytes) - 1;
  const missingOfLast = have.has(last) ? FILE_BLOCK_BYTES - blockBytes(sizeBytes, last) : 0;
  return have.count * FILE_BLOCK_BYTES - missingOfLast;
}

/** Whether a file of this size has all of these blocks. */
export function fitsFile(ranges: BlockRanges, sizeBytes: number): boolean {
  return (ranges.at(-1)?.[1] ?? 0) <= countBlocks(sizeBytes);
}
