/** Owns what a message is shown as: harmless text, links, and mentions of people. */

import { type LinkPiece, splitLinks } from './links.ts';
import { type MentionCandidate, mentionsOf } from './mentions.ts';
import { sanitizeLines, sanitizeText } from './sanitize-text.ts';

/** Links and mentions in one message; whatever comes after so many stays text. */
export const MARKED_MAX = 50;

export type MessagePiece =
  | LinkPiece
  | { readonly kind: 'mention'; readonly text: string; readonly self: boolean };

export interface MentionContext {
  /** Everyone who can be mentioned, oneself among them. */
  readonly people: readonly MentionCandidate[];
  readonly selfId: string;
  /** A link of this very room, or null. */
  readonly invite: string | null;
}

/** Empty if nothing of the message can be seen. */
export function messagePieces(
  text: string,
  { people, selfId, invite }: MentionContext,
): readonly MessagePiece[] {
  if (sanitizeText(text) === '') return [];
  const [secret = ''] = invite === null ? [] : new URL(invite).hash.slice(1).split('.');
  // Whoever reads it is in this room already: opened, it would only join them twice and leave the secret in the
  // browser's history once more. It may be another invitation, or have been changed on its way.
  const isThisRoom = (url: URL) => secret !== '' && url.href.includes(secret);
  const pieces = splitLinks(trimmedLines(text), isThisRoom).flatMap((piece) =>
    piece.kind === 'link' ? [piece] : withMentions(sanitizeLines(piece.text), people, selfId),
  );
  return withFewMarked(pieces);
}

function withFewMarked(pieces: readonly MessagePiece[]): readonly MessagePiece[] {
  let marked = 0;
  const end = pieces.findIndex(({ kind }) => kind !== 'text' && ++marked > MARKED_MAX);
  if (end < 0) return pieces;
  const rest = pieces.slice(end).map((piece) => piece.text);
  return [...pieces.slice(0, end), { kind: 'text', text: rest.join('') }];
}

/** Cut before the links are looked for; their own characters are not touched. */
function trimmedLines(text: string): string {
  return text
    .replace(/\r\n?/g, '\n')
    .replace(/\n(?:[^\S\n]*\n){2,}/g, '\n\n')
    .replace(/^\s*\n/, '')
    .trimEnd();
}

function withMentions(text: string, people: readonly MentionCandidate[], selfId: string): MessagePiece[] {
  const pieces: MessagePiece[] = [];
  let done = 0;
  const addText = (end: number) => {
    if (end > done) pieces.push({ kind: 'text', text: text.slice(done, end) });
  };
  for (const { start, end, ids } of mentionsOf(text, people)) {
    addText(start);
    pieces.push({ kind: 'mention', text: text.slice(start, end), self: ids.includes(selfId) });
    done = end;
  }
  addText(text.length);
  return pieces;
}
