/** Owns what the list of participants says, line by line, from the room's state alone. */

import { foldName } from '../core/folded-name.ts';
import type { LinkFailure, LinkState, RoomState, TrustState } from '../core/room-state.ts';
import { displayName } from './display-name.ts';

/** One line of the list. Names are made harmless; null stands for one that cannot be shown. */
export interface PersonLine {
  readonly id: string;
  readonly shortId: string;
  readonly name: string | null;
  /** Somebody else here has the same name. */
  readonly ambiguous: boolean;
  readonly kind: 'self' | 'other' | 'outside';
  readonly link: LinkState['phase'] | null;
  readonly failure: LinkFailure | null;
  readonly trust: TrustState | null;
  readonly tamperedBoxes: number;
  readonly mutedHere: boolean;
}

/**
 * Inside the call: oneself first, then the others in order of joining, with their links. Before it: only
 * who is in, for there are no links yet.
 */
export function peopleLines(room: RoomState): readonly PersonLine[] {
  const inside = room.call === 'joined';
  const others = room.participants.map(
    ({ id, shortId, name, link, trust, tamperedBoxes, mutedHere }): PersonLine => ({
      id,
      shortId,
      name: name === null ? null : displayName(name),
      ambiguous: false,
      kind: inside ? 'other' : 'outside',
      link: inside ? link.phase : null,
      failure: inside && link.phase === 'failed' ? link.reason : null,
      trust: inside && link.phase !== 'waiting' ? trust : null,
      tamperedBoxes: inside ? tamperedBoxes : 0,
      mutedHere: inside && mutedHere,
    }),
  );
  const lines = inside ? [selfLine(room), ...others] : others;
  return lines.map((line) => ({
    ...line,
    ambiguous: lines.some((other) => other.id !== line.id && sameName(other.name, line.name)),
  }));
}

function selfLine({ self }: RoomState): PersonLine {
  return {
    id: self.id,
    shortId: self.shortId,
    name: displayName(self.name),
    ambiguous: false,
    kind: 'self',
    link: null,
    failure: null,
    trust: null,
    tamperedBoxes: 0,
    mutedHere: false,
  };
}

/** The name to be said where there is nothing to see: with the short id if somebody else here has the same. */
export function spokenName({ name, ambiguous, shortId }: PersonLine, unnamed: string): string {
  return ambiguous ? `${name ?? unnamed} ${shortId}` : (name ?? unnamed);
}

function sameName(a: string | null, b: string | null): boolean {
  return foldName(a ?? '') === foldName(b ?? '');
}
