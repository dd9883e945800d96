/** Owns how RoomState changes: pure, and the same object again where nothing did. */

import { shortIdOf } from '../../../main/common/names/short-id.ts';
import { assertNever } from '../../../main/common/result.ts';
import { type AudioState, INITIAL_AUDIO, type MicrophoneState } from './audio-state.ts';
import type { ChatMessage } from './chat-state.ts';
import type {
  ParticipantState,
  PeerState,
  QuickReaction,
  RetryReason,
  RoomState,
  SignalingState,
} from './room-state.ts';

export type RoomAction =
  /** The page has its keys. */
  | { readonly type: 'identified'; readonly id: string }
  | { readonly type: 'connection'; readonly connection: SignalingState }
  | { readonly type: 'joining'; readonly name: string }
  | { readonly type: 'left' }
  | { readonly type: 'full' }
  | { readonly type: 'full-dismissed' }
  /** What the server told of the room; `taken` people are in. */
  | { readonly type: 'places'; readonly capacity: number; readonly taken: number }
  | {
      readonly type: 'people';
      readonly selfIn: boolean;
      readonly people: readonly Omit<ParticipantState, 'shortId'>[];
    }
  | { readonly type: 'self'; readonly handUp: boolean; readonly reaction: QuickReaction | null }
  | { readonly type: 'chat'; readonly messages: readonly ChatMessage[] }
  | { readonly type: 'microphone'; readonly microphone: MicrophoneState }
  | { readonly type: 'audio'; readonly audio: AudioState }
  | { readonly type: 'speaking'; readonly speaking: boolean }
  | { readonly type: 'sound-blocked'; readonly blocked: boolean };

export const INITIAL_STATE: RoomState = {
  connection: { phase: 'connecting' },
  call: 'out',
  full: false,
  placeFree: false,
  capacity: 0,
  self: { id: '', shortId: '', name: '', speaking: false, handUp: false, reaction: null },
  microphone: { phase: 'off' },
  audio: INITIAL_AUDIO,
  participants: [],
  chat: [],
  soundBlocked: false,
};

export function reduceRoom(state: RoomState, action: RoomAction): RoomState {
  switch (action.type) {
    case 'identified':
      return { ...state, self: { ...state.self, id: action.id, shortId: shortIdOf(action.id) } };
    case 'connection':
      return withConnection(state, action.connection);
    case 'joining':
      return { ...state, call: 'joining', full: false, self: { ...state.self, name: action.name } };
    case 'left':
      return state.call === 'out' ? state : { ...state, call: 'out' };
    case 'full':
      return { ...state, call: 'out', full: true };
    case 'full-dismissed':
      return state.full ? { ...state, full: false } : state;
    case 'places': {
      const { capacity, taken } = action;
      const placeFree = taken < capacity;
      const same = capacity === state.capacity && placeFree === state.placeFree;
      return same ? state : { ...state, capacity, placeFree };
    }
    case 'people':
      return withPeople(state, action.selfIn, action.people);
    case 'self': {
      const { handUp, reaction } = action;
      return { ...state, self: { ...state.self, handUp, reaction } };
    }
    case 'chat':
      return { ...state, chat: action.messages };
    case 'microphone':
      return { ...state, microphone: action.microphone };
    case 'audio':
      return sameFields(state.audio, action.audio) ? state : { ...state, audio: action.audio };
    case 'speaking':
      return action.speaking === state.self.speaking
        ? state
        : { ...state, self: { ...state.self, speaking: action.speaking } };
    case 'sound-blocked':
      return action.blocked === state.soundBlocked ? state : { ...state, soundBlocked: action.blocked };
    default:
      return assertNever(action);
  }
}

function withConnection(state: RoomState, connection: SignalingState): RoomState {
  const same = state.connection.phase === connection.phase && whyOf(state.connection) === whyOf(connection);
  return same || state.connection.phase === 'ended' ? state : { ...state, connection };
}

function whyOf(connection: SignalingState): RetryReason | null {
  return connection.phase === 'retrying' ? connection.why : null;
}

function withPeople(
  state: RoomState,
  selfIn: boolean,
  people: readonly Omit<ParticipantState, 'shortId'>[],
): RoomState {
  const participants = people.map((person) => {
    const next: ParticipantState = { ...person, shortId: shortIdOf(person.id) };
    const before = state.participants.find(({ id }) => id === person.id);
    return before !== undefined && isSamePerson(before, next) ? before : next;
  });
  const call = state.call === 'out' ? 'out' : selfIn ? 'joined' : 'joining';
  const same =
    call === state.call &&
    participants.length === state.participants.length &&
    participants.every((person, index) => person === state.participants[index]);
  return same ? state : { ...state, call, participants };
}

function sameFields(a: AudioState, b: AudioState): boolean {
  return (Object.keys(a) as (keyof AudioState)[]).every((key) => a[key] === b[key]);
}

/** What is an object has to be the same one, the link apart: it is told anew each time. */
function isSamePerson(a: ParticipantState, b: ParticipantState): boolean {
  const keys = Object.keys(a) as (keyof ParticipantState)[];
  return keys.every((key) => key === 'link' || a[key] === b[key]) && isSameLink(a.link, b.link);
}

function isSameLink(a: PeerState, b: PeerState): boolean {
  if (a.phase === 'failed' && b.phase === 'failed') return a.reason === b.reason;
  return a.phase === b.phase;
}
