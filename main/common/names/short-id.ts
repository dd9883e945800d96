/** Owns the few characters of an id by which people of one name are told apart. */

import { nameKey } from './case-folding.ts';

const SHORT_ID_CHARACTERS = 4;

export function shortIdOf(id: string): string {
  return id.slice(0, SHORT_ID_CHARACTERS);
}

interface Named {
  readonly id: string;
  /** null where it cannot be read. */
  readonly name: string | null;
}

/**
 * Of those whose name somebody else here has, too: as much of the id as differs. Somebody can come in under an id that
 * begins like another's.
 */
export function idsToTellApart(people: readonly Named[]): ReadonlyMap<string, string> {
  const keyed = people.map(({ id, name }) => ({ id, key: nameKey(name ?? '') }));
  return new Map(
    keyed.flatMap(({ id, key }) => {
      const namesakes = keyed.filter((other) => other.key === key && other.id !== id);
      if (namesakes.length === 0) return [];
      const shared = Math.max(...namesakes.map((other) => sharedCharacters(id, other.id)));
      return [[id, id.slice(0, Math.max(SHORT_ID_CHARACTERS, shared + 1))] as const];
    }),
  );
}

function sharedCharacters(a: string, b: string): number {
  let count = 0;
  while (count < a.length && a[count] === b[count]) count++;
  return count;
}
