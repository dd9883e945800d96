/** Owns the popover with what the app's badge on one's own card means: where this page's code came from, and what that does not tell. */

import type { Translate } from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';
import { cloneTemplate, fillTexts, setAttribute } from '../shell/dom.ts';
import type { Overlays } from '../shell/overlays.ts';

export class VerifiedAppPopover {
  readonly #t: Translate<TextKey>;
  readonly #overlays: Overlays;
  readonly #element: HTMLElement;

  constructor(root: Document, t: Translate<TextKey>, overlays: Overlays) {
    this.#t = t;
    this.#overlays = overlays;
    this.#element = cloneTemplate(root, 'verified-app-template');
  }

  /** Opens after the badge, inside the card, or closes if it is open. */
  toggle(badge: HTMLElement): void {
    if (this.#overlays.isOpen(this.#element)) {
      this.#overlays.close(this.#element);
      return;
    }
    fillTexts(this.#element, this.#t);
    setAttribute(this.#element, 'aria-label', this.#t('person.verified-app'));
    badge.after(this.#element);
    this.#overlays.open(this.#element, { anchor: badge, onClose: () => this.#element.remove() });
  }
}
