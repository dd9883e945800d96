/** Owns how a text somebody else wrote is made harmless before it is shown, announced or printed. */

import { withoutStray } from './invisible-characters.ts';
import { withoutPiles } from './stacked-marks.ts';

/** Latin and Cyrillic letters and what stands on their keyboards: nothing to be taken out, and most of what is written. */
const PLAIN = /^[ -~\u00c0-\u024f\u0400-\u0482\u048a-\u052f]*$/;

/** One line without what is not seen or changes the direction, and without towers of marks. */
export function visibleLine(line: string): string {
  return PLAIN.test(line) ? line : withoutStray(withoutPiles([...line])).join('');
}

/**
 * The name as one line of visible characters, or null if none is left. Emoji of several parts and words that need
 * joiners stay whole; spaces of any kind become one.
 */
export function displayName(name: string): string | null {
  const shown = visibleLine(name.replace(/[\t-\r\p{Z}]+/gu, ' '))
    .replace(/ {2,}/g, ' ')
    .trim();
  return shown === '' ? null : shown;
}

/** A letter that is a whole character by itself: most names need no more to be read. */
const PLAIN_LETTER = /^[\p{sc=Latn}\p{sc=Cyrl}\p{sc=Grek}](?!\p{M})/u;

/** The first character as a reader counts them, for the round badge beside a name. */
export function initialOf(name: string): string {
  return firstCharacter(name).toLocaleUpperCase();
}

function firstCharacter(text: string): string {
  // The first Segmenter of a page costs some ten milliseconds, and falls into the moment when people are connected.
  const [plain] = PLAIN_LETTER.exec(text) ?? [];
  if (plain !== undefined) return plain;
  // Firefox has Intl.Segmenter since version 125 only.
  if (!('Segmenter' in Intl)) return [...text][0] ?? '';
  const first = new Intl.Segmenter().segment(text)[Symbol.iterator]().next();
  return first.done ? '' : first.value.segment;
}

/** The name for a sentence, within Unicode's first strong isolate (FSI … PDI; UAX #9, section 2.4): neither turns the other's direction around. */
export function isolated(name: string): string {
  return `\u2068${name}\u2069`;
}
