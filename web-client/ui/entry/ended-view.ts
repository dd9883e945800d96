/** Owns the page after its end: why nothing goes on here, and the one thing that can be done about it. */

import type { Translate } from '../../../main/common/translate.ts';
import type { EndReason } from '../../core/state/room-state.ts';
import type { TextKey } from '../../i18n/en.ts';
import { byId, setHidden, setText } from '../shell/dom.ts';

type EndAction = (typeof REASONS_WITH_ACTION)[number];

const REASONS_WITH_ACTION = [
  'browser-only',
  'replaced',
  'version-old-page',
  'version-old-host',
  'server-broken',
] as const;

export interface EndedIntents {
  reload(): void;
  showBrowserOnly(): void;
}

export class EndedView {
  readonly #t: Translate<TextKey>;
  readonly #section: HTMLElement;
  readonly #title: HTMLElement;
  readonly #text: HTMLElement;
  readonly #action: HTMLButtonElement;
  #reason: EndReason | null = null;

  constructor(root: Document, t: Translate<TextKey>, intents: EndedIntents) {
    this.#t = t;
    this.#section = byId(root, 'ended', HTMLElement);
    this.#title = byId(root, 'ended-title', HTMLElement);
    this.#text = byId(root, 'ended-text', HTMLElement);
    this.#action = byId(root, 'ended-action', HTMLButtonElement);
    this.#action.addEventListener('click', () => {
      if (this.#reason === 'browser-only') intents.showBrowserOnly();
      else intents.reload();
    });
  }

  render(reason: EndReason | null): void {
    const isNew = reason !== this.#reason;
    this.#reason = reason;
    setHidden(this.#section, reason === null);
    if (reason === null) return;
    setText(this.#title, this.#t(`ended.${reason}.title`));
    setText(this.#text, this.#t(`ended.${reason}.text`));
    const action = REASONS_WITH_ACTION.find((other): other is EndAction => other === reason);
    setHidden(this.#action, action === undefined);
    setText(this.#action, action === undefined ? '' : this.#t(`ended.${action}.action`));
    // What had the focus is gone; without this the keyboard would start over at the top.
    if (isNew) this.#title.focus();
  }
}
