/** Owns the question before another call's link takes the place of the running call. */

import { byId, setOpen } from '../shell/dom.ts';

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
