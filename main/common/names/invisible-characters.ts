/** Owns what is not seen in a text or turns it around, and where such a character does its proper work. */

import { REGION_FLAGS } from './region-flags.ts';

/** Arabic number and verse signs count as format characters, and are drawn. */
const DRAWN_SIGNS = '\\u0600-\\u0605\\u06dd\\u070f\\u0890\\u0891\\u08e2';

/** Controls, format characters, lone surrogates, private use, separators of lines, and all that is drawn as nothing. */
export const UNSEEN = new RegExp(
  `(?![${DRAWN_SIGNS}])[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Zl}\\p{Zp}\\p{Default_Ignorable_Code_Point}\\u2800]`,
  'u',
);

const EMOJI = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;

/** Scripts whose spelling needs the zero-width joiner and non-joiner behind some letters, at the end of a word too. */
const JOINING_SCRIPT =
  /[\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}\p{scx=Tibt}]/u;

const ZERO_WIDTH_NON_JOINER = '\u200c';
const ZERO_WIDTH_JOINER = '\u200d';
const TEXT_STYLE = '\ufe0e';
const EMOJI_STYLE = '\ufe0f';
const KEYCAP = '\u20e3';

/** Orders the points of one Hebrew letter. */
const GRAPHEME_JOINER = '\u034f';
const HEBREW_POINT = /(?=\p{M})\p{scx=Hebr}/u;

/** Chooses the form of a Mongolian letter, or of an ideograph: some family names are written with it. */
const MONGOLIAN_FORM = /[\u180b-\u180d\u180f]/;
const MONGOLIAN = /(?=\p{L})\p{sc=Mong}/u;
const IDEOGRAPH_FORM = /[\ufe00-\ufe02\u{e0100}-\u{e01ef}]/u;
const IDEOGRAPH = /\p{Ideographic}/u;

/** The characters without those that are not seen or change the direction, but where they do their proper work. */
export function withoutStray(characters: readonly string[]): readonly string[] {
  const kept: string[] = [];
  for (let at = 0; at < characters.length; ) {
    const flag = REGION_FLAGS.find((parts) => parts.every((part, index) => characters[at + index] === part));
    if (flag !== undefined) {
      kept.push(...flag);
      at += flag.length;
      continue;
    }
    const character = characters[at] ?? '';
    const stays = !UNSEEN.test(character) || belongs(character, kept.at(-1) ?? '', characters[at + 1] ?? '');
    if (stays) kept.push(character);
    at++;
  }
  return kept;
}

function belongs(character: string, before: string, after: string): boolean {
  switch (character) {
    case EMOJI_STYLE:
      return EMOJI.test(before) || after === KEYCAP;
    case TEXT_STYLE:
      return EMOJI.test(before);
    case ZERO_WIDTH_JOINER:
      return joinsEmoji(before, after) || shapesLetter(before);
    case ZERO_WIDTH_NON_JOINER:
      return shapesLetter(before);
    case GRAPHEME_JOINER:
      return HEBREW_POINT.test(before) && HEBREW_POINT.test(after) && !UNSEEN.test(after);
    default:
      if (MONGOLIAN_FORM.test(character)) return MONGOLIAN.test(before);
      return IDEOGRAPH_FORM.test(character) && IDEOGRAPH.test(before);
  }
}

function joinsEmoji(before: string, after: string): boolean {
  return (EMOJI.test(before) || before === EMOJI_STYLE) && EMOJI.test(after);
}

function shapesLetter(before: string): boolean {
  return JOINING_SCRIPT.test(before) && !UNSEEN.test(before);
}
