/** Owns short messages that pass: shown for a while and read out politely. */

import type { TimersLike } from '../../main/common/platform.ts';
import { byId } from './dom.ts';

const SHOWN_MS = 5_000;
const SHOWN_MAX = 3;

export class Announcer {
  readonly #region: HTMLElement;
  readonly #document: Document;
  readonly #timers: TimersLike;

  constructor(root: Document, timers: TimersLike) {
    this.#document = root;
    this.#region = byId(root, 'announcer', HTMLElement);
    this.#timers = timers;
  }

  say(text: string): void {
    const line = this.#document.createElement('p');
    line.className = 'toast';
    line.textContent = text;
    this.#region.append(line);
    while (this.#region.childElementCount > SHOWN_MAX) this.#region.firstElementChild?.remove();
    this.#timers.setTimeout(() => line.remove(), SHOWN_MS);
  }
}
