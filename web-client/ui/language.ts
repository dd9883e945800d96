/** Owns which language the page speaks: the one asked for in the address, else the browser's. */

import { chooseLanguage, type Language } from '../../main/common/translate.ts';

/** `search` is the address's query; `?lang=en` or `?lang=ru` overrides the browser's preferences. */
export function pageLanguage(search: string, preferences: readonly string[]): Language {
  const asked = new URLSearchParams(search).get('lang');
  return chooseLanguage(asked === null ? preferences : [asked, ...preferences]);
}
