/** Owns a link shown to be copied: one tap, or selected for copying by hand where the browser refuses. */

import type { Translate } from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';
import { cloneTemplate, fillTexts, part, setText } from './dom.ts';

/** `navigator.clipboard.writeText`; rejects where copying is not allowed. */
export type WriteClipboard = (text: string) => Promise<void>;

export class CopyRow {
  readonly #t: Translate<TextKey>;
  readonly #write: WriteClipboard;
  readonly #row: HTMLElement;
  readonly #link: HTMLInputElement;
  readonly #outcome: HTMLElement;

  constructor(root: Document, place: HTMLElement, t: Translate<TextKey>, write: WriteClipboard) {
    this.#t = t;
    this.#write = write;
    this.#row = cloneTemplate(root, 'copy-template');
    fillTexts(this.#row, t);
    this.#link = part(this.#row, 'link', HTMLInputElement);
    this.#outcome = part(this.#row, 'outcome', HTMLElement);
    this.#link.addEventListener('focus', () => this.#link.select());
    part(this.#row, 'copy', HTMLButtonElement).addEventListener('click', () => void this.#copy());
    place.append(this.#row);
  }

  /** `short`: only the button, until the browser refuses it. */
  render(link: string, short = false): void {
    this.#row.classList.toggle('copy-short', short);
    if (this.#link.value === link) return;
    this.#link.value = link;
    this.#row.classList.remove('copy-by-hand');
    setText(this.#outcome, '');
  }

  async #copy(): Promise<void> {
    // Emptied first, so that a second copy is announced like the first.
    setText(this.#outcome, '');
    try {
      await this.#write(this.#link.value);
      setText(this.#outcome, this.#t('copy.copied'));
    } catch {
      this.#row.classList.add('copy-by-hand');
      this.#link.focus();
      this.#link.select();
      setText(this.#outcome, this.#t('copy.refused'));
    }
  }
}
