/** Owns one connection to the server, a WebSocket from opening to close: hello, both proofs, then messages. */

import { toBase64Url } from '../../../main/common/bytes.ts';
import type { PublicIdentity } from '../../../main/common/e2ee/identity.ts';
import type { Challenge, ProvenHost, SocketOpening } from '../../../main/common/e2ee/socket-opening.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { parseServerMessage } from '../../../main/common/protocol/codec.ts';
import {
  CLOSE_CODES,
  type ClientMessage,
  type ErrorCode,
  type ServerMessage,
} from '../../../main/common/protocol/messages.ts';
import { highestCommonVersion, isOlder } from '../../../main/common/protocol/versions.ts';
import { SerialQueue } from '../../../main/common/timing/serial-queue.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { SocketLike } from '../browser-api.ts';
import type { EndReason } from '../state/room-state.ts';
import { SendPacer } from './send-pacer.ts';

/** From the constructor to the server's `hello`. The server may ask a former self of this page for 2 s in between. */
export const CONNECT_TIMEOUT_MS = 10_000;

const SOCKET_OPEN = 1;
/** The page goes for good (RFC 6455, section 7.4.1). */
const CLOSE_GOODBYE = 1000;
/** The page gives the socket up and comes back: its place is kept. */
const CLOSE_LOST = 4000;

export type HelloMessage = Extract<ServerMessage, { type: 'hello' }>;
/** What may come after `hello`. */
export type ServerRoomMessage = Exclude<
  ServerMessage,
  {
    type:
      | 'challenge'
      | 'hello'
      | 'error'
      | 'ping'
      | 'pong'
      | 'browser-only'
      | 'version'
      | 'kicked'
      | 'closed';
  }
>;

/** How a socket ended. */
export type ConnectionEnd =
  | { readonly kind: 'lost' }
  /** Too many have the page open and are not in the call. */
  | { readonly kind: 'crowded' }
  /** The other end does not speak the protocol, is not the room's host, or said that this page does not speak it. */
  | { readonly kind: 'broken' }
  /** It is over, as the host says (`proven`), or somebody on the way. */
  | { readonly kind: 'final'; readonly reason: EndReason; readonly proven: boolean };

/** Who this page is, and how it begins a socket to an origin. */
export interface Prover {
  readonly identity: PublicIdentity;
  open(address: string): Promise<Opening>;
}

type Opening = Pick<SocketOpening, 'hello' | 'verifyHost'>;

export interface ServerConnectionHandler {
  /** The room's host, which has this key, lets the page in. */
  onHello(hello: HelloMessage, hostKey: string): void;
  onMessage(message: ServerRoomMessage): void;
  /** Something came, whatever it is. */
  onFrame(): void;
  /** The room's host answers; it is about to take this socket for the page's only one. */
  onProven(): void;
  /** Once, unless `dispose` came first. */
  onEnd(end: ConnectionEnd): void;
}

export interface ServerConnectionOptions {
  readonly socket: SocketLike;
  /** The origin it was opened to. */
  readonly address: string;
  /** Resolves when the page has its keys; the socket opens meanwhile. */
  readonly prover: Promise<Prover>;
  /** The key the room's host has; null while it is not known. */
  readonly hostKey: string | null;
  /** What lets this page back to its place, for the host with this key alone. */
  readonly resume: (hostKey: string) => string | null;
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
  // With no word of which versions the host speaks.
  CLOSE_CODES.version,
]);

export class ServerConnection implements Disposable {
  readonly #options: ServerConnectionOptions;
  readonly #handler: ServerConnectionHandler;
  readonly #pacer: SendPacer;
  readonly #timeout: Timeout;
  #phase: 'opening' | 'greeted' | 'proving' | 'online' | 'ended' = 'opening';
  /** Received frames are handled in order: some have to be verified first, which is asynchronous. */
  readonly #receiving = new SerialQueue();
  readonly #sending = new SerialQueue();
  #opening: Opening | null = null;
  #host: ProvenHost | null = null;
  #ownId: string | null = null;
  /** The last error before the close: the close code can get lost on the way, and cannot be proven. */
  #lastError: { readonly code: ErrorCode; readonly proven: boolean } | null = null;

  constructor(options: ServerConnectionOptions, handler: ServerConnectionHandler) {
    this.#options = options;
    this.#handler = handler;
    const { socket, clock, timers } = options;
    this.#pacer = new SendPacer({ clock, timers, send: (frame) => this.#sendProven(frame) });
    this.#timeout = new Timeout(timers);
    this.#timeout.set(() => this.lose(), CONNECT_TIMEOUT_MS);
    socket.addEventListener('open', () => this.#enqueue(() => this.#sendHello()));
    socket.addEventListener('message', ({ data }) => this.#receive(data));
    socket.addEventListener('close', ({ code }) =>
      this.#enqueue(async () => this.#finish(this.#meaningOf(code))),
    );
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

  /** Nothing comes by it any more. */
  lose(): void {
    this.#finish({ kind: 'lost' });
  }

  /** Ends it without a word to its owner: another one has taken its place. */
  giveUp(): void {
    this.#close(CLOSE_LOST);
  }

  /** Says goodbye, with no moment to wait: the page may be closing. */
  dispose(): void {
    if (this.online && this.#host) this.#write(this.#host.bye);
    this.#close(CLOSE_GOODBYE);
  }

  /** A step that fails breaks the connection: nothing after it could be trusted, or proven. */
  #enqueue(step: () => Promise<void>, queue = this.#receiving): void {
    queue.run(step).catch(() => this.#finish({ kind: 'broken' }));
  }

  async #sendHello(): Promise<void> {
    const prover = await this.#options.prover;
    const opening = await prover.open(this.#options.address);
    if (this.#phase !== 'opening') return;
    this.#phase = 'greeted';
    this.#ownId = toBase64Url(prover.identity.id);
    this.#opening = opening;
    this.#pacer.push(JSON.stringify(opening.hello));
  }

  #receive(data: unknown): void {
    this.#handler.onFrame();
    const frame = typeof data === 'string' ? data : '';
    this.#enqueue(async () => {
      if (this.#phase === 'ended') return;
      const parsed = parseServerMessage(frame);
      if (parsed.ok) await this.#handleMessage(parsed.value, frame);
      else this.#finish({ kind: 'broken' });
    });
  }

  async #handleMessage(message: ServerMessage, frame: string): Promise<void> {
    switch (message.type) {
      case 'challenge':
        return this.#handleChallenge(message);
      case 'version':
        return this.#handleOtherVersions(message.versions);
      case 'ping':
        return this.send({ type: 'pong' });
      case 'pong':
        return;
      default:
        // A box is proven by who sealed it.
        if (!('box' in message)) this.#handleHostMessage(message, (await this.#host?.verify(frame)) ?? false);
        else if (this.online) this.#handler.onMessage(message);
        else this.#finish({ kind: 'broken' });
    }
  }

  /** Messages that only the host may send. The end is taken from others, too, as unproven; the rest is not. */
  #handleHostMessage(
    message: Exclude<ServerMessage, { type: 'challenge' | 'version' | 'ping' | 'pong' } | { box: string }>,
    proven: boolean,
  ): void {
    if (this.#phase === 'ended') return;
    switch (message.type) {
      case 'error':
        this.#lastError = { code: message.code, proven };
        break;
      case 'browser-only':
        this.#finishFor('browser-only', proven);
        break;
      case 'kicked':
        this.#finishFor('kicked', proven);
        break;
      case 'closed':
        this.#finishFor('host-ended', proven);
        break;
      case 'hello':
        this.#handleHello(message, proven ? this.#host : null);
        break;
      default:
        if (proven && this.online) this.#handler.onMessage(message);
        else this.#finish({ kind: 'broken' });
    }
  }

  /** Nothing of one's own is shown to whoever is not the room's host. */
  async #handleChallenge(challenge: Challenge): Promise<void> {
    const host = this.#phase === 'greeted' ? await this.#opening?.verifyHost(challenge) : null;
    if (this.#phase === 'ended') return;
    const { hostKey } = this.#options;
    if (!host || (hostKey !== null && host.key !== hostKey)) {
      this.#finish({ kind: 'broken' });
      return;
    }
    this.#phase = 'proving';
    this.#host = host;
    this.#handler.onProven();
    const resume = this.#options.resume(host.key);
    const auth: ClientMessage = { type: 'auth', ...(resume === null ? {} : { resume }) };
    this.#pacer.push(JSON.stringify(auth));
  }

  /** The host speaks none of the page's versions, and so has nothing to prove it with. */
  #handleOtherVersions(versions: readonly number[]): void {
    const own = this.#phase === 'greeted' ? this.#opening?.hello.versions : undefined;
    if (own === undefined || highestCommonVersion(own, versions) !== null) this.#finish({ kind: 'broken' });
    else this.#finishFor(isOlder(own, versions) ? 'version-old-page' : 'version-old-host', false);
  }

  /** A hello counts only for the own id: the server has no say in who one is. */
  #handleHello(hello: HelloMessage, host: ProvenHost | null): void {
    if (host === null || this.#phase !== 'proving' || hello.id !== this.#ownId) {
      this.#finish({ kind: 'broken' });
      return;
    }
    this.#phase = 'online';
    this.#timeout.clear();
    this.#handler.onHello(hello, host.key);
  }

  #meaningOf(closeCode: number): ConnectionEnd {
    const { code = null, proven = false } = this.#lastError ?? {};
    const said = code === null ? undefined : CLOSE_CODES[code as keyof typeof CLOSE_CODES];
    for (const known of proven ? [said] : [closeCode, said]) {
      if (known === undefined) continue;
      const reason = FINAL_CLOSES.get(known);
      if (reason !== undefined) return { kind: 'final', reason, proven };
      if (BROKEN_CLOSES.has(known)) return { kind: 'broken' };
      if (known === CLOSE_CODES.crowded) return { kind: 'crowded' };
    }
    return { kind: 'lost' };
  }

  #finishFor(reason: EndReason, proven: boolean): void {
    this.#finish({ kind: 'final', reason, proven });
  }

  #finish(end: ConnectionEnd): void {
    if (this.#phase === 'ended') return;
    this.#close(CLOSE_LOST);
    this.#handler.onEnd(end);
  }

  #close(code: number): void {
    if (this.#phase === 'ended') return;
    this.#phase = 'ended';
    this.#timeout.clear();
    this.#pacer.dispose();
    this.#options.socket.close(code);
  }

  /** Once the host is proven all that is sent carries a proof, made one after another. */
  #sendProven(frame: string): void {
    const host = this.#host;
    if (host === null) {
      this.#write(frame);
      return;
    }
    this.#enqueue(async () => {
      const proven = await host.prove(frame);
      if (this.#phase !== 'ended') this.#write(proven);
    }, this.#sending);
  }

  #write(frame: string): void {
    if (this.#options.socket.readyState === SOCKET_OPEN) this.#options.socket.send(frame);
  }
}
