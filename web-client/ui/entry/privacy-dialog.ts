/** Owns the dialog that says what is protected and what is not. */

import { byId, setOpen } from '../shell/dom.ts';

/** Lets its button open it; the rest is the browser's. */
export function connectPrivacyDialog(root: Document): void {
  const dialog = byId(root, 'privacy-dialog', HTMLDialogElement);
  byId(root, 'privacy-show', HTMLButtonElement).addEventListener('click', () => setOpen(dialog, true));
  byId(root, 'privacy-close', HTMLButtonElement).addEventListener('click', () => setOpen(dialog, false));
}
