/** Owns which language the page speaks, and speaking it: asked for in the address, chosen, or the browser's. */

import {
  chooseLanguage,
  createTranslator,
  type Language,
  type Translate,
} from '../../main/common/translate.ts';
import type { TextKey, Texts } from '../i18n/en.ts';

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

/** Each language is a file of its own, and a guest needs only one. */
const CATALOGUES: Readonly<Record<Language, () => Promise<Texts>>> = {
  en: async () => (await import('../i18n/en.ts')).en,
  ru: async () => (await import('../i18n/ru.ts')).ru,
};

/** The page's texts, in a language that may change while they are on the screen. */
export class PageTexts {
  readonly #root: Pick<HTMLElement, 'lang'>;
  #language: Language;
  #translate: Translate<TextKey>;

  private constructor(language: Language, texts: Texts, root: Pick<HTMLElement, 'lang'>) {
    this.#root = root;
    this.#language = language;
    this.#translate = createTranslator(texts, language);
    root.lang = language;
  }

  /**
   * Rejects when the host's computer does not answer.
   * @param root the document's element, which says its language to screen readers
   */
  static async load(language: Language, root: Pick<HTMLElement, 'lang'>): Promise<PageTexts> {
    return new PageTexts(language, await CATALOGUES[language](), root);
  }

  get language(): Language {
    return this.#language;
  }

  readonly t: Translate<TextKey> = (key, parameters) => this.#translate(key, parameters);

  /** Settles when the language is spoken; rejects, and changes nothing, when the host's computer does not answer. */
  async setLanguage(language: Language): Promise<void> {
    const texts = await CATALOGUES[language]();
    this.#language = language;
    this.#translate = createTranslator(texts, language);
    this.#root.lang = language;
  }
}
