/** Owns the status line, the document's title, and the banner that says the host's computer is out of reach. */

import type { Translate } from '../../main/common/translate.ts';
import type { TextKey } from '../i18n/en.ts';
import { byId, setAttribute, setHidden, setText } from './dom.ts';
import { isInstalled } from './installed.ts';
import { isLive, type PageState, statusText, statusTone } from './page-state.ts';

export class StatusView {
  readonly #document: Document;
  readonly #t: Translate<TextKey>;
  readonly #status: HTMLElement;
  readonly #retrying: HTMLElement;
  readonly #installed: boolean;

  constructor(root: Document, t: Translate<TextKey>) {
    this.#document = root;
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

    // Never a name or a count: the title is seen in task bars, screen shares and the browser's history.
    const title = this.#t(live ? 'title.live' : 'title.idle');
    if (this.#document.title !== title) this.#document.title = title;
  }
}
