/** Owns what keys are called on this person's keyboard; its layout comes a moment after the page, and may change that. */

import type { Translate } from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';
import { type KeyboardLayout, keyName } from './push-to-talk-key.ts';

export class KeyNames {
  readonly #t: Translate<TextKey>;
  #layout: KeyboardLayout | null = null;
  /** From then names are as the keyboard has them, where the browser tells. */
  readonly settled: Promise<void>;

  /** `layout`: null where the browser does not tell. */
  constructor(t: Translate<TextKey>, layout: Promise<KeyboardLayout | null>) {
    this.#t = t;
    this.settled = layout.then((known) => {
      this.#layout = known;
    });
  }

  /** The name as it is printed on the key, as far as that can be known. */
  of(code: string): string {
    return keyName(code, this.#layout, this.#t);
  }
}
