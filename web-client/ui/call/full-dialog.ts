/** Owns the dialog "Room is full", whose button lights up when a place is free, or kept for somebody who may not come. */

import type { Translate } from '../../../main/common/translate.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { byId, fillTexts, setDisabled, setOpen, setText } from '../shell/dom.ts';

export interface FullDialogIntents {
  dismissFull(): void;
  /** Joins once more under the same name. */
  joinAgain(): void;
}

export class FullDialog {
  readonly #t: Translate<TextKey>;
  readonly #dialog: HTMLDialogElement;
  readonly #text: HTMLElement;
  readonly #free: HTMLElement;
  readonly #retry: HTMLButtonElement;
  /** The room was full with fewer inside than it holds: a place is kept for somebody who is away. */
  #isKept = false;
  #isOwn = false;
  #room: RoomState | null = null;

  constructor(root: Document, t: Translate<TextKey>, intents: FullDialogIntents) {
    this.#t = t;
    this.#dialog = byId(root, 'full-dialog', HTMLDialogElement);
    // Its texts come with this, later than those that the page begins with.
    fillTexts(this.#dialog, t);
    this.#text = byId(root, 'full-text', HTMLElement);
    this.#free = byId(root, 'full-free', HTMLElement);
    this.#retry = byId(root, 'full-retry', HTMLButtonElement);

    // Esc ends here too; dismissing what is dismissed changes nothing.
    this.#dialog.addEventListener('close', () => intents.dismissFull());
    byId(root, 'full-close', HTMLButtonElement).addEventListener('click', () => intents.dismissFull());
    this.#retry.addEventListener('click', () => {
      intents.dismissFull();
      intents.joinAgain();
    });
  }

  /** Whether the room is this app's own, where the host has the next place. */
  setOwn(isOwn: boolean): void {
    this.#isOwn = isOwn;
    if (this.#room !== null) this.render(this.#room);
  }

  render(room: RoomState): void {
    this.#room = room;
    const { signaling, full, placeFree, capacity } = room;
    const open = full && signaling.phase !== 'ended';
    this.#isKept = open && placeFree && (this.#isKept || !this.#dialog.open);
    const text = this.#isOwn ? 'full.own' : this.#isKept ? 'full.kept' : 'full.text';
    if (open) setText(this.#text, this.#t(text, { count: capacity }));
    setText(this.#free, open && placeFree && !this.#isKept ? this.#t('full.free') : '');
    setDisabled(this.#retry, !placeFree);
    setOpen(this.#dialog, open);
  }
}
