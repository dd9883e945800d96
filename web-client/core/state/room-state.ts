/** Owns RoomState, all that the page shows: immutable, changed only by the reducer. */

import type { PeerFailureCode } from '../../../main/common/e2ee/pair-state.ts';
import type { ConnectionQuality } from '../stats/connection-quality.ts';
import type { AudioState, MicrophoneState, VolumeReach } from './audio-state.ts';
import type { ChatMessage } from './chat-state.ts';
import type { ConnectDiagnosis, ConnectObstacle } from './connect-diagnosis.ts';
import type { FileTransfer } from './files-state.ts';
import type { RecordingState } from './recording-state.ts';

/** The connection to the host's server, over all its WebSockets. */
export type SignalingState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'online' }
  /** Was online or never got there; trying again by itself. Voice between people goes on meanwhile. */
  | { readonly phase: 'retrying'; readonly why: RetryReason }
  /** The server closed it in favour of other onlookers; connects again for who wants to join. */
  | { readonly phase: 'standby' }
  /** Over for this page; nothing is tried any more. */
  | { readonly phase: 'ended'; readonly reason: EndReason };

export type RetryReason =
  | 'no-answer'
  /** The host answers, but something on the way lets no WebSocket through. */
  | 'blocked'
  /** Who answers there does not know this call, which goes on: the host has opened another room, perhaps. */
  | 'another-room'
  | 'no-network';

export type EndReason =
  | 'host-ended'
  | 'kicked'
  | 'link-refused'
  | 'browser-only'
  | 'replaced'
  /** The two speak no version in common; this page, or the host's program, is to be updated. */
  | 'version-old-page'
  | 'version-old-host'
  | 'server-broken';

/** The peer connection with one participant. */
export type PeerState =
  /** No connection is made: too many people for one page. */
  | { readonly phase: 'waiting' }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'connected' }
  /** Was connected; being repaired. */
  | { readonly phase: 'lost' }
  | { readonly phase: 'failed'; readonly reason: PeerFailureCode };

export type TrustState = 'checking' | 'sealed' | 'verified' | 'failed';

/** An emoji somebody showed to all; `serial` tells two of the same apart. */
export interface QuickReaction {
  readonly emoji: string;
  readonly serial: number;
}

/** The microphone state that a participant announces; it is believed for what is shown, and for nothing else. */
export type RemoteMicrophone = 'open' | 'muted' | 'none';

export interface ParticipantState {
  /** base64url of the 16-byte id. */
  readonly id: string;
  /** First characters of the id, to tell two people of one name apart. */
  readonly shortId: string;
  readonly name: string | null;
  readonly peer: PeerState;
  readonly trust: TrustState;
  /** The verification code, seven indices into the table of emoji; null while it may not be shown. */
  readonly code: readonly number[] | null;
  /** There will be no code: one of the two pages has shown too many, and has to be loaded anew. */
  readonly codeless: boolean;
  /** Why there is no connection yet, or still none again; null for the first seconds. */
  readonly obstacle: ConnectObstacle | null;
  /** What is known of that, for those who help. */
  readonly diagnosis: ConnectDiagnosis | null;
  /** Is here by the word of others, while the host is out of reach. */
  readonly introduced: boolean;
  /** Boxes that did not open since the pair was sealed: someone tampers with the connection. */
  readonly tamperedBoxes: number;
  /** Muted here, by one's own choice. */
  readonly mutedHere: boolean;
  /** Playback volume here: 0 to 2, and 1 is as it came. */
  readonly volume: number;
  readonly volumeReach: VolumeReach;
  readonly speaking: boolean;
  /** null until announced. */
  readonly microphone: RemoteMicrophone | null;
  readonly handUp: boolean;
  /** Shown for a few seconds. */
  readonly reaction: QuickReaction | null;
  /** null until measured, and while not connected. */
  readonly quality: ConnectionQuality | null;
}

export interface SelfState
  extends Pick<ParticipantState, 'id' | 'shortId' | 'speaking' | 'handUp' | 'reaction'> {
  readonly name: string;
}

/** What the server said to one who wants to come in where not everybody may: wait for the host, or not now. */
export type DoorAnswer = 'waiting' | 'refused' | 'locked';

/** The TURN servers that the host told: those who are in are told them. `only`: by these alone, for all who are in. */
export type RelayOffer = 'none' | 'some' | 'only';

export interface RoomState {
  readonly signaling: SignalingState;
  readonly call: 'out' | 'joining' | 'joined';
  /** The page was loaded anew in this call. */
  readonly returned: boolean;
  /** Those who are in would take another load of this page back in, without the host. */
  readonly wayBack: boolean;
  /** The last try to join met a full room and the person has not dismissed it. */
  readonly full: boolean;
  /** Of the last try to join; null once one is in, or where nothing keeps one out. */
  readonly door: DoorAnswer | null;
  /** The last try to join failed, for the code of the call did not come. */
  readonly callMissing: boolean;
  /** Whether a place is free now, as far as the roster tells. */
  readonly placeFree: boolean;
  /** 0 until the server has sent it. */
  readonly capacity: number;
  /** How many others have a place, as far as the roster tells; who they are, the code of the call finds out. */
  readonly others: number;
  readonly self: SelfState;
  readonly microphone: MicrophoneState;
  readonly audio: AudioState;
  /** The others who are in, in order of joining. */
  readonly participants: readonly ParticipantState[];
  /** First to last; kept for the page load, over Leave and Join. */
  readonly chat: readonly ChatMessage[];
  /** A remote voice waits for a tap before the browser plays it. */
  readonly soundBlocked: boolean;
  readonly relays: RelayOffer;
  /** First to last; what has ended stays until it is dismissed. */
  readonly files: readonly FileTransfer[];
  /** By the host's switch. */
  readonly filesAllowed: boolean;
  /** null while nobody had to do with one. */
  readonly recording: RecordingState | null;
}
