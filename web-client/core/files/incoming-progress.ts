/** Owns how much of a file that comes in is there: whole blocks, and what has come of others by links that stand. */

import { type BlockSet, bytesOf } from './block-set.ts';

/** Of a block that is not whole yet, by one link. */
export interface UnfinishedOfLink {
  bytes: number;
}

export class IncomingProgress {
  readonly #sizeBytes: number;
  readonly #unfinished = new Map<number, UnfinishedOfLink>();
  #keptBytes = 0;

  constructor(sizeBytes: number) {
    this.#sizeBytes = sizeBytes;
  }

  /** @param have whole blocks, as what has the file open tells; null: nobody has, and it is as it was kept */
  bytesWith(have: BlockSet | null): number {
    const wholeBytes = have === null ? this.#keptBytes : bytesOf(have, this.#sizeBytes);
    const unfinished = [...this.#unfinished.values()].reduce((sum, { bytes }) => sum + bytes, wholeBytes);
    return Math.min(this.#sizeBytes, unfinished);
  }

  /** These are there, whoever opens it next. */
  keep(have: BlockSet): void {
    this.#keptBytes = bytesOf(have, this.#sizeBytes);
  }

  /** What is added to it later counts only while the link is not dropped. */
  of(link: number): UnfinishedOfLink {
    const known = this.#unfinished.get(link) ?? { bytes: 0 };
    this.#unfinished.set(link, known);
    return known;
  }

  dropLink(link: number): void {
    this.#unfinished.delete(link);
  }

  dropLinks(): void {
    this.#unfinished.clear();
  }
}
