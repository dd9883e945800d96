/** Owns the terminal's texts in their languages. */

import { sharedEn } from '../common/i18n/en.ts';
import { sharedRu } from '../common/i18n/ru.ts';
import { createTranslator, type Language, type Translate } from '../common/translate.ts';
import { terminalEn } from './i18n/en.ts';
import { terminalRu } from './i18n/ru.ts';

const texts = {
  en: { ...sharedEn, ...terminalEn },
  ru: { ...sharedRu, ...terminalRu },
};

export type TerminalText = keyof typeof texts.en;
export type TranslateTerminal = Translate<TerminalText>;

export function terminalTexts(language: Language): TranslateTerminal {
  return createTranslator(texts[language], language);
}
