/** Owns room states for tests of what is shown: a plain one, and a person in it, each changed where a test cares. */

import { INITIAL_AUDIO } from '../../../web-client/core/state/audio-state.ts';
import type { ParticipantState, RoomState } from '../../../web-client/core/state/room-state.ts';

export const ROOM: RoomState = {
  signaling: { phase: 'online' },
  call: 'out',
  returned: false,
  wayBack: false,
  full: false,
  door: null,
  callMissing: false,
  placeFree: true,
  capacity: 6,
  others: 0,
  self: {
    id: 'selfselfselfselfselfse',
    shortId: 'self',
    name: 'Marina',
    speaking: false,
    handUp: false,
    reaction: null,
  },
  microphone: { phase: 'off' },
  audio: INITIAL_AUDIO,
  participants: [],
  chat: [],
  soundBlocked: false,
  relays: 'none',
  files: [],
  filesAllowed: true,
  recording: null,
};

export function person(id: string, changes: Partial<ParticipantState> = {}): ParticipantState {
  return {
    id,
    shortId: id.slice(0, 4),
    name: id,
    peer: { phase: 'connected' },
    trust: 'sealed',
    code: null,
    codeless: false,
    obstacle: null,
    diagnosis: null,
    introduced: false,
    tamperedBoxes: 0,
    mutedHere: false,
    volume: 1,
    volumeReach: 'full',
    speaking: false,
    microphone: 'open',
    handUp: false,
    reaction: null,
    quality: null,
    ...changes,
  };
}
