/** Owns the announcements of messages that are not read out: one by its author, several by their number. */

import type { TimersLike } from '../../../main/common/platform.ts';
import type { Translate } from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';
import { Cooldown } from '../shell/cooldown.ts';

/** Long enough for a sentence to be read out. */
export const CHAT_ANNOUNCEMENT_GAP_MS = 2_000;

export class ChatAnnouncer {
  readonly #region: HTMLElement;
  readonly #t: Translate<TextKey>;
  readonly #pace: Cooldown;
  #unannounced = 0;
  #author: string | null = null;

  constructor(region: HTMLElement, t: Translate<TextKey>, timers: TimersLike) {
    this.#region = region;
    this.#t = t;
    this.#pace = new Cooldown(timers, CHAT_ANNOUNCEMENT_GAP_MS, () => this.#write());
  }

  /** `author`: of the last of them; null where nobody is to be named. */
  announce(count: number, author: string | null): void {
    this.#unannounced += count;
    this.#author = author;
    this.#pace.request();
  }

  clear(): void {
    this.#unannounced = 0;
    this.#pace.dispose();
    this.#region.replaceChildren();
  }

  #write(): void {
    const count = this.#unannounced;
    const author = count === 1 ? this.#author : null;
    this.#unannounced = 0;
    // A new node each time: the same words once more are to be read once more.
    const line = this.#region.ownerDocument.createElement('p');
    line.textContent =
      author === null ? this.#t('chat.jump', { count }) : this.#t('chat.from', { name: author });
    this.#region.replaceChildren(line);
  }
}
