/** Owns comparing two catalogues of texts: same keys, same placeholders, all plural forms, no text left over. */

import type { Catalogue, Message } from '../../../main/common/translate.ts';

/** What each language needs besides `other` to count whole numbers. */
const WHOLE_NUMBER_FORMS = { en: ['one'], ru: ['one', 'few', 'many'] } as const;

const wordings = (message: Message): string[] =>
  typeof message === 'string' ? [message] : Object.values(message);

const placeholders = (message: Message): string =>
  [...new Set(wordings(message).flatMap((text) => text.match(/\{\w+\}/g) ?? []))].sort().join();

/** One line for each key that differs; empty when all is well. */
export function catalogueProblems(en: Catalogue, ru: Catalogue): string[] {
  const problems: string[] = [];
  for (const key of new Set([...Object.keys(en), ...Object.keys(ru)])) {
    const english = en[key];
    const russian = ru[key];
    if (english === undefined || russian === undefined) {
      problems.push(`${key}: in one language only`);
      continue;
    }
    if (placeholders(english) !== placeholders(russian)) problems.push(`${key}: other placeholders`);
    if (typeof english !== typeof russian) problems.push(`${key}: plural forms in one language only`);
    for (const [language, message] of Object.entries({ en: english, ru: russian })) {
      if (wordings(message).some((text) => text.trim() === '')) problems.push(`${key}: empty in ${language}`);
      if (typeof message === 'string') continue;
      for (const form of WHOLE_NUMBER_FORMS[language as 'en' | 'ru']) {
        if (!(form in message)) problems.push(`${key}: no form "${form}" in ${language}`);
      }
    }
  }
  return problems;
}
