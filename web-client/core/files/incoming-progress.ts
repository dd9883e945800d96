/** Owns how far a file that comes in is, which never goes back: whole blocks, and what has come of others by links that stand. */

import { type BlockSet, bytesOf } from './block-set.ts';

/** Of a block that is not whole yet, by one link. */
export interface UnfinishedOfLink {
  readonly block: number;
  bytes: number;
}

export class IncomingProgress {
  readonly #sizeBytes: number;
  readonly #unfinished = new Map<number, UnfinishedOfLink>();
  #keptBytes = 0;
  /** The most that was told. */
  #toldBytes = 0;

  constructor(sizeBytes: number) {
    this.#sizeBytes = sizeBytes;
  }

  /**
   * No less than before: what a link that is gone had brought of a block comes again.
   * @param have whole blocks, as what has the file open tells; null: nobody has, and it is as it was kept
   */
  bytesWith(have: BlockSet | null): number {
    let bytesCome = have === null ? this.#keptBytes : bytesOf(have, this.#sizeBytes);
    for (const { block, bytes } of this.#unfinished.values())
      if (have?.has(block) !== true) bytesCome += bytes;
    this.#toldBytes = Math.min(this.#sizeBytes, Math.max(this.#toldBytes, bytesCome));
    return this.#toldBytes;
  }

  /** These are there, whoever opens it next. */
  keep(have: BlockSet): void {
    this.#keptBytes = bytesOf(have, this.#sizeBytes);
  }

  /** It is open, with these: fewer than were kept where the disk has lost some. */
  handleOpened(have: BlockSet): void {
    if (bytesOf(have, this.#sizeBytes) < this.#keptBytes) this.#toldBytes = 0;
  }

  /** What is added to it later counts only while the link is not dropped, brings this block, and that is not there. */
  of(link: number, block: number): UnfinishedOfLink {
    const known = this.#unfinished.get(link);
    if (known?.block === block) return known;
    const next = { block, bytes: 0 };
    this.#unfinished.set(link, next);
    return next;
  }

  dropLink(link: number): void {
    this.#unfinished.delete(link);
  }

  dropLinks(): void {
    this.#unfinished.clear();
  }
}
