/** Owns the room's events and deliveries: its whole surface, in plain values. */

import type { CommandResult, RoomCommand } from '../common/host-api/commands.ts';
import type { CLOSE_CODES, ClientMessage, IceServer, ServerMessage } from '../common/protocol/messages.ts';

/** Stands for one open socket; never used twice. */
export type SocketId = number;

/** Stands for the token of one link; never used twice. */
export type LinkId = number;

/** How long a link lets people in. */
export type LinkTerms =
  /** The room's own, exactly one at a time: until the next one. */
  | { readonly kind: 'main' }
  /** Until somebody has joined with it. */
  | { readonly kind: 'one-time' }
  | { readonly kind: 'expiring'; readonly expiresAtMs: number };

/** Who a proven page says it is; base64url, `id` already computed from the other two. */
export interface Identity {
  readonly id: string;
  readonly key: string;
  readonly fp: string;
}

/** What is asked of whoever has no place; those who are in, or come back to a place of theirs, pass in any case. */
export interface Door {
  /** Nobody new comes in. */
  readonly locked: boolean;
  /** The host lets in each who comes. */
  readonly lobby: boolean;
}

export interface KeptLink {
  readonly id: LinkId;
  /** null: it lets back in whoever came with it, and nobody else. */
  readonly terms: LinkTerms | null;
}

export interface KeptMember extends Identity {
  readonly resume: string;
  /** Every link this person has shown: they end with a removal. */
  readonly links: readonly LinkId[];
  /** The sealed name of who is in. */
  readonly name: string | null;
  readonly hasPlace: boolean;
  /** Comes in without being let in. */
  readonly isLetIn: boolean;
  /** The host's own page in the app. */
  readonly isHost: boolean;
}

/** Nothing of those who were removed: their key, place, resume and links are gone, and so they stay out. */
export interface KeptPlaces {
  /** What the room's clock said, by which links expire. */
  readonly nowMs: number;
  readonly door: Door;
  /** Whether files may be sent. */
  readonly files: boolean;
  readonly links: readonly KeptLink[];
  /** Those who are in first, in order of joining. */
  readonly members: readonly KeptMember[];
}

/** What a page may say to the room: the rest ends at its connection. */
export type RoomMessage = Exclude<
  ClientMessage,
  { readonly type: 'hello' | 'auth' | 'bye' | 'ping' | 'pong' }
>;

export type RoomEvent =
  /** The first, in a room that goes on with what another was left with `awayMs` ago; its links' tokens are known again. */
  | { readonly type: 'resumed'; readonly kept: KeptPlaces; readonly awayMs: number }
  /** What the host wants done; it gets one `answer`. */
  | { readonly type: 'command'; readonly command: RoomCommand }
  /** The host has other servers from now on, or wants addresses hidden, or not any more. */
  | { readonly type: 'servers'; readonly servers: RoomServers }
  /** The host's own page is about to come, and brings this `resume`, which counts in the place of one drawn before. */
  | { readonly type: 'host-expected'; readonly resume: string }
  /** A socket proved that it has a link that the room has not told to forget. */
  | {
      readonly type: 'entered';
      readonly socket: SocketId;
      readonly link: LinkId;
      readonly identity: Identity;
      readonly resume: string | null;
    }
  | { readonly type: 'message'; readonly socket: SocketId; readonly message: RoomMessage }
  /** A socket is no more; `goodbye` if its page closed it on purpose. */
  | { readonly type: 'gone'; readonly socket: SocketId; readonly goodbye: boolean }
  /** A socket answered its probe. */
  | { readonly type: 'alive'; readonly socket: SocketId }
  /** A socket did not answer for a whole heartbeat. */
  | { readonly type: 'silent'; readonly socket: SocketId }
  /** Time has passed; due no later than `nextDeadlineMs()`. */
  | { readonly type: 'tick' };

/** A box for somebody: by far the most events are, and they change nothing in the room. */
export interface BoxEvent {
  readonly type: 'message';
  readonly socket: SocketId;
  readonly message: Extract<RoomMessage, { readonly to: string }>;
}

export function isBox(event: RoomEvent): event is BoxEvent {
  return event.type === 'message' && 'to' in event.message;
}

/** Why a socket is closed, by the name of its close code. */
export type CloseReason = keyof typeof CLOSE_CODES;

export type Delivery =
  | { readonly type: 'send'; readonly to: readonly SocketId[]; readonly message: ServerMessage }
  /** Tells the page why, then closes. The room has already forgotten the socket. */
  | { readonly type: 'close'; readonly socket: SocketId; readonly reason: CloseReason }
  /** Ends a socket that shows no life, without a word. */
  | { readonly type: 'cut'; readonly socket: SocketId }
  /** Asks for an `alive` event as soon as the socket shows life. */
  | { readonly type: 'probe'; readonly socket: SocketId }
  /** What came of the host's command. */
  | { readonly type: 'answer'; readonly result: CommandResult }
  /** The link opens for nobody any more: its token is to be dropped. */
  | { readonly type: 'forget'; readonly link: LinkId };

/** TURN servers, which want credentials. */
export interface TurnAccess {
  /** How long after it was told them a page needs others; null: never. */
  readonly renewAfterMs: number | null;
  /** Makes a name for one more guest. Each call of what it returns is good for as long as credentials are. */
  readonly newGuest: () => () => readonly IceServer[];
}

/** What the pages are to be connected by. */
export interface RoomServers {
  /** Told to every page. */
  readonly iceServers: readonly IceServer[];
  /** Told to those who are in; null where there are none. */
  readonly turn: TurnAccess | null;
  /** Whether the pages are to go by relays alone, and tell no other address. */
  readonly relayOnly: boolean;
}

export interface RoomOptions extends RoomServers {
  /** People in the room. */
  readonly capacity: number;
  /** Whether the host lets in each who comes, from the start. */
  readonly lobby: boolean;
  /** Whether files may be sent, from the start. */
  readonly files: boolean;
  /** 32 random bytes as base64url, new at each call. */
  readonly newResume: () => string;
  /** One more link, whose token is known from now on until the room has it forgotten. */
  readonly newLink: () => LinkId;
}
