/** Owns the page's language and its texts: asked for in the address, chosen, or the document's. */

import {
  type Catalogue,
  chooseLanguage,
  createTranslator,
  type Language,
  type Translate,
} from '../../../main/common/translate.ts';
import type { CallTexts } from '../../i18n/call-en.ts';
import type { StartTexts, TextKey } from '../../i18n/en.ts';
import type { DocumentTexts } from './document-start.ts';

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

interface Catalogues {
  readonly start: () => Promise<StartTexts>;
  /** What is only said in a call. */
  readonly call: () => Promise<CallTexts>;
}

/** Each language is files of its own, and a guest needs only one. */
const CATALOGUES: Readonly<Record<Language, Catalogues>> = {
  en: {
    start: async () => (await import('../../i18n/en.ts')).en,
    call: async () => (await import('../../i18n/call-en.ts')).callEn,
  },
  ru: {
    start: async () => (await import('../../i18n/ru.ts')).ru,
    call: async () => (await import('../../i18n/call-ru.ts')).callRu,
  },
};

type Texts = StartTexts & Partial<CallTexts>;

/** Texts that take the place of others, by language. */
export type Replacements = (language: Language) => Promise<Catalogue>;

/** The page's texts, in a language that may change while they are on the screen. */
export class PageTexts {
  readonly #root: Pick<HTMLElement, 'lang'>;
  #language: Language;
  #texts: Texts;
  #translate: Translate<TextKey>;
  #callWanted = false;
  readonly #fetchReplaced: Replacements;
  #replaced: Catalogue = {};

  /**
   * @param root the document's element, which says its language to screen readers
   * @param fetchReplaced said in the place of others from `loadReplaced` on; by default nothing is
   */
  constructor(
    { language, start }: DocumentTexts,
    root: Pick<HTMLElement, 'lang'>,
    fetchReplaced: Replacements = async () => ({}),
  ) {
    this.#root = root;
    this.#fetchReplaced = fetchReplaced;
    this.#language = language;
    this.#texts = start;
    this.#translate = createTranslator(start as Catalogue, language);
  }

  get language(): Language {
    return this.#language;
  }

  /** What now stands in the place of other texts, of this catalogue or of one that the page has besides. */
  get replaced(): Catalogue {
    return this.#replaced;
  }

  /** Empty for what is said in a call until that is loaded. */
  readonly t: Translate<TextKey> = (key, parameters) =>
    key in this.#texts ? this.#translate(key, parameters) : '';

  /** Settles when the texts of a call are there as well; rejects when the host's computer does not answer. */
  async loadCall(): Promise<void> {
    this.#callWanted = true;
    const language = this.#language;
    const call = await CATALOGUES[language].call();
    if (language === this.#language) this.#speak(language, { ...this.#texts, ...call }, this.#replaced);
  }

  /** Settles when the language is spoken; rejects, and changes nothing, when the host's computer does not answer. */
  async setLanguage(language: Language): Promise<void> {
    const { start, call } = CATALOGUES[language];
    const first = await start();
    const more = this.#callWanted ? await call() : {};
    this.#speak(language, { ...first, ...more }, await this.#fetchReplaced(language));
  }

  /** Settles when what takes the place of others is said; another language that is chosen brings its own. */
  async loadReplaced(): Promise<void> {
    const language = this.#language;
    const replaced = await this.#fetchReplaced(language);
    if (language === this.#language) this.#speak(language, this.#texts, replaced);
  }

  #speak(language: Language, plain: Texts, replaced: Catalogue): void {
    const texts = { ...plain, ...replaced };
    this.#language = language;
    this.#replaced = replaced;
    this.#texts = texts;
    this.#translate = createTranslator(texts as Catalogue, language);
    this.#root.lang = language;
  }
}
