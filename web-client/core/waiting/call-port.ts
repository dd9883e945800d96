/** Owns the port between the session, which waits for Join, and the call, whose code comes later. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type {
  ClientMessage,
  RosterEntry,
  ServerMessage,
  SignalType,
} from '../../../main/common/protocol/messages.ts';
import type { CallIntents, FileIntents } from '../call-intents.ts';
import type { RoomStore } from '../state/room-store.ts';
import type { MicrophonePort } from './early-microphone.ts';
import type { PageKeys } from './page-keys.ts';

/** What the call takes of the host's first word. */
export type HostHello = Pick<
  Extract<ServerMessage, { readonly type: 'hello' }>,
  'roster' | 'iceServers' | 'relayOnly' | 'files'
>;

/** What the host has to say on how to connect. */
export type ConnectionServers = Pick<HostHello, 'iceServers' | 'relayOnly'>;

/** What the call is told: by the person, and by the server through the session. */
export interface CallPort
  extends Omit<CallIntents, 'dismissFull' | 'prepare' | keyof FileIntents>,
    Disposable {
  /** Takes what is wanted of files. */
  readonly files: FileIntents;
  /** Whether one talks to anybody, or could again without the server. */
  readonly hasConnectedPeers: boolean;
  /** By the button; a key to talk may be held over it. */
  readonly muted: boolean;
  /** The first roster of a new socket. */
  handleHello(hello: HostHello): void;
  handleRoster(roster: readonly RosterEntry[]): void;
  /** The host's servers, as they are from now on, and whether they alone are to lead to anybody. */
  handleIceServers(servers: ConnectionServers): void;
  /** Whether the host lets those inside send files. */
  handleFilesAllowed(allowed: boolean): void;
  handleBox(from: string, type: SignalType, box: string): void;
  /** The host doubts that this person is still there. */
  handleDoubt(id: string): void;
  /** A further address of the host, for those who may have lost it. */
  handleMoved(url: string): void;
  /** The socket is lost. */
  handleOffline(): void;
  /** Something came by the socket. */
  handleFrame(): void;
  /** The network came, went (`offline`) or is another, or the computer woke. */
  wake(offline: boolean): void;
}

/** What the call has of its session. */
export interface CallContext<Certificate> {
  readonly keys: PageKeys<Certificate>;
  readonly room: RoomStore;
  readonly microphone: MicrophonePort;
  /** Dropped while offline. */
  send(message: ClientMessage): void;
  /** The socket may be dead, or (false) is alive after all. */
  doubtHost(doubted: boolean): void;
  /** The socket is dead. */
  loseHost(): void;
  /** Where the host is, as this person says; not checked. */
  onMoved(from: string, url: string): void;
  /** Of the own microphone, 0 to 1. */
  onLevel(level: number): void;
}

/** One call for a session, for as long as that. */
export type OpenCall<Certificate> = (context: CallContext<Certificate>) => CallPort;
