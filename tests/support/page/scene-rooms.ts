/** Owns the rooms that examples of screens are made of: the page's own person, the others, and the call they are in. */

import type { ParticipantState, RoomState } from '../../../web-client/core/state/room-state.ts';
import type { ConnectionQuality } from '../../../web-client/core/stats/connection-quality.ts';
import type { PageState } from '../../../web-client/ui/page-state.ts';
import { person, ROOM } from './room-states.ts';

/** Of the tunnel that the link to pass on leads through. */
export const PUBLIC_HOST = '4f2a9c81b7d3e6.lhr.life';
export const SCENE_INVITE = `https://${PUBLIC_HOST}/#4IR9pjsCk8SQWNNjg1xMZz6cy896iYmrfUJJQdk094A.Q7Dg3V9fU4FWQy8QtvTVQg`;

export const GOOD: ConnectionQuality = {
  grade: 'good',
  path: { kind: 'direct' },
  roundTripMs: 38,
  loss: 0.002,
  jitterMs: 3,
};
export const WEAK: ConnectionQuality = {
  grade: 'weak',
  path: { kind: 'relayed', server: 'turn.example.org', transport: 'udp' },
  roundTripMs: 412,
  loss: 0.083,
  jitterMs: 46,
};
const CODE = [3, 17, 22, 41, 8, 56, 30];

export const SELF: RoomState['self'] = {
  id: 'rRblGVGR0hJSktMTU5PUAw',
  shortId: 'rRbl',
  name: 'Anna',
  speaking: false,
  handUp: false,
  reaction: null,
};

const NAMES = [
  'Marco',
  'Юля',
  'Chiara Bianchi',
  'Дмитрий Сергеевич',
  'سارة',
  'Ben',
  '愛子',
  'Zoë',
  'Marco',
  'Катя',
  'Olumide',
];

/** The others of a call: `id` of each is made from the place, so that badges differ. */
export function others(count: number, changes: (index: number) => Partial<ParticipantState> = () => ({})) {
  return NAMES.slice(0, count).map((name, index) =>
    person(`${'CzTqWhKbXyP'[index]}${'u3DfmaQ7eoZ'[index]}weVGR0hJSktMTU5PU`, {
      name,
      quality: GOOD,
      code: CODE,
      ...changes(index),
    }),
  );
}

export function pageIn(changes: Partial<RoomState> = {}): PageState {
  const live: RoomState = {
    ...ROOM,
    call: 'joined',
    self: SELF,
    microphone: { phase: 'live', muted: false, hint: null },
    others: changes.participants?.length ?? 0,
    ...changes,
  };
  return { kind: 'room', room: live, invite: SCENE_INVITE };
}

export const pageBefore = (changes: Partial<RoomState>): PageState =>
  pageIn({ call: 'out', microphone: { phase: 'off' }, ...changes });

export const busy = others(3, (index) => ({
  speaking: index === 0,
  microphone: index === 1 ? 'muted' : 'open',
  handUp: index === 2,
  trust: index === 0 ? 'verified' : 'sealed',
}));

/** Of those three. */
export const BUSY_IDS: readonly string[] = busy.map(({ id }) => id);

/** Before the connections of some broke: while some are being made, the chat waits. */
export const connected = (people: readonly ParticipantState[]): readonly ParticipantState[] =>
  people.map((one) => ({ ...one, peer: { phase: 'connected' } }));

export const crowd = others(11, (index) => ({
  speaking: index === 2,
  microphone: index % 4 === 1 ? 'muted' : index === 7 ? 'none' : 'open',
  handUp: index === 4,
  reaction: index === 5 ? { emoji: '🎉', serial: 1 } : null,
  trust: index < 3 ? 'verified' : 'sealed',
  quality: index === 6 ? WEAK : GOOD,
  peer: index === 8 ? { phase: 'lost' } : index === 9 ? { phase: 'connecting' } : { phase: 'connected' },
  mutedHere: index === 3,
  introduced: index === 2,
  volume: index === 0 ? 1.4 : 1,
  volumeReach: index === 1 ? 'plain' : 'full',
}));

export const CROWDED = [connected(crowd), crowd].map((participants) =>
  pageIn({ participants, capacity: 12, placeFree: false }),
);
