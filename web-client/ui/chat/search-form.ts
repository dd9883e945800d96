/** Owns the form in which a typed beginning finds a name: what many keyboards cannot write is left out of both. */

import { fold } from '../../../main/common/names/case-folding.ts';

/** Letters with a stroke, hook or tie, which no decomposition takes apart. */
const PLAIN_LETTERS: Readonly<Record<string, string>> = {
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  þ: 'th',
  æ: 'ae',
  œ: 'oe',
  ə: 'e',
  ɛ: 'e',
  ɔ: 'o',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
  ƴ: 'y',
  ĸ: 'k',
};
const SPECIAL_LETTER = new RegExp(`[${Object.keys(PLAIN_LETTERS).join('')}]`, 'g');

/**
 * Accents, the points of Hebrew and the vowel signs of Arabic. Not the vowels of Indian and Thai writing, which are
 * half the word.
 */
const MARKS = /[\u0300-\u036f]|(?=\p{M})\p{sc=Hebr}|[\u064b-\u065f\u0670]/gu;
/** No и with a mark to anybody who reads it, while ё is written without its dots as often as not. */
const SHORT_I = 'и\u0306';
const APOSTROPHES = /['’ʼʻ‘`´]/g;

/** For suggestions only: names that differ in marks stay two names. */
export function searchForm(text: string): string {
  return fold(text)
    .replaceAll(SHORT_I, SHORT_I.normalize('NFC'))
    .replace(MARKS, '')
    .replace(APOSTROPHES, '')
    .replace(SPECIAL_LETTER, (letter) => PLAIN_LETTERS[letter] ?? letter);
}
