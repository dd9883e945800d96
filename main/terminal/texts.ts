/** Owns the terminal's language: which one the environment asks for, and its texts. */

import { sharedEn } from '../common/i18n/en.ts';
import { sharedRu } from '../common/i18n/ru.ts';
import { chooseLanguage, createTranslator, type Language, type Translate } from '../common/translate.ts';
import { terminalEn } from './i18n/en.ts';
import { terminalRu } from './i18n/ru.ts';

const texts = {
  en: { ...sharedEn, ...terminalEn },
  ru: { ...sharedRu, ...terminalRu },
};

export type TerminalText = keyof typeof texts.en;
export type TranslateTerminal = Translate<TerminalText>;

/** LC_ALL before LC_MESSAGES before LANG (POSIX.1, section 8.2), then the system's own language. */
export function languageOf(env: Readonly<Record<string, string | undefined>>, system: string): Language {
  const locale = env.LC_ALL || env.LC_MESSAGES || env.LANG || system;
  return chooseLanguage([locale.replace(/[_.@]/g, '-')]);
}

export function terminalTexts(language: Language): TranslateTerminal {
  return createTranslator(texts[language], language);
}
