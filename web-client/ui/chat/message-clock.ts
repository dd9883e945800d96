/** Owns how the time of a message is written: hour and minute, with the whole of it on demand. */

import type { Language } from '../../../main/common/translate.ts';
import { setAttribute, setText } from '../shell/dom.ts';

interface Formats {
  readonly short: Intl.DateTimeFormat;
  readonly whole: Intl.DateTimeFormat;
}

export class MessageClock {
  readonly #language: () => Language;
  readonly #preferences: readonly string[];
  /** Made with the first message: making them takes a slow processor longer than drawing the chat. */
  #formats: Formats | null = null;

  /** `preferences` are the browser's languages: among those of the page's language, the first one's habits count. */
  constructor(language: () => Language, preferences: readonly string[]) {
    this.#language = language;
    this.#preferences = preferences;
  }

  write(element: HTMLTimeElement, atMs: number): void {
    this.#formats ??= this.#createFormats();
    const time = new Date(atMs);
    setText(element, this.#formats.short.format(time));
    setAttribute(element, 'datetime', time.toISOString());
    setAttribute(element, 'title', this.#formats.whole.format(time));
  }

  /** What is written from now on is in another language. */
  handleLanguage(): void {
    this.#formats = null;
  }

  #createFormats(): Formats {
    const language = this.#language();
    const isMeant = (preference: string) => preference.toLowerCase().split('-')[0] === language;
    const locale = this.#preferences.find(isMeant) ?? language;
    return {
      short: new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }),
      whole: new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'medium' }),
    };
  }
}
