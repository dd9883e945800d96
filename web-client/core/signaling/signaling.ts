/** Owns signaling with the host's server over all its WebSockets: retries, other origins, and the end. */

import type { RoomLink } from '../../../main/common/e2ee/invite-link.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { Logger } from '../../../main/common/logger.ts';
import type { ClockMs, CryptoLike, TimersLike } from '../../../main/common/platform.ts';
import type { ClientMessage } from '../../../main/common/protocol/messages.ts';
import { createBackoff, type RetryPolicy } from '../../../main/common/timing/retry-policy.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { SocketLike, StorageLike } from '../browser-api.ts';
import type { EndReason } from '../state/room-state.ts';
import { ResumeToken } from './resume-token.ts';
import {
  type ConnectionEnd,
  type HelloMessage,
  type Prover,
  ServerConnection,
  type ServerRoomMessage,
} from './server-connection.ts';
import { ServerOrigins } from './server-origins.ts';
import { SocketTickets } from './socket-tickets.ts';

/** The first tries come fast: most gaps are a tunnel or a phone changing its address. */
const RETRY_STEPS_MS: readonly number[] = [250, 500, 1_000, 1_500, 4_000, 8_000, 15_000];
/** Who is in the call is back within two seconds of the host, which may only be starting again: for so many tries, that is. */
const STEPS_IN_CALL = 4;
const RETRIES_IN_CALL = 120;
const RETRY_JITTER = 0.5;
/** A socket that held this long was a good one: the next loss starts the retries anew. */
const STABLE_MS = 5_000;
/** Sockets in a row that ended because one side does not understand the other. */
const BROKEN_MAX = 3;

/** Why the page is offline: the socket is lost, it looks on only and is one too many, or who answers does not know the call. */
export type OfflineReason = 'lost' | 'crowded' | 'another-room';

export interface SignalingHandler {
  onHello(hello: HelloMessage): void;
  onMessage(message: ServerRoomMessage): void;
  /** Something came by the present socket, whatever it is. */
  onFrame(): void;
  /** It is being tried again, unless `crowded`: then not before the page is to be in the call. */
  onOffline(reason: OfflineReason): void;
  /** Nothing is tried any more. */
  onEnded(reason: EndReason): void;
}

export interface SignalingOptions {
  /** `https://name[:port]` */
  readonly origin: string;
  readonly link: Pick<RoomLink, 'token'>;
  readonly crypto: CryptoLike;
  /** Who this page is; called for each socket, answered by the same keys. */
  readonly prover: () => Promise<Prover>;
  readonly createSocket: (url: string) => SocketLike;
  readonly storage: StorageLike;
  readonly lastingStorage: StorageLike;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly random: () => number;
  readonly logger: Logger;
  /** Whether any peer is still connected: then only the host itself can end the call. */
  readonly hasConnectedPeers: () => boolean;
}

export class Signaling implements Disposable {
  readonly #options: SignalingOptions;
  readonly #handler: SignalingHandler;
  readonly #origins: ServerOrigins;
  readonly #resume: ResumeToken;
  readonly #tickets: SocketTickets;
  readonly #backoff: RetryPolicy;
  #connection: ServerConnection | null = null;
  /** Opened beside one that may be dead: whichever of the two shows first that it lives stays. */
  #rival: ServerConnection | null = null;
  /** The page is to be in the call: being one of too many onlookers is no reason for standby. */
  #wanted = false;
  /** No socket is tried until then. */
  #standby = false;
  /** Where the present or last socket went. */
  #address: string;
  readonly #retry: Timeout;
  #attempt = 0;
  #brokenInRow = 0;
  /** null while offline, and when the last socket never got as far as `hello`. */
  #onlineSinceMs: number | null = null;
  #over = false;

  constructor(options: SignalingOptions, handler: SignalingHandler) {
    this.#options = options;
    this.#retry = new Timeout(options.timers);
    this.#handler = handler;
    this.#address = options.origin;
    this.#origins = new ServerOrigins(options.origin, options.clock);
    this.#tickets = new SocketTickets(options.crypto);
    this.#resume = new ResumeToken([options.storage, options.lastingStorage]);
    this.#backoff = createBackoff({ ...options, stepsMs: RETRY_STEPS_MS, jitter: RETRY_JITTER });
  }

  get online(): boolean {
    return this.#connection?.online ?? false;
  }

  start(): void {
    const { token } = this.#options.link;
    const resume = this.#resume.peek();
    const made = [
      this.#tickets.setToken(token),
      ...(resume === null ? [] : [this.#tickets.setResume(resume)]),
    ];
    // Without a ticket the page waits among strangers.
    void Promise.allSettled(made).then(() => this.#connect());
  }

  #connect(): void {
    if (this.#over || this.#connection !== null) return;
    this.#retry.clear();
    this.#address = this.#origins.next();
    this.#connection = this.#open();
  }

  #open(): ServerConnection {
    const address = this.#address;
    const query = this.#tickets.queryAt(this.#origins.isOwn(address));
    const connection: ServerConnection = new ServerConnection(
      {
        socket: this.#options.createSocket(`${address.replace(/^http/, 'ws')}/ws${query}`),
        address,
        prover: this.#options.prover(),
        hostKey: this.#resume.hostKey,
        resume: (hostKey) => this.#resume.read(hostKey),
        clock: this.#options.clock,
        timers: this.#options.timers,
      },
      {
        onHello: (hello, hostKey) => this.#handleHello(hello, hostKey),
        onMessage: (message) => this.#handler.onMessage(message),
        onFrame: () => {
          if (connection === this.#connection) this.#handler.onFrame();
        },
        onProven: () => this.#prefer(connection),
        onEnd: (end) => (connection === this.#rival ? this.#setRival(null) : this.#handleEnd(end)),
      },
    );
    return connection;
  }

  #setRival(rival: ServerConnection | null): void {
    if (rival !== this.#rival) this.#rival?.giveUp();
    this.#rival = rival;
  }

  /** From here on the server takes the other one for replaced. */
  #prefer(connection: ServerConnection): void {
    const other = connection === this.#rival ? this.#connection : this.#rival;
    this.#connection = connection;
    this.#rival = null;
    other?.giveUp();
  }

  /** The network changed or the computer woke: no waiting, and no trust in a socket that only looks open. */
  wake(): void {
    this.doubt(false);
    this.doubt(true);
  }

  /** The socket may be dead, or (false) is alive after all. */
  doubt(doubted: boolean): void {
    if (!doubted) this.#setRival(null);
    else if (this.#connection !== null) this.#setRival(this.#rival ?? this.#open());
    else if (this.#retry.pending) this.#connect();
  }

  /** Nothing comes by the socket any more. */
  lose(): void {
    this.#connection?.lose();
  }

  /** The host says where it is to be found; false for what may be no origin. */
  addOriginOfHost(url: string): boolean {
    return this.#origins.addOfHost(url);
  }

  /** Somebody in the room says where else the host is to be found. */
  addOriginOfGuest(id: string, url: string): void {
    this.#origins.addOfGuest(id, url);
  }

  /** The page is to be in the call; whether that can be said to the host now. */
  want(): boolean {
    this.#wanted = true;
    if (this.#standby) this.#connect();
    this.#standby = false;
    return this.online;
  }

  /** Dropped while offline. */
  send(message: ClientMessage): void {
    if (message.type === 'leave') this.#wanted = false;
    this.#connection?.send(message);
  }

  dispose(): void {
    this.#over = true;
    this.#retry.clear();
    this.#setRival(null);
    this.#connection?.dispose();
    this.#connection = null;
  }

  #handleHello(hello: HelloMessage, hostKey: string): void {
    this.#options.logger.info('signaling-online', { attempt: this.#attempt });
    this.#onlineSinceMs = this.#options.clock();
    this.#brokenInRow = 0;
    this.#origins.addOfHost(this.#address);
    this.#origins.restart();
    this.#resume.keep(hello.resume, hostKey);
    void this.#tickets.setResume(hello.resume);
    this.#handler.onHello(hello);
  }

  #handleEnd(end: ConnectionEnd): void {
    this.#connection = this.#rival;
    this.#rival = null;
    this.#options.logger.info('signaling-lost', { end: end.kind });
    const reason = this.#reasonToEnd(end);
    this.#standby = end.kind === 'crowded' && !this.#wanted;
    if (reason !== null) {
      this.#endFor(reason);
    } else {
      if (!this.#standby) this.#scheduleRetry();
      this.#handler.onOffline(this.#offlineReason(end));
    }
  }

  #offlineReason(end: ConnectionEnd): OfflineReason {
    if (this.#standby) return 'crowded';
    const isRefusal = end.kind === 'final' && end.reason === 'link-refused';
    return isRefusal && this.#origins.isOwn(this.#address) ? 'another-room' : 'lost';
  }

  /**
   * Only the host's own word counts while a peer is connected. Without one the page believes whoever answers at its own address,
   * for it cannot know better; never a server that it was sent to by a hint.
   */
  #reasonToEnd(end: ConnectionEnd): EndReason | null {
    if (end.kind === 'final' && end.proven) return end.reason;
    const wasGood = end.kind === 'lost' || end.kind === 'crowded';
    if (!this.#origins.isOwn(this.#address)) {
      if (!wasGood) this.#origins.drop(this.#address);
      return null;
    }
    this.#brokenInRow = end.kind === 'broken' ? this.#brokenInRow + 1 : 0;
    if (wasGood || this.#options.hasConnectedPeers()) return null;
    if (end.kind === 'final') return end.reason;
    return this.#brokenInRow >= BROKEN_MAX ? 'server-broken' : null;
  }

  #scheduleRetry(): void {
    const onlineMs = this.#onlineSinceMs === null ? 0 : this.#options.clock() - this.#onlineSinceMs;
    this.#onlineSinceMs = null;
    this.#attempt = onlineMs >= STABLE_MS ? 1 : this.#attempt + 1;
    const inCall = this.#wanted && this.#attempt < RETRIES_IN_CALL;
    const step = inCall ? Math.min(this.#attempt, STEPS_IN_CALL) : this.#attempt;
    this.#retry.set(() => this.#connect(), this.#backoff.nextDelayMs(step) ?? 0);
  }

  #endFor(reason: EndReason): void {
    this.dispose();
    if (reason === 'kicked' || reason === 'host-ended') this.#resume.forget();
    this.#handler.onEnded(reason);
  }
}
