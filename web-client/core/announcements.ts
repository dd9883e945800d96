/** Owns what is worth saying aloud: who of the others came or went between two states, and what was left out. */

import type { LeftOutServer } from './ice-servers.ts';
import type { RoomState } from './room-state.ts';

/** Never told of oneself. `name` is null while it cannot be opened. */
export type SessionEvent =
  | { readonly type: 'joined'; readonly name: string | null }
  | { readonly type: 'left'; readonly name: string | null }
  | ({ readonly type: 'server-left-out' } & LeftOutServer);

/** Who was there when one came in is no news, nor that they are gone when one left. */
export function announcementsBetween(before: RoomState, after: RoomState): readonly SessionEvent[] {
  if (before.call !== 'joined' || after.call !== 'joined') return [];
  return [
    ...missingFrom(after, before).map((name) => ({ type: 'left', name }) as const),
    ...missingFrom(before, after).map((name) => ({ type: 'joined', name }) as const),
  ];
}

function missingFrom(there: RoomState, here: RoomState): (string | null)[] {
  const ids = new Set(there.participants.map(({ id }) => id));
  return here.participants.filter(({ id }) => !ids.has(id)).map(({ name }) => name);
}
