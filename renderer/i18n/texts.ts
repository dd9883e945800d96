/** Owns which catalogue the window speaks from, and handing the translator to every component, with how a moment is put. */

import { createContext, useContext } from 'react';
import { createTranslator, LANGUAGES, type Language, type Translate } from '../../main/common/translate.ts';
import { type WindowText, windowEn } from './en.ts';
import { windowRu } from './ru.ts';

export type WindowTexts = Translate<WindowText>;

export const windowTexts: Readonly<Record<Language, WindowTexts>> = {
  en: createTranslator(windowEn, 'en'),
  ru: createTranslator(windowRu, 'ru'),
};

export const TextsContext = createContext<WindowTexts>(windowTexts.en);

export const useTexts = (): WindowTexts => useContext(TextsContext);

/** When something was: the hour, and the day too unless that is today's. */
export function useMoment(atMs: number): string {
  const texts = useTexts();
  const language = LANGUAGES.find((each) => windowTexts[each] === texts);
  const isToday = new Date(atMs).toDateString() === new Date().toDateString();
  const day = isToday ? {} : ({ day: 'numeric', month: 'short' } as const);
  return new Intl.DateTimeFormat(language, { ...day, hour: '2-digit', minute: '2-digit' }).format(atMs);
}
