/** Owns how the time of a message is written: hour and minute, with the whole of it on demand. */

import type { Language } from '../../../main/common/translate.ts';
import { setAttribute, setText } from '../dom.ts';

export class MessageClock {
  readonly #short: Intl.DateTimeFormat;
  readonly #whole: Intl.DateTimeFormat;

  /** `preferences` are the browser's languages: among those of the page's language, the first one's habits count. */
  constructor(language: Language, preferences: readonly string[]) {
    const locale = preferences.find((preference) => preference.toLowerCase().split('-')[0] === language);
    this.#short = new Intl.DateTimeFormat(locale ?? language, { hour: 'numeric', minute: '2-digit' });
    this.#whole = new Intl.DateTimeFormat(locale ?? language, { dateStyle: 'medium', timeStyle: 'medium' });
  }

  write(element: HTMLTimeElement, atMs: number): void {
    const time = new Date(atMs);
    setText(element, this.#short.format(time));
    setAttribute(element, 'datetime', time.toISOString());
    setAttribute(element, 'title', this.#whole.format(time));
  }
}
