/** Owns two plain dialogs of the page: what is protected and what is not, and the question before a call is left for another. */

import { byId, setOpen } from '../shell/dom.ts';

/** The privacy dialog: its button opens it; the rest is the browser's. */
export function connectPrivacyDialog(root: Document, onOpen: (dialog: HTMLElement) => void): void {
  const dialog = byId(root, 'privacy-dialog', HTMLDialogElement);
  byId(root, 'privacy-show', HTMLButtonElement).addEventListener('click', () => {
    onOpen(dialog);
    setOpen(dialog, true);
  });
  byId(root, 'privacy-close', HTMLButtonElement).addEventListener('click', () => setOpen(dialog, false));
}

/** Asks before another call's link takes the place of the running call. */
export class SwitchDialog {
  readonly #dialog: HTMLDialogElement;
  #go: (() => void) | null = null;

  constructor(root: Document) {
    this.#dialog = byId(root, 'switch-dialog', HTMLDialogElement);
    this.#dialog.addEventListener('close', () => {
      this.#go = null;
    });
    byId(root, 'switch-stay', HTMLButtonElement).addEventListener('click', () => this.#dialog.close());
    byId(root, 'switch-go', HTMLButtonElement).addEventListener('click', () => {
      const go = this.#go;
      this.#dialog.close();
      go?.();
    });
  }

  /** Calls `go` if the person agrees; a later question replaces an open one. */
  ask(go: () => void): void {
    this.#go = go;
    setOpen(this.#dialog, true);
  }
}
