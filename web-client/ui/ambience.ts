/** Owns when the ground behind everything moves: before a call and while the page is seen, and never in a call. */

import { byId, setAttribute } from './dom.ts';

export class Ambience {
  readonly #document: Document;
  readonly #ground: HTMLElement;
  #calm = true;

  constructor(root: Document) {
    this.#document = root;
    this.#ground = byId(root, 'ambience', HTMLElement);
    root.addEventListener('visibilitychange', () => this.#render());
  }

  /** `calm`: people talk, so nothing moves. */
  setCalm(calm: boolean): void {
    this.#calm = calm;
    this.#render();
  }

  #render(): void {
    setAttribute(this.#ground, 'data-still', this.#calm || this.#document.hidden ? '' : null);
  }
}
