/** Owns how much has come of blocks that are not whole yet, by the links that bring them. */

/** Of one link. */
export interface UnfinishedOfLink {
  bytes: number;
}

export class UnfinishedBytes {
  readonly #links = new Map<number, UnfinishedOfLink>();

  get bytes(): number {
    return [...this.#links.values()].reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** What is added to it later counts only while the link is not dropped. */
  of(link: number): UnfinishedOfLink {
    const known = this.#links.get(link) ?? { bytes: 0 };
    this.#links.set(link, known);
    return known;
  }

  drop(link: number): void {
    this.#links.delete(link);
  }

  clear(): void {
    this.#links.clear();
  }
}
