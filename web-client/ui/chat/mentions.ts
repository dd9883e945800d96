/** Owns finding who is mentioned in a message: `@` with a name, a short id, or a name with its short id. */

import { displayName } from '../display-name.ts';
import { fold, foldText } from './folding.ts';
import { harmlessText } from './harmless-text.ts';

export interface MentionPerson {
  readonly id: string;
  readonly shortId: string;
  readonly name: string | null;
}

export interface Mention {
  /** Of the `@`. */
  readonly start: number;
  readonly end: number;
  /** Everyone it can mean: several, where people of one name are not told apart by the short id. */
  readonly ids: readonly string[];
}

const WORD_CHARACTER = /^[\p{L}\p{N}\p{M}_]/u;
const WORD_BEFORE = /[\p{L}\p{N}\p{M}_]$/u;
/** A short id follows: it must be that of somebody here. */
const SHORT_ID_AFTER = /^#[\w-]/;

/** What can stand after an `@`, the longest first. */
type Handles = readonly (readonly [handle: string, ids: readonly string[]])[];

/** The mentions of these people, first to last, in a text that was made harmless. */
export function mentionsOf(text: string, people: readonly MentionPerson[]): readonly Mention[] {
  if (!/[@＠﹫]/.test(text)) return [];
  const handles = handlesOf(people);
  const folded = foldText(text);
  const found: Mention[] = [];
  let from = 0;
  for (;;) {
    const at = folded.text.indexOf('@', from);
    if (at < 0) return found;
    const match = matchAt(folded.text, at, handles);
    const start = folded.origins[at];
    const end = match === null ? undefined : folded.origins[match.end];
    if (match !== null && start !== undefined && end !== undefined)
      found.push({ start, end, ids: match.ids });
    from = match?.end ?? at + 1;
  }
}

/** Whether a message, as it came, mentions this person rather than one of the others. */
export function isMentioned(
  text: string,
  self: MentionPerson,
  others: readonly MentionPerson[] = [],
): boolean {
  return mentionsOf(harmlessText(text), [self, ...others]).some(({ ids }) => ids.includes(self.id));
}

function matchAt(text: string, at: number, handles: Handles): { end: number; ids: readonly string[] } | null {
  if (WORD_BEFORE.test(text.slice(Math.max(0, at - 2), at))) return null;
  for (const [handle, ids] of handles) {
    const end = at + 1 + handle.length;
    if (!text.startsWith(handle, at + 1)) continue;
    const after = text.slice(end, end + 2);
    if (!WORD_CHARACTER.test(after) && !SHORT_ID_AFTER.test(after)) return { end, ids };
  }
  return null;
}

function handlesOf(people: readonly MentionPerson[]): Handles {
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
