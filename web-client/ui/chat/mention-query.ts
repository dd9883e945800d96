/** Owns completing a mention while it is typed: what is asked for, who fits, and what is put in. */

import { fold, nameKey } from '../../../main/common/names/case-folding.ts';
import { displayName } from '../../../main/common/names/visible-text.ts';
import { NAME_MAX_UNITS } from '../../../main/common/protocol/limits.ts';
import { GLUED } from './glued-scripts.ts';
import { latePattern } from './late-pattern.ts';
import { type MentionCandidate, mayBeginAt } from './mentions.ts';
import { searchForm } from './search-form.ts';

export interface MentionQuery {
  /** Of the `@`. */
  readonly start: number;
  readonly typed: string;
}

const QUERY = new RegExp(`[@＠﹫]([^@＠﹫\\n]{0,${NAME_MAX_UNITS}})$`, 'u');

/** The mention that is being typed right before the caret, or null. */
export function mentionQuery(text: string, caret: number): MentionQuery | null {
  const found = QUERY.exec(text.slice(Math.max(0, caret - NAME_MAX_UNITS - 1), caret));
  const typed = found?.[1];
  if (typed === undefined) return null;
  const start = caret - typed.length - 1;
  return mayBeginAt(text, start) ? { start, typed } : null;
}

/** Those whose name, one of its words, or short id begins so; whose name begins so, letter by letter, first. */
export function suggestPeople(
  typed: string,
  people: readonly MentionCandidate[],
): readonly MentionCandidate[] {
  const asked = { strict: fold(typed), loose: searchForm(typed) };
  const ranked = people.map((person) => ({ person, rank: rankOf(asked, person) }));
  return ranked
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank)
    .map(({ person }) => person);
}

const NO_MATCH = 4;
const WORD_BREAK = /[^\p{L}\p{N}\p{M}]+/u;
/** What was asked for is a letter without its mark. */
const MARK_AFTER = /^\p{M}/u;
const gluedStart = latePattern(`^${GLUED}`, 'u');

function rankOf(asked: { strict: string; loose: string }, { name, shortId }: MentionCandidate): number {
  const called = name === null ? '' : (displayName(name) ?? '');
  const key = fold(called);
  if (key.startsWith(asked.strict) && !MARK_AFTER.test(key.slice(asked.strict.length))) return 0;
  if (asked.loose !== '') {
    const form = searchForm(called);
    if (form.startsWith(asked.loose)) return 1;
    if (called.split(WORD_BREAK).some((word) => searchForm(word).startsWith(asked.loose))) return 2;
    // A given name behind the family name, with no blank between them.
    if (gluedStart().test(asked.loose) && form.includes(asked.loose)) return 2;
  }
  return fold(shortId).startsWith(asked.strict) ? 3 : NO_MATCH;
}

/** The mention as it is put into the text, with the short id where the name alone could mean somebody else. */
export function mentionText(person: MentionCandidate, everyone: readonly MentionCandidate[]): string {
  const name = person.name === null ? null : displayName(person.name);
  if (name === null) return `@${person.shortId} `;
  const called = fold(name);
  const ambiguous = everyone.some(
    (other) => other.id !== person.id && other.name !== null && nameKey(other.name) === called,
  );
  return ambiguous ? `@${name}#${person.shortId} ` : `@${name} `;
}
