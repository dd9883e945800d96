/** Owns noticing that a person turns to joining, for what that needs is fetched then. */

import { byId } from '../shell/dom.ts';

const SIGNS = ['focusin', 'keydown', 'pointerdown'] as const;

export class Approach {
  readonly #room: HTMLElement;
  readonly #onNoticed: () => void;
  #begun = false;

  /** `onNoticed` is called with each sign. */
  constructor(root: Document, onNoticed: () => void) {
    this.#room = byId(root, 'room', HTMLElement);
    this.#onNoticed = onNoticed;
    for (const type of SIGNS) this.#room.addEventListener(type, () => onNoticed());
    // A pointer that only lies there is none; one that moves comes every few milliseconds.
    this.#room.addEventListener('pointermove', () => onNoticed(), { once: true });
  }

  /** There is a room to join. One may have turned to it before this ran. */
  begin(): void {
    if (this.#begun) return;
    this.#begun = true;
    const { activeElement } = this.#room.ownerDocument;
    if (activeElement !== null && this.#room.contains(activeElement)) this.#onNoticed();
  }
}
