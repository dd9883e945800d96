/** Owns which language the page speaks, and speaking it: asked for in the address, chosen, or the browser's. */

import {
  chooseLanguage,
  createTranslator,
  type Language,
  type Translate,
} from '../../main/common/translate.ts';
import { en, type TextKey } from '../i18n/en.ts';
import { ru } from '../i18n/ru.ts';

/**
 * `search` is the address's query; `?lang=en` or `?lang=ru` overrides what was chosen here before, and that the
 * browser's preferences.
 */
export function pageLanguage(
  search: string,
  chosen: Language | null,
  preferences: readonly string[],
): Language {
  const asked = new URLSearchParams(search).get('lang');
  return chooseLanguage([asked ?? '', chosen ?? '', ...preferences]);
}

/** The page's texts, in a language that may change while they are on the screen. */
export class PageTexts {
  readonly #root: Pick<HTMLElement, 'lang'>;
  #language: Language;
  #translate: Translate<TextKey>;

  /** @param root the document's element, which says its language to screen readers */
  constructor(language: Language, root: Pick<HTMLElement, 'lang'>) {
    this.#root = root;
    this.#language = language;
    this.#translate = translatorOf(language);
    root.lang = language;
  }

  get language(): Language {
    return this.#language;
  }

  readonly t: Translate<TextKey> = (key, parameters) => this.#translate(key, parameters);

  setLanguage(language: Language): void {
    this.#language = language;
    this.#translate = translatorOf(language);
    this.#root.lang = language;
  }
}

function translatorOf(language: Language): Translate<TextKey> {
  return createTranslator(language === 'ru' ? ru : en, language);
}
