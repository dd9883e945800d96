/** Owns how many marks may be drawn in one place: as many as a script needs, and no tower over the lines around. */

import { UNSEEN } from './invisible-characters.ts';

/**
 * Drawn over or under the place before it: marks without a width of their own, and the vowels and endings of Hangul
 * that are written in pieces. Marks with a width take a place of their own.
 */
const STACKED = /[\p{Mn}\p{Me}\u1161-\u11ff\ud7b0-\ud7ff]/u;

/** What any letter may carry: accents of two kinds on a Vietnamese vowel, tone and voice in phonetic writing. */
const MARKS_MAX = 4;

/**
 * Scripts that put more in one place: points and cantillation, harakat and signs of recitation, medial consonants with
 * vowel and tone, Tibetan stacks. Beyond MARKS_MAX a mark has to be of the letter's own script, and not there yet.
 */
const DEEP_SCRIPTS: readonly (readonly [script: RegExp, marksMax: number])[] = [
  [/\p{scx=Tibt}/u, 10],
  [/\p{scx=Hebr}/u, 7],
  [/\p{scx=Arab}/u, 7],
  [/\p{scx=Syrc}/u, 6],
  [/\p{scx=Mymr}/u, 7],
  [/\p{scx=Lana}/u, 7],
  [/\p{scx=Deva}/u, 6],
  [/\p{scx=Khmr}/u, 6],
  [/\p{scx=Thai}/u, 5],
  [/\p{scx=Laoo}/u, 5],
];

/** The characters without those marks that are too many in their place. What is not seen makes no new place. */
export function withoutPiles(characters: readonly string[]): readonly string[] {
  let letter = '';
  let marks: string[] = [];
  return characters.filter((character) => {
    if (STACKED.test(character) && !UNSEEN.test(character)) {
      const fits = marks.length < MARKS_MAX || isOfDeepScript(letter, marks, character);
      if (fits) marks.push(character);
      return fits;
    }
    if (!UNSEEN.test(character)) {
      letter = character;
      marks = [];
    }
    return true;
  });
}

function isOfDeepScript(letter: string, marks: readonly string[], mark: string): boolean {
  if (marks.includes(mark)) return false;
  return DEEP_SCRIPTS.some(
    ([script, marksMax]) => marks.length < marksMax && script.test(letter) && script.test(mark),
  );
}
