/** Owns finding the addresses in a message that are safe to be opened, and what is shown of each. */

import { visibleLine } from '../../../main/common/names/visible-text.ts';

export type LinkPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'link'; readonly text: string; readonly href: string };

const CANDIDATE = /https?:\/\/[^\s<>"«»“”„]+/giu;
const WORD_END = /[\p{L}\p{N}_]$/u;

const PUNCTUATION = ".,:;!?'’…。，、！？；：";
/** Closing brackets, each with its opening one; the second row is never part of an address that was typed. */
const BRACKETS: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{' };
const FULL_BRACKETS = '）」』】》〉';

/**
 * The text, cut into links and what stands between them; joined, the pieces say all that the text says. What carries
 * a user name, invisible or direction-changing characters stays text, and so does what `keepAsText` names.
 */
export function splitLinks(text: string, keepAsText: (url: URL) => boolean): readonly LinkPiece[] {
  const pieces: LinkPiece[] = [];
  let done = 0;
  for (const { index, 0: candidate } of text.matchAll(CANDIDATE)) {
    if (index < done || WORD_END.test(text.slice(Math.max(0, index - 2), index))) continue;
    const typed = withoutTail(candidate);
    const link = safeLink(typed, keepAsText);
    if (link === null) continue;
    if (index > done) pieces.push({ kind: 'text', text: text.slice(done, index) });
    pieces.push(link);
    done = index + typed.length;
  }
  if (done < text.length) pieces.push({ kind: 'text', text: text.slice(done) });
  return pieces;
}

function safeLink(typed: string, keepAsText: (url: URL) => boolean): LinkPiece | null {
  const [, scheme, authority, rest] = /^(https?:\/\/)([^/?#\\]*)(.*)$/isu.exec(typed) ?? [];
  if (scheme === undefined || authority === undefined || rest === undefined) return null;
  if (visibleLine(typed) !== typed || authority.includes('@')) return null;
  const url = parseUrl(typed);
  if (url === null || url.username !== '' || url.password !== '' || keepAsText(url)) return null;
  const honest = isHonestHost(authority.replace(/:\d*$/, ''), url.hostname);
  return { kind: 'link', text: honest ? typed : `${url.protocol}//${url.host}${rest}`, href: url.href };
}

/** Scripts in which a whole host name is told from one in Latin letters, when its last part is in them as well. */
const ONE_SCRIPT: readonly RegExp[] = [
  'Cyrl',
  'Grek',
  'Arab',
  'Hebr',
  'Armn',
  'Geor',
  'Deva',
  'Thai',
  'Hang',
].map((script) => new RegExp(`^(?:[\\p{sc=${script}}\\p{M}\\d-]+\\.)+[\\p{sc=${script}}\\p{M}]+$`, 'u'));
const HAN =
  /^(?:[\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\u30fc\d-]+\.)+[\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\u30fc]+$/u;
const LATIN_1 = /^[a-z\d.\u00df-\u00f6\u00f8-\u00ff-]+$/;

/** Whether the host, as it was typed, lets nobody take it for another than the browser asks. */
function isHonestHost(typed: string, hostname: string): boolean {
  const plain = typed.toLowerCase();
  if (plain === hostname) return true;
  // An address in numbers or with escapes is spelt otherwise by the browser; only letters of other scripts are left.
  if (!hostname.includes('xn--') || plain !== plain.normalize('NFKC')) return false;
  return [...ONE_SCRIPT, HAN, LATIN_1].some((script) => script.test(plain));
}

/** Without the punctuation of the sentence around it, and without a bracket that was opened outside. */
function withoutTail(candidate: string): string {
  let end = candidate.length;
  for (; end > 0; end--) {
    const last = candidate.charAt(end - 1);
    const opening = BRACKETS[last];
    const loose =
      opening === undefined
        ? PUNCTUATION.includes(last) || FULL_BRACKETS.includes(last)
        : count(candidate, last, end) > count(candidate, opening, end);
    if (!loose) break;
  }
  return candidate.slice(0, end);
}

function count(text: string, character: string, end: number): number {
  let found = 0;
  for (let at = 0; at < end; at++) if (text.charAt(at) === character) found++;
  return found;
}

function parseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
