/** Owns where an address that stands in a sentence ends: where a reader would end it, with blanks around it or not. */

import { UNSEEN } from '../../../main/common/names/invisible-characters.ts';
import { GLUED } from './glued-scripts.ts';
import { hostEnd } from './host-end.ts';
import { latePattern } from './late-pattern.ts';

export interface FoundAddress {
  /** As it was typed, without the port. */
  readonly host: string;
  readonly end: number;
}

/** Ends an address anywhere: quotation marks, the backslash, and what ends or parts sentences in other scripts (，。؟।). */
const HARD = /[\s\p{Cc}<>"`\\“”„‟«»‹›‘‚‛…‥—⸺＜＞＂]|(?![\0-\x7f])\p{Terminal_Punctuation}/u;
/** Ends one only where nothing of the address follows. */
const SOFT = ".,:;!?'’*~|";

const BRACKETS = new Map(['()', '[]', '{}'].map((pair) => [pair.charAt(0), pair.charAt(1)]));
/** Behind a Latin word these open a remark of the sentence, （like this）; behind a word of their own writing they belong to it. */
const WIDE_BRACKETS = new Map(
  ['（）', '［］', '｛｝', '「」', '『』', '【】', '《》', '〈〉', '〔〕', '〖〗', '｢｣'].map((pair) => [
    pair.charAt(0),
    pair.charAt(1),
  ]),
);
const CLOSING = new Set([...BRACKETS.values(), ...WIDE_BRACKETS.values()]);
/** Brackets within brackets; deeper ones are no address, and each would be looked at again. */
const DEPTH_MAX = 8;

const gluedOrEmoji = latePattern(`^(?:${GLUED}|(?![\\0-\\x7f])\\p{Extended_Pictographic})`, 'u');
/** Behind these a letter of such writing is the sentence's: a path is in Latin letters, or has whole words of another writing. */
const SENTENCE_MAY_GO_ON = /[\p{sc=Latn}\d.,;!?]/u;
/** What Korean and Japanese hang on an address that ends in a slash. */
const PARTICLE_AFTER_SLASH =
  /(?:を|(?:을|를|은|는|이|가|의|와|과|도|만|에|에서|에는|에도|에서는|에서도|로|으로|까지|부터|입니다|인데|이에요|예요)(?!\p{sc=Hang}))/uy;

const PORT = /:\d+/y;
const userName = latePattern(`(?:(?!${GLUED}|${HARD.source})[^/?#\\p{Pe}])*[@＠﹫]`, 'uy');
/** To the reader the host is not over here: an escape, a second scheme, or what looks like a dot or slash goes on with it. */
const HOST_GOES_ON = /%|:\/\/|[․﹒∕⁄⧸][\p{L}\p{N}]/uy;
/** Behind a name without a dot: a picture that may belong to it, or what may be meant for the dot. */
const UNCLEAR_AFTER_WORD = /(?![\0-\x7f])\p{S}|[。．｡][\p{L}\p{N}]/uy;

/** The address whose host begins at `from`, or null if it is not clear what it opens. */
export function findAddress(text: string, from: number): FoundAddress | null {
  const hostAt = hostEnd(text, from);
  const host = text.slice(from, hostAt);
  if (host === '' || isHiding(characterAt(text, hostAt))) return null;
  if (isAt(HOST_GOES_ON, text, hostAt) || isAt(userName(), text, hostAt)) return null;
  if (!/[.[]/.test(host) && (/[^\0-\x7f]/.test(host) || isAt(UNCLEAR_AFTER_WORD, text, hostAt))) return null;
  PORT.lastIndex = hostAt;
  const portAt = PORT.test(text) ? PORT.lastIndex : hostAt;
  return { host, end: /[/?#]/.test(text.charAt(portAt)) ? tailEnd(text, portAt) : portAt };
}

/** Where path, query and fragment end that begin at `from`. */
function tailEnd(text: string, from: number): number {
  const open: { readonly closing: string; readonly at: number }[] = [];
  let hasGlued = false;
  let before = '';
  let at = from;
  while (at < text.length) {
    const character = characterAt(text, at);
    if (HARD.test(character)) break;
    const wide = WIDE_BRACKETS.get(character);
    const closing = BRACKETS.get(character) ?? wide;
    if (closing !== undefined) {
      if (open.length === DEPTH_MAX || (wide !== undefined && !gluedOrEmoji().test(before))) break;
      open.push({ closing, at });
    } else if (CLOSING.has(character)) {
      if (open.at(-1)?.closing !== character) break;
      open.pop();
    } else if (gluedOrEmoji().test(character)) {
      if (!hasGlued && SENTENCE_MAY_GO_ON.test(before)) break;
      if (before === '/' && isAt(PARTICLE_AFTER_SLASH, text, at)) break;
      hasGlued = true;
    }
    before = character;
    at += character.length;
  }
  let end = open[0]?.at ?? at;
  while (end > from && SOFT.includes(text.charAt(end - 1))) end--;
  return end;
}

/** Not seen, and no end of a line or gap either. */
function isHiding(character: string): boolean {
  return UNSEEN.test(character) && !/[\s\p{Cc}]/u.test(character);
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0x20);
}

function isAt(sticky: RegExp, text: string, at: number): boolean {
  sticky.lastIndex = at;
  return sticky.test(text);
}
