/** Owns how a name somebody else chose is made harmless before it is shown or announced. */

/** Controls, format characters, lone surrogates, private use, separators of lines, and all that is drawn as nothing. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]/u;

const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;

/** Scripts whose spelling needs the zero-width joiner and non-joiner inside words. */
const JOINING_SCRIPT =
  /[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}]/u;

const ZERO_WIDTH_NON_JOINER = '\u200c';
const ZERO_WIDTH_JOINER = '\u200d';
const EMOJI_STYLE = '\ufe0f';
const KEYCAP = '\u20e3';

/** Marks piled on one letter; the most that a living script needs. */
const MARKS_MAX = 4;
const PILED_MARKS = new RegExp(`(\\p{M}{${MARKS_MAX}})\\p{M}+`, 'gu');

/**
 * The name as one line of visible characters, or null if none is left: without controls, invisible and
 * direction-changing characters, piled-up marks and repeated spaces. Emoji of several parts and words
 * that need joiners stay whole.
 */
export function displayName(name: string): string | null {
  const shown = withoutUnseen(name.replace(/[\t-\r\p{Z}]+/gu, ' '))
    .replace(/ {2,}/g, ' ')
    .trim();
  return shown === '' ? null : shown;
}

/** One line without what is not seen or changes the direction, and without piled-up marks. */
export function withoutUnseen(line: string): string {
  const characters = [...line];
  const kept: string[] = [];
  for (const [index, character] of characters.entries()) {
    const unseen = UNSEEN.test(character);
    if (!unseen || belongs(character, kept.at(-1) ?? '', characters[index + 1] ?? '')) kept.push(character);
  }
  return kept.join('').replace(PILED_MARKS, '$1');
}

/** Whether something in the text is not seen or changes the direction, be it in its place or not. */
export function hasUnseen(text: string): boolean {
  return UNSEEN.test(text);
}

/** Whether an unseen character does its proper work between these two. */
function belongs(character: string, before: string, after: string): boolean {
  switch (character) {
    case EMOJI_STYLE:
      return EMOJI.test(before) || after === KEYCAP;
    case ZERO_WIDTH_JOINER:
      return joinsEmoji(before, after) || joinsLetters(before, after);
    case ZERO_WIDTH_NON_JOINER:
      return joinsLetters(before, after);
    default:
      return false;
  }
}

function joinsEmoji(before: string, after: string): boolean {
  return (EMOJI.test(before) || before === EMOJI_STYLE) && EMOJI.test(after);
}

function joinsLetters(before: string, after: string): boolean {
  return JOINING_SCRIPT.test(before) && JOINING_SCRIPT.test(after) && !UNSEEN.test(after);
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
