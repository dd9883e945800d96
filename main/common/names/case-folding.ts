/** Owns the one rule by which names are equal, for everything that compares what people are called. */

import { UNSEEN } from './invisible-characters.ts';
import { displayName } from './visible-text.ts';

/**
 * Letter case, compatibility and width forms, the order of marks and what is not seen do not tell names apart; marks do.
 * The dotted and the dotless i are one letter in either case, for Istanbul and for everybody else.
 */
export interface FoldedText {
  readonly text: string;
  /** For each unit of `text`, and for its end, the place it begins at in what was folded; null inside a character. */
  readonly origins: readonly (number | null)[];
}

const ASCII = /^[\0-\x7f]$/;

/** A character with all that hangs on it: they are put into order together. */
const CHARACTER =
  /[\s\S][\p{M}\p{Default_Ignorable_Code_Point}\p{Emoji_Modifier}\u1160-\u11ff\ud7b0-\ud7ff]*/gu;

const UNSEEN_ALL = new RegExp(UNSEEN.source, 'gu');
/** What is left of the dot of a large dotted I. */
const DOT_OF_I = /i\u0307/g;

/** Folds character by character, so that every character in the result has its place in the text. */
export function foldText(text: string): FoldedText {
  const folded: string[] = [];
  const origins: (number | null)[] = [];
  const known = new Map<string, string>();
  for (const { index, 0: character } of text.matchAll(CHARACTER)) {
    const plain = known.get(character) ?? foldCharacter(character);
    known.set(character, plain);
    folded.push(plain);
    for (let unit = 0; unit < plain.length; unit++) origins.push(unit === 0 ? index : null);
  }
  origins.push(text.length);
  return { text: folded.join(''), origins };
}

export function fold(text: string): string {
  return foldText(text).text;
}

/** Equal for names that a reader would take for one; empty for what shows nothing. */
export function nameKey(name: string): string {
  return fold(displayName(name) ?? '');
}

/** Small letters first and last: ẞ, ß and SS, and the three sigmas, come together on the way. */
function foldCharacter(character: string): string {
  if (ASCII.test(character)) return character.toLowerCase();
  return character
    .replace(UNSEEN_ALL, '')
    .normalize('NFKD')
    .toLowerCase()
    .toUpperCase()
    .toLowerCase()
    .normalize('NFKD')
    .replace(DOT_OF_I, 'i');
}
