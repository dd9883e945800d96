/** Owns the status region, what the document's title says the page is, and the banner on what keeps it from the host. */

import type { Translate } from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';
import { isGoingBack, isLive, isStranded, type PageState, statusText, statusTone } from '../page-state.ts';
import { isInstalled } from './browser-support.ts';
import { byId, setAttribute, setHidden, setText } from './dom.ts';
import type { PageTitle } from './page-title.ts';

export class StatusView {
  readonly #title: PageTitle;
  readonly #t: Translate<TextKey>;
  readonly #status: HTMLElement;
  readonly #retrying: HTMLElement;
  readonly #retryingTitle: HTMLElement;
  readonly #retryingText: HTMLElement;
  readonly #retryingStay: HTMLElement;
  readonly #installed: boolean;

  constructor(root: Document, t: Translate<TextKey>, title: PageTitle) {
    this.#title = title;
    this.#t = t;
    this.#installed = isInstalled(root);
    this.#status = byId(root, 'status', HTMLElement);
    this.#retrying = byId(root, 'retrying', HTMLElement);
    this.#retryingTitle = byId(root, 'retrying-title', HTMLElement);
    this.#retryingText = byId(root, 'retrying-text', HTMLElement);
    this.#retryingStay = byId(root, 'retrying-stay', HTMLElement);
  }

  render(state: PageState): void {
    const live = isLive(state);
    const text = statusText(state);
    const ask = text === 'status.no-link' && this.#installed;
    setText(this.#status, this.#t(ask ? 'paste.welcome' : text));
    setAttribute(this.#status, 'data-tone', statusTone(state));
    this.#renderRetrying(state, live);
    const waiting = text === 'status.waiting' && text;
    this.#title.setBase(this.#t(live ? 'title.live' : waiting || 'title.idle'));
  }

  /** Before one is in, a host that does not answer is told where the people would stand; unless one was in. */
  #renderRetrying(state: PageState, live: boolean): void {
    const connection = state.kind === 'room' ? state.room.signaling : null;
    const why = connection?.phase === 'retrying' ? connection.why : null;
    const going = isGoingBack(state);
    const stay = state.kind === 'room' && isStranded(state.room) ? 'retrying.stay' : 'retrying.way-back';
    setHidden(this.#retrying, why === null || (why === 'no-answer' && !live && !going));
    if (why === null) return;
    setText(this.#retryingTitle, this.#t(`retrying.${why}.title`));
    setText(this.#retryingText, this.#t(`retrying.${why}.text`));
    setText(this.#retryingStay, live ? this.#t(stay) : going ? this.#t('retrying.back') : '');
  }
}
