/** Owns the document's title: what the page is, and before it how many messages nobody has seen. */

/** Beyond this it says only that there are more. */
const COUNTED_MAX = 99;

export class PageTitle {
  readonly #document: Pick<Document, 'title'>;
  #base: string;
  #unseen = 0;

  constructor(root: Pick<Document, 'title'>) {
    this.#document = root;
    this.#base = root.title;
  }

  /** Never a name: the title is seen in task bars, screen shares and the browser's history. */
  setBase(base: string): void {
    this.#base = base;
    this.#write();
  }

  setUnseen(count: number): void {
    this.#unseen = count;
    this.#write();
  }

  #write(): void {
    const title = this.#unseen === 0 ? this.#base : `(${shortCount(this.#unseen)}) ${this.#base}`;
    if (this.#document.title !== title) this.#document.title = title;
  }
}

/** As it fits into a title or onto a button. */
export function shortCount(count: number): string {
  return count > COUNTED_MAX ? `${COUNTED_MAX}+` : String(count);
}
