/** Owns finding who is mentioned in a message: `@` with a name, a short id, or a name with its short id. */

import { type FoldedText, fold, foldText } from '../../../main/common/names/case-folding.ts';
import { displayName } from '../../../main/common/names/visible-text.ts';
import type { ParticipantState } from '../../core/state/room-state.ts';
import { GLUED } from './glued-scripts.ts';
import { latePattern } from './late-pattern.ts';

export type MentionCandidate = Pick<ParticipantState, 'id' | 'shortId' | 'name'>;

export interface Mention {
  /** Of the `@`. */
  readonly start: number;
  readonly end: number;
  /** Everyone it can mean: several, where people of one name are not told apart by the short id. */
  readonly ids: readonly string[];
}

const WORD_AFTER = /^[\p{L}\p{N}\p{M}_]/u;
const WORD_BEFORE = /[\p{L}\p{N}\p{M}_]$/u;
/** Prepositions of Hebrew and Arabic hang on what follows; that no e-mail address is written so, `ADDRESS_AFTER` sees to. */
const gluedBefore = latePattern(`(?:${GLUED}|\\p{sc=Hebr}|\\p{sc=Arab})\\p{M}*$`, 'u');
const gluedEnd = latePattern(`${GLUED}\\p{M}*$`, 'u');
const gluedAfter = latePattern(`^${GLUED}`, 'u');
const ADDRESS_AFTER = /^\.[\p{L}\p{N}]/u;
/** A short id follows: it must be that of somebody here. */
const SHORT_ID_AFTER = /^#[\w-]/;

/** What can stand after an `@`, the longest first. */
type Handles = readonly (readonly [handle: string, ids: readonly string[]])[];

/** The mentions of these people, first to last, in a text that was made harmless. */
export function mentionsOf(text: string, people: readonly MentionCandidate[]): readonly Mention[] {
  if (!/[@＠﹫]/.test(text)) return [];
  const handles = handlesOf(people);
  const folded = foldText(text);
  const found: Mention[] = [];
  let from = 0;
  for (;;) {
    const at = folded.text.indexOf('@', from);
    if (at < 0) return found;
    const match = matchAt(folded, at, handles);
    const start = folded.origins[at];
    const end = match === null ? null : folded.origins[match.end];
    if (match !== null && start != null && end != null) found.push({ start, end, ids: match.ids });
    from = match?.end ?? at + 1;
  }
}

/** Whether an `@` at this place begins a mention rather than the second half of an e-mail address. */
export function mayBeginAt(text: string, at: number): boolean {
  const before = lastOf(text, at);
  return !WORD_BEFORE.test(before) || gluedBefore().test(before);
}

/** Enough for the last character and its marks. */
const LAST_UNITS = 8;

function lastOf(text: string, end = text.length): string {
  return text.slice(Math.max(0, end - LAST_UNITS), end);
}

function matchAt(
  { text, origins }: FoldedText,
  at: number,
  handles: Handles,
): { end: number; ids: readonly string[] } | null {
  if (!mayBeginAt(text, at)) return null;
  for (const [handle, ids] of handles) {
    const end = at + 1 + handle.length;
    if (!text.startsWith(handle, at + 1) || origins[end] === null) continue;
    const after = text.slice(end, end + 2);
    if (WORD_BEFORE.test(lastOf(text, at)) && ADDRESS_AFTER.test(after)) continue;
    if (endsBetween(handle, after) && !SHORT_ID_AFTER.test(after)) return { end, ids };
  }
  return null;
}

/**
 * A name ends where its word does. Where words are written without blanks, any letter may follow, and where particles
 * and titles hang on the name (さん, 님, ครับ) they do; the longer of two names is tried first. Elsewhere an inflected
 * name is another word, as long as no apostrophe or colon sets the ending off (Ayşe’ye, Anna:lle).
 */
function endsBetween(handle: string, after: string): boolean {
  if (!WORD_AFTER.test(after)) return true;
  return gluedAfter().test(after) || (gluedEnd().test(lastOf(handle)) && !after.startsWith('_'));
}

/** Kept by the list of people: many texts, and all pieces of one, are searched for the same. */
const knownHandles = new WeakMap<readonly MentionCandidate[], Handles>();

function handlesOf(people: readonly MentionCandidate[]): Handles {
  const known = knownHandles.get(people) ?? createHandles(people);
  knownHandles.set(people, known);
  return known;
}

function createHandles(people: readonly MentionCandidate[]): Handles {
  const handles = new Map<string, string[]>();
  const add = (handle: string, id: string) => {
    const ids = handles.get(handle);
    if (ids === undefined) handles.set(handle, [id]);
    else if (!ids.includes(id)) ids.push(id);
  };
  for (const { id, shortId, name } of people) {
    const called = name === null ? null : displayName(name);
    const short = fold(shortId);
    if (short !== '') add(short, id);
    if (called === null) continue;
    add(fold(called), id);
    if (short !== '') add(`${fold(called)}#${short}`, id);
  }
  return [...handles].sort(([a], [b]) => b.length - a.length);
}
