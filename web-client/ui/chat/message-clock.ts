/** Owns how the time of a message is written: hour and minute, with the whole of it on demand. */

import type { Language } from '../../../main/common/translate.ts';
import { setAttribute, setText } from '../dom.ts';

interface Formats {
  readonly short: Intl.DateTimeFormat;
  readonly whole: Intl.DateTimeFormat;
}

export class MessageClock {
  readonly #locale: string;
  /** Made with the first message: making them takes a slow processor longer than drawing the chat. */
  #formats: Formats | null = null;

  /** `preferences` are the browser's languages: among those of the page's language, the first one's habits count. */
  constructor(language: Language, preferences: readonly string[]) {
    this.#locale =
      preferences.find((preference) => preference.toLowerCase().split('-')[0] === language) ?? language;
  }

  write(element: HTMLTimeElement, atMs: number): void {
    this.#formats ??= {
      short: new Intl.DateTimeFormat(this.#locale, { hour: 'numeric', minute: '2-digit' }),
      whole: new Intl.DateTimeFormat(this.#locale, { dateStyle: 'medium', timeStyle: 'medium' }),
    };
    const time = new Date(atMs);
    setText(element, this.#formats.short.format(time));
    setAttribute(element, 'datetime', time.toISOString());
    setAttribute(element, 'title', this.#formats.whole.format(time));
  }
}
