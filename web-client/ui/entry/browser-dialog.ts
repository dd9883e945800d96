/** Owns the dialog "Browser only": calls do not work in this window, here is the link for a real browser. */

import type { Translate } from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';
import { endOf, type PageState } from '../page-state.ts';
import { CopyRow, type WriteClipboard } from '../shell/copy-row.ts';
import { byId, setHidden, setOpen, setText } from '../shell/dom.ts';

export class BrowserDialog {
  readonly #t: Translate<TextKey>;
  readonly #dialog: HTMLDialogElement;
  readonly #text: HTMLElement;
  readonly #place: HTMLElement;
  readonly #copy: CopyRow;
  readonly #onOpen: (dialog: HTMLElement) => void;
  #needed = false;

  constructor(
    root: Document,
    t: Translate<TextKey>,
    write: WriteClipboard,
    onOpen: (dialog: HTMLElement) => void,
  ) {
    this.#onOpen = onOpen;
    this.#t = t;
    this.#dialog = byId(root, 'browser-dialog', HTMLDialogElement);
    this.#text = byId(root, 'browser-text', HTMLElement);
    this.#place = byId(root, 'browser-copy', HTMLElement);
    this.#copy = new CopyRow(root, this.#place, t, write);
    byId(root, 'browser-close', HTMLButtonElement).addEventListener('click', () => this.#dialog.close());
  }

  /** Opens by itself the first time it is needed, and stays closed once the person closed it. */
  render(state: PageState): void {
    const needed = endOf(state) === 'browser-only';
    if (needed === this.#needed) return;
    this.#needed = needed;
    const invite = state.kind === 'no-link' ? null : state.invite;
    setText(this.#text, this.#t(invite === null ? 'browser-only.no-link' : 'browser-only.text'));
    setHidden(this.#place, invite === null);
    this.#copy.render(invite ?? '');
    if (needed) this.#onOpen(this.#dialog);
    setOpen(this.#dialog, needed);
  }

  show(): void {
    setOpen(this.#dialog, true);
  }
}
