/** Owns what the page shows: one immutable state, changed only by the reducer. */

/** The way to the host's computer. */
export type ConnectionState =
  | { readonly phase: 'connecting' }
  | { readonly phase: 'online' }
  /** Was online or never got there; trying again by itself. Voice between people goes on meanwhile. */
  | { readonly phase: 'retrying' }
  /** Over for this page; nothing is tried any more. */
  | { readonly phase: 'ended'; readonly reason: EndReason };

export type EndReason =
  | 'host-ended'
  | 'kicked'
  | 'link-refused'
  | 'browser-only'
  | 'replaced'
  | 'version'
  | 'server-broken';

/** Why a link to one person was ended for good. */
export type LinkFailure = 'box-refused' | 'version' | 'fingerprint' | 'code' | 'different' | 'exhausted';

/** The voice connection with one person. */
export type LinkState =
  /** No connection is made: too many people for one page. */
  | { readonly phase: 'waiting' }
  | { readonly phase: 'connecting' }
  | { readonly phase: 'connected' }
  /** Was connected; being repaired. */
  | { readonly phase: 'lost' }
  | { readonly phase: 'failed'; readonly reason: LinkFailure };

export type TrustState = 'checking' | 'sealed' | 'verified' | 'failed';

export interface ParticipantState {
  /** base64url of the 16-byte id. */
  readonly id: string;
  /** First characters of the id, to tell two people of one name apart. */
  readonly shortId: string;
  readonly name: string | null;
  readonly link: LinkState;
  readonly trust: TrustState;
  /** The verification code, seven indices into the table of emoji; null while it may not be shown. */
  readonly code: readonly number[] | null;
  /** Boxes that did not open since the link was sealed: someone tampers with the connection. */
  readonly tamperedBoxes: number;
  /** Not heard here, by one's own choice. */
  readonly mutedHere: boolean;
}

export type MicrophoneState =
  | { readonly phase: 'off' }
  | { readonly phase: 'asking' }
  | { readonly phase: 'live'; readonly muted: boolean }
  /** One listens only. */
  | { readonly phase: 'none'; readonly reason: MicrophoneProblem };

export type MicrophoneProblem = 'denied' | 'absent' | 'busy' | 'failed';

export interface RoomState {
  readonly connection: ConnectionState;
  readonly call: 'out' | 'joining' | 'joined';
  /** The last try to join met a full room and the person has not dismissed it. */
  readonly full: boolean;
  /** Whether a place is free now, as far as the roster tells. */
  readonly placeFree: boolean;
  /** 0 until the server has told it. */
  readonly capacity: number;
  readonly self: { readonly id: string; readonly shortId: string; readonly name: string };
  readonly microphone: MicrophoneState;
  /** The others who are in, in order of joining. */
  readonly participants: readonly ParticipantState[];
  /** A remote voice waits for a tap before the browser plays it. */
  readonly soundBlocked: boolean;
}
