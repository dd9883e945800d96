/** Owns which catalogue the window speaks from, and handing the translator to every component. */

import { createContext, useContext } from 'react';
import { createTranslator, type Language, type Translate } from '../../main/common/translate.ts';
import { type WindowText, windowEn } from './en.ts';
import { windowRu } from './ru.ts';

export type WindowTexts = Translate<WindowText>;

export const windowTexts: Readonly<Record<Language, WindowTexts>> = {
  en: createTranslator(windowEn, 'en'),
  ru: createTranslator(windowRu, 'ru'),
};

export const TextsContext = createContext<WindowTexts>(windowTexts.en);

export const useTexts = (): WindowTexts => useContext(TextsContext);
