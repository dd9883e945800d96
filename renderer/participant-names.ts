/** Owns how a participant is called in the window: a name that cannot be read still tells people apart. */

import type { WaitingPerson } from '../main/common/host-api/snapshot.ts';
import { idsToTellApart, shortIdOf } from '../main/common/names/short-id.ts';
import { displayName, isolated } from '../main/common/names/visible-text.ts';
import type { WindowTexts } from './i18n/texts.ts';

const HUES = [232, 162, 28, 330, 196, 96, 268, 52] as const;

export function participantName({ id, name }: WaitingPerson, t: WindowTexts): string {
  return displayName(name ?? '') ?? t('people.nameless', { id: shortIdOf(id) });
}

/** The mark of everyone who is shown under a name that another here is shown under, too; by id. */
export function marksOf(participants: readonly WaitingPerson[], t: WindowTexts): ReadonlyMap<string, string> {
  const shown = participants.map((person) => ({ id: person.id, name: participantName(person, t) }));
  return new Map([...idsToTellApart(shown)].map(([id, part]) => [id, `#${part}`]));
}

const withMark = (name: string, mark: string | undefined) => (mark === undefined ? name : `${name} ${mark}`);

/** A name that stands for one person alone. */
export function unmistakableName(person: WaitingPerson, mark: string | undefined, t: WindowTexts): string {
  return withMark(isolated(participantName(person, t)), mark);
}

/** The same for a screen reader, for which nothing turns around. */
export function announcedName(person: WaitingPerson, mark: string | undefined, t: WindowTexts): string {
  return withMark(participantName(person, t), mark);
}

/** A hue in degrees that stays with an id. */
export function hueOf(id: string): number {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) >>> 0;
  return HUES[sum % HUES.length] ?? HUES[0];
}
