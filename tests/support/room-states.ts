/** Owns room states for tests of what is shown: a plain one, and a person in it, each changed where a test cares. */

import type { ParticipantState, RoomState } from '../../web-client/core/room-state.ts';

export const ROOM: RoomState = {
  connection: { phase: 'online' },
  call: 'out',
  full: false,
  placeFree: true,
  capacity: 6,
  self: { id: 'selfselfselfselfselfse', shortId: 'self', name: 'Marina' },
  microphone: { phase: 'off' },
  participants: [],
  soundBlocked: false,
};

export function person(id: string, changes: Partial<ParticipantState> = {}): ParticipantState {
  return {
    id,
    shortId: id.slice(0, 4),
    name: id,
    link: { phase: 'connected' },
    trust: 'sealed',
    code: null,
    tamperedBoxes: 0,
    mutedHere: false,
    ...changes,
  };
}
