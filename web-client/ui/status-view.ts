/** Owns the status line, what the document's title says the page is, and the banner that says the host's computer is out of reach. */

import type { Translate } from '../../main/common/translate.ts';
import type { TextKey } from '../i18n/en.ts';
import { byId, setAttribute, setHidden, setText } from './dom.ts';
import { isInstalled } from './installed.ts';
import { isLive, type PageState, statusText, statusTone } from './page-state.ts';
import type { PageTitle } from './page-title.ts';

export class StatusView {
  readonly #title: PageTitle;
  readonly #t: Translate<TextKey>;
  readonly #status: HTMLElement;
  readonly #retrying: HTMLElement;
  readonly #installed: boolean;

  constructor(root: Document, t: Translate<TextKey>, title: PageTitle) {
    this.#title = title;
    this.#t = t;
    this.#installed = isInstalled(root);
    this.#status = byId(root, 'status', HTMLElement);
    this.#retrying = byId(root, 'retrying', HTMLElement);
  }

  render(state: PageState): void {
    const live = isLive(state);
    const text = statusText(state);
    const ask = text === 'status.no-link' && this.#installed;
    setText(this.#status, this.#t(ask ? 'paste.welcome' : text));
    setAttribute(this.#status, 'data-tone', statusTone(state));
    setHidden(this.#retrying, !(live && state.room.connection.phase === 'retrying'));
    this.#title.setBase(this.#t(live ? 'title.live' : 'title.idle'));
  }
}
