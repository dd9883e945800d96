/** Owns one WebSocket from its opening to its close: challenge, proof, hello, then messages and heartbeat. */

import { type Bytes, fromBase64Url, toBase64Url } from '../../main/common/bytes.ts';
import type { Disposable } from '../../main/common/lifecycle.ts';
import type { ClockMs, TimerHandle, TimersLike } from '../../main/common/platform.ts';
import { PROTOCOL_VERSION } from '../../main/common/protocol/limits.ts';
import {
  CLOSE_CODES,
  type ClientMessage,
  type ErrorCode,
  type ServerMessage,
} from '../../main/common/protocol/messages.ts';
import { parseServerMessage } from '../../main/common/protocol/parse.ts';
import type { PublicIdentity } from '../../main/common/sealing/identity.ts';
import type { SocketLike } from './browser-api.ts';
import { Heartbeat } from './heartbeat.ts';
import { Pacer } from './pacer.ts';
import type { EndReason } from './room-state.ts';

/** From the constructor to `hello`. The server may ask a former self of this page for 2 s in between. */
export const CONNECT_TIMEOUT_MS = 10_000;

const SOCKET_OPEN = 1;
/** The page goes for good: the server frees its place at once (RFC 6455, section 7.4.1). */
const CLOSE_GOODBYE = 1000;
/** The page gives the socket up and comes back: its place is kept. */
const CLOSE_LOST = 4000;

export type HelloMessage = Extract<ServerMessage, { type: 'hello' }>;
/** What may come after `hello`. */
export type RoomMessage = Exclude<
  ServerMessage,
  { type: 'challenge' | 'hello' | 'error' | 'ping' | 'pong' | 'browser-only' | 'kicked' | 'closed' }
>;

/** How a socket ended. `broken`: the other end does not speak the protocol, or said that this page does not. */
export type ConnectionEnd =
  | { readonly kind: 'lost' }
  | { readonly kind: 'broken' }
  | { readonly kind: 'final'; readonly reason: EndReason };

/** Who this page is, and its answer to a challenge. */
export interface Prover {
  readonly identity: PublicIdentity;
  proof(nonce: Bytes): Promise<Bytes>;
}

export interface ServerConnectionHandler {
  onHello(hello: HelloMessage): void;
  onMessage(message: RoomMessage): void;
  /** Once, unless `dispose` came first. */
  onEnd(end: ConnectionEnd): void;
}

export interface ServerConnectionOptions {
  readonly socket: SocketLike;
  /** Resolves when the page has its keys; the socket opens meanwhile. */
  readonly prover: Promise<Prover>;
  readonly resume: () => string | null;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

const FINAL_CLOSES: ReadonlyMap<number, EndReason> = new Map([
  [CLOSE_CODES.closed, 'host-ended'],
  [CLOSE_CODES.kicked, 'kicked'],
  [CLOSE_CODES['auth-failed'], 'link-refused'],
  [CLOSE_CODES['browser-only'], 'browser-only'],
  [CLOSE_CODES.replaced, 'replaced'],
]);
const BROKEN_CLOSES: ReadonlySet<number> = new Set([
  CLOSE_CODES['bad-message'],
  CLOSE_CODES['auth-required'],
]);

export class ServerConnection implements Disposable {
  readonly #options: ServerConnectionOptions;
  readonly #handler: ServerConnectionHandler;
  readonly #pacer: Pacer;
  #heartbeat: Heartbeat | null = null;
  #timeout: TimerHandle | null;
  #phase: 'challenge' | 'proving' | 'online' | 'ended' = 'challenge';
  #ownId: string | null = null;
  /** What the server said before it closed, in case the close code gets lost on the way. */
  #lastError: ErrorCode | null = null;

  constructor(options: ServerConnectionOptions, handler: ServerConnectionHandler) {
    this.#options = options;
    this.#handler = handler;
    const { socket, clock, timers } = options;
    this.#pacer = new Pacer({ clock, timers, send: (frame) => this.#write(frame) });
    this.#timeout = timers.setTimeout(() => this.#finish({ kind: 'lost' }), CONNECT_TIMEOUT_MS);
    socket.addEventListener('message', ({ data }) => this.#handleFrame(data));
    socket.addEventListener('close', ({ code }) => this.#finish(this.#meaningOf(code)));
    // A close event always follows.
    socket.addEventListener('error', () => {});
  }

  get online(): boolean {
    return this.#phase === 'online';
  }

  /** Sends in its turn; what has not gone when the socket ends is dropped. */
  send(message: ClientMessage): void {
    if (this.online) this.#pacer.push(JSON.stringify(message));
  }

  /** Asks whether the socket is alive. */
  probe(): void {
    this.#heartbeat?.probe();
  }

  /** Says goodbye. */
  dispose(): void {
    this.#close(CLOSE_GOODBYE);
  }

  #handleFrame(data: unknown): void {
    if (this.#phase === 'ended') return;
    this.#heartbeat?.heard();
    const parsed = parseServerMessage(typeof data === 'string' ? data : '');
    if (parsed.ok) this.#handleMessage(parsed.value);
    else if (this.#phase === 'challenge' && isOtherVersion(data)) {
      this.#finish({ kind: 'final', reason: 'version' });
    } else {
      this.#finish({ kind: 'broken' });
    }
  }

  #handleMessage(message: ServerMessage): void {
    switch (message.type) {
      case 'challenge':
        this.#handleChallenge(message.nonce);
        break;
      case 'hello':
        this.#handleHello(message);
        break;
      case 'ping':
        this.send({ type: 'pong' });
        break;
      case 'pong':
        break;
      case 'error':
        this.#lastError = message.code;
        break;
      case 'browser-only':
        this.#finish({ kind: 'final', reason: 'browser-only' });
        break;
      case 'kicked':
        this.#finish({ kind: 'final', reason: 'kicked' });
        break;
      case 'closed':
        this.#finish({ kind: 'final', reason: 'host-ended' });
        break;
      default:
        if (this.online) this.#handler.onMessage(message);
        else this.#finish({ kind: 'broken' });
    }
  }

  #handleChallenge(nonce: string): void {
    if (this.#phase !== 'challenge') {
      this.#finish({ kind: 'broken' });
      return;
    }
    this.#phase = 'proving';
    this.#prove(nonce).catch(() => this.#finish({ kind: 'broken' }));
  }

  async #prove(nonceText: string): Promise<void> {
    const nonce = fromBase64Url(nonceText);
    const prover = await this.#options.prover;
    if (nonce === null || this.#phase !== 'proving') return;
    const proof = toBase64Url(await prover.proof(nonce));
    const { id, key, fp } = prover.identity;
    this.#ownId = toBase64Url(id);
    const resume = this.#options.resume();
    const auth: ClientMessage = {
      type: 'auth',
      key: toBase64Url(key),
      fp: toBase64Url(fp),
      proof,
      ...(resume === null ? {} : { resume }),
    };
    if (this.#phase === 'proving') this.#pacer.push(JSON.stringify(auth));
  }

  /** A hello counts only for the own id: the server has no say in who one is. */
  #handleHello(hello: HelloMessage): void {
    if (this.#phase !== 'proving' || hello.id !== this.#ownId) {
      this.#finish({ kind: 'broken' });
      return;
    }
    this.#phase = 'online';
    this.#clearTimeout();
    this.#heartbeat = new Heartbeat({
      clock: this.#options.clock,
      timers: this.#options.timers,
      sendPing: () => this.send({ type: 'ping' }),
      onDead: () => this.#finish({ kind: 'lost' }),
    });
    this.#handler.onHello(hello);
  }

  #meaningOf(code: number): ConnectionEnd {
    const said =
      this.#lastError === null ? undefined : CLOSE_CODES[this.#lastError as keyof typeof CLOSE_CODES];
    for (const known of [code, said]) {
      if (known === undefined) continue;
      const reason = FINAL_CLOSES.get(known);
      if (reason !== undefined) return { kind: 'final', reason };
      if (BROKEN_CLOSES.has(known)) return { kind: 'broken' };
    }
    return { kind: 'lost' };
  }

  #finish(end: ConnectionEnd): void {
    if (this.#phase === 'ended') return;
    this.#close(CLOSE_LOST);
    this.#handler.onEnd(end);
  }

  #close(code: number): void {
    if (this.#phase === 'ended') return;
    this.#phase = 'ended';
    this.#clearTimeout();
    this.#heartbeat?.dispose();
    this.#pacer.dispose();
    this.#options.socket.close(code);
  }

  #clearTimeout(): void {
    if (this.#timeout !== null) this.#options.timers.clearTimeout(this.#timeout);
    this.#timeout = null;
  }

  #write(frame: string): void {
    if (this.#options.socket.readyState === SOCKET_OPEN) this.#options.socket.send(frame);
  }
}

/** Whether a frame that does not parse is the challenge of another version of the protocol. */
function isOtherVersion(frame: unknown): boolean {
  try {
    const value: unknown = JSON.parse(String(frame));
    if (typeof value !== 'object' || value === null || !('type' in value) || !('protocol' in value))
      return false;
    return value.type === 'challenge' && value.protocol !== PROTOCOL_VERSION;
  } catch {
    return false;
  }
}
