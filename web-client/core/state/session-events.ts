/** Owns the events of a session that are announced: who came or went between two states, and what was left out. */

import type { ParticipantState, RoomState } from './room-state.ts';

/** Its address, and whether it is the person's own choice. */
export interface LeftOutServer {
  readonly url: string;
  readonly own: boolean;
}

/** Never of oneself. */
export interface ParticipantEvent extends Pick<ParticipantState, 'id' | 'name'> {
  readonly type: 'joined' | 'left';
}

export type SessionEvent = ParticipantEvent | ({ readonly type: 'server-left-out' } & LeftOutServer);

/** Who was there when one came in is no news, nor that they are gone when one left. */
export function sessionEventsBetween(before: RoomState, after: RoomState): readonly ParticipantEvent[] {
  if (before.call !== 'joined' || after.call !== 'joined') return [];
  return [
    ...missingFrom(after, before).map(({ id, name }) => ({ type: 'left', id, name }) as const),
    ...missingFrom(before, after).map(({ id, name }) => ({ type: 'joined', id, name }) as const),
  ];
}

/** Who is here and not there. */
export function missingFrom(there: RoomState, here: RoomState): ParticipantState[] {
  const ids = new Set(there.participants.map(({ id }) => id));
  return here.participants.filter(({ id }) => !ids.has(id));
}
