/** Owns the web links in a message: addresses that are safe to be opened, and what is shown of each. */

import { visibleLine } from '../../../main/common/names/visible-text.ts';
import { findAddress } from './address-end.ts';
import { hostLooks } from './host-looks.ts';

export interface WebLink {
  readonly kind: 'link';
  /** As it was typed. */
  readonly text: string;
  readonly href: string;
  /** What the browser asks, where a reader could take it for another; to be shown beside the text. */
  readonly host: string | null;
}

export type LinkPiece = WebLink | { readonly kind: 'text'; readonly text: string };

const SCHEME = /https?:\/\//gi;
/** A longer word ends in the scheme's letters. Other letters than Latin ones are a sentence without blanks. */
const WORD_BEFORE = /[\p{sc=Latn}\d_+]\p{M}*$/u;
/** Enough for the last character and its marks. */
const LAST_UNITS = 8;

/**
 * The text, cut into links and what stands between them; joined, the pieces say all that the text says. What carries
 * a user name, invisible or direction-changing characters, or opens another host than is read, stays text, and so
 * does what `keepAsText` names.
 */
export function splitLinks(text: string, keepAsText: (url: URL) => boolean): readonly LinkPiece[] {
  const pieces: LinkPiece[] = [];
  let done = 0;
  let passed = 0;
  for (const { index, 0: scheme } of text.matchAll(SCHEME)) {
    if (index < passed || WORD_BEFORE.test(text.slice(Math.max(0, index - LAST_UNITS), index))) continue;
    const found = findAddress(text, index + scheme.length);
    if (found === null) continue;
    passed = found.end;
    const link = safeLink(text.slice(index, found.end), found.host, keepAsText);
    if (link === null) continue;
    if (index > done) pieces.push({ kind: 'text', text: text.slice(done, index) });
    pieces.push(link);
    done = found.end;
  }
  if (done < text.length) pieces.push({ kind: 'text', text: text.slice(done) });
  return pieces;
}

function safeLink(typed: string, host: string, keepAsText: (url: URL) => boolean): WebLink | null {
  const url = visibleLine(typed) === typed ? parseUrl(typed) : null;
  if (url === null || url.username !== '' || url.password !== '' || keepAsText(url)) return null;
  const looks = hostLooks(host, url.hostname);
  if (looks === 'unclear') return null;
  return { kind: 'link', text: typed, href: url.href, host: looks === 'as-read' ? null : url.hostname };
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
