/** Owns completing a mention while it is typed: what is asked for, who fits, and what is put in. */

import { NAME_MAX_UNITS } from '../../../main/common/protocol/limits.ts';
import { displayName } from '../display-name.ts';
import { fold } from './folding.ts';
import type { MentionPerson } from './mentions.ts';

export interface MentionQuery {
  /** Of the `@`. */
  readonly start: number;
  readonly typed: string;
}

const QUERY = new RegExp(`(?:^|[^\\p{L}\\p{N}\\p{M}_])@([^@\\n]{0,${NAME_MAX_UNITS}})$`, 'u');

/** The mention that is being typed right before the caret, or null. */
export function mentionQuery(text: string, caret: number): MentionQuery | null {
  const typed = QUERY.exec(text.slice(0, caret))?.[1];
  return typed === undefined ? null : { start: caret - typed.length - 1, typed };
}

/** Those whose name, one of its words, or short id begins so; whose name begins so first. */
export function suggestPeople(typed: string, people: readonly MentionPerson[]): readonly MentionPerson[] {
  const asked = fold(typed);
  const ranked = people.map((person) => ({ person, rank: rankOf(asked, person) }));
  return ranked
    .filter(({ rank }) => rank < NO_MATCH)
    .sort((a, b) => a.rank - b.rank)
    .map(({ person }) => person);
}

const NO_MATCH = 3;

function rankOf(asked: string, { name, shortId }: MentionPerson): number {
  const called = fold(name === null ? '' : (displayName(name) ?? ''));
  if (called.startsWith(asked)) return 0;
  if (called.split(/[^\p{L}\p{N}\p{M}]+/u).some((word) => word.startsWith(asked))) return 1;
  return fold(shortId).startsWith(asked) ? 2 : NO_MATCH;
}

/** The mention as it is put into the text, with the short id where the name alone could mean somebody else. */
export function mentionText(person: MentionPerson, everyone: readonly MentionPerson[]): string {
  const name = person.name === null ? null : displayName(person.name);
  if (name === null) return `@${person.shortId} `;
  const called = fold(name);
  const ambiguous = everyone.some(
    (other) =>
      other.id !== person.id && other.name !== null && fold(displayName(other.name) ?? '') === called,
  );
  return ambiguous ? `@${name}#${person.shortId} ` : `@${name} `;
}
