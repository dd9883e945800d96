/** Owns the reducer of RoomState: pure, and the same object again where nothing changed. */

import { shortIdOf } from '../../../main/common/names/short-id.ts';
import { assertNever } from '../../../main/common/result.ts';
import { type AudioState, INITIAL_AUDIO, type MicrophoneState } from './audio-state.ts';
import type { ChatMessage } from './chat-state.ts';
import type { FileTransfer } from './files-state.ts';
import type { RecordingState } from './recording-state.ts';
import type {
  DoorAnswer,
  ParticipantState,
  PeerState,
  RelayOffer,
  RetryReason,
  RoomState,
  SelfState,
  SignalingState,
} from './room-state.ts';

export type RoomAction =
  /** The page has its keys. */
  | { readonly type: 'identified'; readonly id: string }
  | { readonly type: 'signaling'; readonly signaling: SignalingState }
  | { readonly type: 'joining'; readonly name: string }
  | { readonly type: 'left' }
  /** The page is loaded anew, and is to be in the call again. */
  | { readonly type: 'returned' }
  | { readonly type: 'way-back'; readonly left: boolean }
  | { readonly type: 'full' }
  | { readonly type: 'door'; readonly answer: DoorAnswer }
  | { readonly type: 'full-dismissed' }
  /** One wanted to join, and the code of the call did not come. */
  | { readonly type: 'call-missing' }
  /** The room's capacity, how many places are taken, and how many of them by others. */
  | { readonly type: 'places'; readonly capacity: number; readonly taken: number; readonly others: number }
  | {
      readonly type: 'participants';
      readonly selfIn: boolean;
      readonly participants: readonly Omit<ParticipantState, 'shortId'>[];
    }
  | ({ readonly type: 'self' } & Pick<SelfState, 'handUp' | 'reaction'>)
  | { readonly type: 'chat'; readonly messages: readonly ChatMessage[] }
  | { readonly type: 'microphone'; readonly microphone: MicrophoneState }
  | { readonly type: 'audio'; readonly audio: AudioState }
  | { readonly type: 'speaking'; readonly speaking: boolean }
  | { readonly type: 'sound-blocked'; readonly blocked: boolean }
  | { readonly type: 'relays'; readonly relays: RelayOffer }
  | { readonly type: 'files'; readonly files: readonly FileTransfer[] }
  | { readonly type: 'files-allowed'; readonly allowed: boolean }
  | { readonly type: 'recording'; readonly recording: RecordingState };

export const INITIAL_STATE: RoomState = {
  signaling: { phase: 'connecting' },
  call: 'out',
  returned: false,
  wayBack: false,
  full: false,
  door: null,
  callMissing: false,
  placeFree: false,
  others: 0,
  capacity: 0,
  self: { id: '', shortId: '', name: '', speaking: false, handUp: false, reaction: null },
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

export function reduceRoom(state: RoomState, action: RoomAction): RoomState {
  switch (action.type) {
    case 'identified':
      return { ...state, self: { ...state.self, id: action.id, shortId: shortIdOf(action.id) } };
    case 'signaling':
      return withSignaling(state, action.signaling);
    case 'joining':
      return {
        ...state,
        call: 'joining',
        full: false,
        door: null,
        callMissing: false,
        self: { ...state.self, name: action.name },
      };
    case 'left':
      return state.call === 'out' ? state : { ...state, call: 'out', door: null, returned: false };
    case 'returned':
      return { ...state, returned: true };
    case 'way-back':
      return action.left === state.wayBack ? state : { ...state, wayBack: action.left };
    case 'full':
      return { ...state, call: 'out', full: true, door: null };
    case 'door':
      return action.answer === state.door
        ? state
        : { ...state, call: action.answer === 'waiting' ? state.call : 'out', door: action.answer };
    case 'full-dismissed':
      return state.full ? { ...state, full: false } : state;
    case 'call-missing':
      return { ...state, call: 'out', door: null, callMissing: true };
    case 'places': {
      const { capacity, taken, others } = action;
      const placeFree = taken < capacity;
      const same = capacity === state.capacity && placeFree === state.placeFree && others === state.others;
      return same ? state : { ...state, capacity, placeFree, others };
    }
    case 'participants':
      return withParticipants(state, action.selfIn, action.participants);
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
    case 'relays':
      return action.relays === state.relays ? state : { ...state, relays: action.relays };
    case 'files':
      return { ...state, files: action.files };
    case 'files-allowed':
      return action.allowed === state.filesAllowed ? state : { ...state, filesAllowed: action.allowed };
    case 'recording':
      return { ...state, recording: action.recording };
    default:
      return assertNever(action);
  }
}

function withSignaling(state: RoomState, signaling: SignalingState): RoomState {
  const same = state.signaling.phase === signaling.phase && whyOf(state.signaling) === whyOf(signaling);
  return same || state.signaling.phase === 'ended' ? state : { ...state, signaling };
}

function whyOf(signaling: SignalingState): RetryReason | null {
  return signaling.phase === 'retrying' ? signaling.why : null;
}

function withParticipants(
  state: RoomState,
  selfIn: boolean,
  views: readonly Omit<ParticipantState, 'shortId'>[],
): RoomState {
  const participants = views.map((view) => {
    const next: ParticipantState = { ...view, shortId: shortIdOf(view.id) };
    const before = state.participants.find(({ id }) => id === view.id);
    return before !== undefined && isSameParticipant(before, next) ? before : next;
  });
  const call = state.call === 'out' ? 'out' : selfIn ? 'joined' : 'joining';
  const same =
    call === state.call &&
    participants.length === state.participants.length &&
    participants.every((participant, index) => participant === state.participants[index]);
  const door = call === 'joined' ? null : state.door;
  return same ? state : { ...state, call, door, participants };
}

function sameFields(a: AudioState, b: AudioState): boolean {
  return (Object.keys(a) as (keyof AudioState)[]).every((key) => a[key] === b[key]);
}

/** What is an object has to be the same one, the peer's state apart: it is made anew each time. */
function isSameParticipant(a: ParticipantState, b: ParticipantState): boolean {
  const keys = Object.keys(a) as (keyof ParticipantState)[];
  return keys.every((key) => key === 'peer' || a[key] === b[key]) && isSamePeer(a.peer, b.peer);
}

function isSamePeer(a: PeerState, b: PeerState): boolean {
  if (a.phase === 'failed' && b.phase === 'failed') return a.reason === b.reason;
  return a.phase === b.phase;
}
