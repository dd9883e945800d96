/** Owns proof that the window says the same in both languages: same blanks, right plurals, nothing left in English. */

import { expect, it } from 'vitest';
import type { Message } from '../../../main/common/translate.ts';
import { windowEn } from '../../../renderer/i18n/en.ts';
import { windowRu } from '../../../renderer/i18n/ru.ts';
import { windowTexts } from '../../../renderer/i18n/texts.ts';

const forms = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message));
const blanks = (message: Message) =>
  [...new Set(forms(message).flatMap((form) => form.match(/\{\w+\}/g) ?? []))].sort();

/** Names that are the same in every language. */
const NAMES = ['localhost.run', 'Cloudflare', '1×1'];

it('has the same keys and blanks', () => {
  expect(Object.keys(windowRu).sort()).toEqual(Object.keys(windowEn).sort());
  for (const [key, message] of Object.entries<Message>(windowEn)) {
    const russian: Message = windowRu[key as keyof typeof windowRu];
    expect({ key, blanks: blanks(russian) }).toEqual({ key, blanks: blanks(message) });
  }
});

it('is Russian throughout', () => {
  for (const text of Object.values<Message>(windowRu).flatMap(forms)) {
    if (!NAMES.includes(text)) expect(text).toMatch(/[а-яё]/i);
  }
});

it.each([
  [1, 'Идёт, группа на 1 место'],
  [3, 'Идёт, группа на 3 места'],
  [12, 'Идёт, группа на 12 мест'],
])('counts places in Russian: %i', (count, sentence) => {
  expect(windowTexts.ru('live.badge-group', { count })).toBe(sentence);
});

/** «21 человек» has the form of one and means many: no pronoun fits both. */
it('counts in Russian without a pronoun for those who are counted', () => {
  const pronoun = /(?<!\p{L})(?:он|она|они|его|её|их|ему|ей|им|него|неё|них|ним)(?!\p{L})/iu;
  const counted = Object.values<Message>(windowRu).filter((message) => typeof message !== 'string');
  expect(counted.flatMap(forms).filter((form) => pronoun.test(form))).toEqual([]);
});
