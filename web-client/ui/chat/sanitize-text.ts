/** Owns sanitizing the text of a message somebody else wrote, before it is shown. */

import { visibleLine } from '../../../main/common/names/visible-text.ts';

const LINE_END = /\r\n|[\n\r\v\f\x85\u2028\u2029]/;
const TAB = '    ';

/** More empty lines in a row than one say nothing more. */
const EMPTY_LINES = /\n(?:[^\S\n]*\n){2,}/g;

/**
 * The text with its lines, but without controls, invisible and direction-changing characters, piled-up marks and
 * rows of empty lines; empty if nothing is left to be seen.
 */
export function sanitizeText(text: string): string {
  return sanitizeLines(text)
    .replace(EMPTY_LINES, '\n\n')
    .replace(/^\s*\n/, '')
    .trimEnd();
}

/** The same for a piece from the middle of a text: what stands at its edges stays. */
export function sanitizeLines(text: string): string {
  return text
    .split(LINE_END)
    .map((line) => visibleLine(line.replaceAll('\t', TAB)))
    .join('\n');
}

/** More emoji than this are a text. */
const LARGE_MAX_UNITS = 24;
const EMOJI_ALONE =
  /^(?:[\p{Extended_Pictographic}\p{Emoji_Modifier}\p{Regional_Indicator}\u{e0020}-\u{e007f} ]|\u200d|\ufe0f|[#*\d]\ufe0f?\u20e3)+$/u;

/** Whether a harmless text is a few emoji and nothing else. */
export function isEmojiAlone(text: string): boolean {
  return text.length <= LARGE_MAX_UNITS && EMOJI_ALONE.test(text);
}
