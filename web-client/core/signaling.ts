/** Owns the way to the host's computer over all its sockets: tries again, tries elsewhere, and knows when it is over. */

import type { Disposable } from '../../main/common/lifecycle.ts';
import type { Logger } from '../../main/common/logger.ts';
import type { ClockMs, TimerHandle, TimersLike } from '../../main/common/platform.ts';
import type { ClientMessage } from '../../main/common/protocol/messages.ts';
import { createBackoff, type RetryPolicy } from '../../main/common/retry-policy.ts';
import type { SocketLike, StorageLike } from './browser-api.ts';
import { ResumeToken } from './resume-token.ts';
import type { EndReason } from './room-state.ts';
import {
  type ConnectionEnd,
  type HelloMessage,
  type Prover,
  type RoomMessage,
  ServerConnection,
} from './server-connection.ts';
import { ServerOrigins } from './server-origins.ts';

/** The first tries come fast: most gaps are a tunnel or a phone changing its address. */
const RETRY_STEPS_MS: readonly number[] = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000];
const RETRY_JITTER = 0.5;
/** A socket that held this long was a good one: the next loss starts the retries anew. */
const STABLE_MS = 5_000;
/** Sockets in a row that ended because one side does not understand the other. */
const BROKEN_MAX = 3;

export interface SignalingHandler {
  onHello(hello: HelloMessage): void;
  onMessage(message: RoomMessage): void;
  /** The socket is lost; it is being tried again. */
  onOffline(): void;
  /** Nothing is tried any more. */
  onEnded(reason: EndReason): void;
}

export interface SignalingOptions {
  /** `https://name[:port]` */
  readonly origin: string;
  /** Who this page is; called for each socket, answered by the same keys. */
  readonly prover: () => Promise<Prover>;
  readonly createSocket: (url: string) => SocketLike;
  readonly storage: StorageLike;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly random: () => number;
  readonly logger: Logger;
}

export class Signaling implements Disposable {
  readonly #options: SignalingOptions;
  readonly #handler: SignalingHandler;
  readonly #origins: ServerOrigins;
  readonly #resume: ResumeToken;
  readonly #backoff: RetryPolicy;
  #connection: ServerConnection | null = null;
  #retryTimer: TimerHandle | null = null;
  #attempt = 0;
  #brokenInRow = 0;
  /** null while offline, and when the last socket never got as far as `hello`. */
  #onlineSinceMs: number | null = null;
  #over = false;

  constructor(options: SignalingOptions, handler: SignalingHandler) {
    this.#options = options;
    this.#handler = handler;
    this.#origins = new ServerOrigins(options.origin);
    this.#resume = new ResumeToken(options.storage);
    this.#backoff = createBackoff({ stepsMs: RETRY_STEPS_MS, jitter: RETRY_JITTER, random: options.random });
  }

  get online(): boolean {
    return this.#connection?.online ?? false;
  }

  start(): void {
    if (this.#over || this.#connection !== null) return;
    this.#cancelRetry();
    this.#connection = new ServerConnection(
      {
        socket: this.#options.createSocket(this.#origins.nextSocketUrl()),
        prover: this.#options.prover(),
        resume: () => this.#resume.read(),
        clock: this.#options.clock,
        timers: this.#options.timers,
      },
      {
        onHello: (hello) => this.#handleHello(hello),
        onMessage: (message) => this.#handler.onMessage(message),
        onEnd: (end) => this.#handleEnd(end),
      },
    );
  }

  /** The network came back or the computer woke: no waiting, and no trust in a socket that only looks open. */
  wake(): void {
    if (this.#connection !== null) this.#connection.probe();
    else if (this.#retryTimer !== null) this.start();
  }

  /** One more origin to try while the own one is down; false unless it is new and may be one. */
  addOrigin(url: string): boolean {
    return this.#origins.add(url);
  }

  /** Dropped while offline. */
  send(message: ClientMessage): void {
    this.#connection?.send(message);
  }

  dispose(): void {
    this.#over = true;
    this.#cancelRetry();
    this.#connection?.dispose();
    this.#connection = null;
  }

  #handleHello(hello: HelloMessage): void {
    this.#options.logger.info('signaling-online', { attempt: this.#attempt });
    this.#onlineSinceMs = this.#options.clock();
    this.#brokenInRow = 0;
    this.#origins.restart();
    this.#resume.keep(hello.resume);
    this.#handler.onHello(hello);
  }

  #handleEnd(end: ConnectionEnd): void {
    this.#connection = null;
    this.#options.logger.info('signaling-lost', { end: end.kind });
    this.#brokenInRow = end.kind === 'broken' ? this.#brokenInRow + 1 : 0;
    if (end.kind === 'final') this.#endFor(end.reason);
    else if (this.#brokenInRow >= BROKEN_MAX) this.#endFor('server-broken');
    else {
      this.#scheduleRetry();
      this.#handler.onOffline();
    }
  }

  #scheduleRetry(): void {
    const onlineMs = this.#onlineSinceMs === null ? 0 : this.#options.clock() - this.#onlineSinceMs;
    this.#onlineSinceMs = null;
    this.#attempt = onlineMs >= STABLE_MS ? 1 : this.#attempt + 1;
    const delayMs = this.#backoff.nextDelayMs(this.#attempt) ?? 0;
    this.#retryTimer = this.#options.timers.setTimeout(() => this.start(), delayMs);
  }

  #endFor(reason: EndReason): void {
    this.#over = true;
    if (reason === 'kicked' || reason === 'host-ended') this.#resume.forget();
    this.#handler.onEnded(reason);
  }

  #cancelRetry(): void {
    if (this.#retryTimer !== null) this.#options.timers.clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
  }
}
