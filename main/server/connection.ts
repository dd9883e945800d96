/** Owns one WebSocket: its rate limit, the messages out, signs of life, back-pressure, and its end. */

import type { Duplex } from 'node:stream';
import type { RawData, WebSocket } from 'ws';
import type { ClockMs } from '../common/platform.ts';
import { formatServerMessage, parseClientMessage } from '../common/protocol/codec.ts';
import {
  BUFFERED_MAX_BYTES,
  HEARTBEAT_MISSES_MAX,
  MESSAGES_BURST,
  MESSAGES_PER_SECOND,
  PROTOCOL_VERSIONS,
} from '../common/protocol/limits.ts';
import { CLOSE_CODES, type ClientMessage, type ServerMessage } from '../common/protocol/messages.ts';
import { type RateLimit, TokenBucket } from '../common/timing/token-bucket.ts';
import type { CloseReason, SocketId } from '../room/room-events.ts';
import type { HostSocketSecrets } from './host-key.ts';

const MESSAGE_LIMIT: RateLimit = { perSecond: MESSAGES_PER_SECOND, burst: MESSAGES_BURST };

/** RFC 6455, section 7.4.1. */
const CLOSE_CODE_DONE = 1000;

/** Stands for a frame that is no text, and so no message. */
const NO_TEXT = Buffer.alloc(0);

export type EndCause =
  /** Closed from here, for this reason. */
  | CloseReason
  /** Ended by its page on purpose. */
  | 'goodbye'
  /** Broken off, or silent for too long. */
  | 'lost'
  /** Does not take what is sent to it. */
  | 'not-reading'
  /** No proper WebSocket frames, or too large. */
  | 'bad-frame';

/** Gets a connection's events. */
export interface ConnectionOwner {
  handleMessage(connection: Connection, message: ClientMessage): void;
  /** The other side showed that it lives. */
  handleAlive(connection: Connection): void;
  /** Nothing came for a whole heartbeat. */
  handleSilence(connection: Connection): void;
  /** The last event; the socket itself may take a moment to close. */
  handleEnd(connection: Connection, cause: EndCause): void;
}

/** Around an open socket whose server limits frame sizes and the time a close may take. */
export class Connection {
  readonly id: SocketId;
  /** What the socket writes to. */
  readonly stream: Duplex;
  readonly #socket: WebSocket;
  readonly #owner: ConnectionOwner;
  readonly #clock: ClockMs;
  readonly #bucket: TokenBucket;
  /** Set once the host has proven itself to this page. */
  #secrets: HostSocketSecrets | null = null;
  #ended = false;
  #corked = false;
  #missedBeats = 0;

  constructor(id: SocketId, socket: WebSocket, stream: Duplex, owner: ConnectionOwner, clock: ClockMs) {
    this.id = id;
    this.#socket = socket;
    this.stream = stream;
    this.#owner = owner;
    this.#clock = clock;
    this.#bucket = new TokenBucket(MESSAGE_LIMIT, clock());
  }

  /**
   * From now on the host proves all it says itself (boxes are proven by who sealed them, signs of life by nobody), and
   * nothing is taken of the page that it does not prove.
   */
  proveWith(secrets: HostSocketSecrets): void {
    this.#secrets = secrets;
  }

  /** The page has said its last word. */
  closeAfterGoodbye(): void {
    if (this.#ended) return;
    this.#socket.close(CLOSE_CODE_DONE);
    this.#end('goodbye');
  }

  send(message: ServerMessage): void {
    this.sendText(formatServerMessage(message), isProvable(message));
  }

  /** As `send`, for a text that goes to many. Whoever does not read is cut off. */
  sendText(text: string, provable: boolean): void {
    if (this.#ended) return;
    this.#cork();
    this.#socket.send(provable && this.#secrets ? this.#secrets.prove(text) : text);
    if (this.#socket.bufferedAmount > BUFFERED_MAX_BYTES) this.#terminate('not-reading');
  }

  /** Says why and closes. */
  close(reason: CloseReason, farewell = farewellOf(reason)): void {
    if (this.#ended) return;
    this.send(farewell);
    this.#socket.close(CLOSE_CODES[reason], reason);
    this.#end(reason);
  }

  /** Asks for a sign of life; the owner hears of it. */
  probe(): void {
    if (!this.#ended) this.#socket.ping();
  }

  /** Ends it at once, as one that is silent. */
  cut(): void {
    this.#terminate('lost');
  }

  /** To be called at every heartbeat. */
  beat(): void {
    if (this.#missedBeats >= HEARTBEAT_MISSES_MAX) {
      this.#terminate('lost');
      return;
    }
    if (this.#missedBeats++ > 0) this.#owner.handleSilence(this);
    this.probe();
  }

  handleFrame(data: RawData, isBinary: boolean): void {
    if (!this.#takeToken()) return;
    const frame = isBinary || !Buffer.isBuffer(data) ? NO_TEXT : data;
    const text = this.#secrets === null ? frame.toString() : this.#secrets.verify(frame);
    if (text === null) {
      // Somebody on the way said this, or kept something back: the page comes back on another socket.
      this.close('unproven');
      return;
    }
    const parsed = parseClientMessage(text);
    if (parsed.ok) this.#owner.handleMessage(this, parsed.value);
    else this.close('bad-message');
  }

  handlePing(): void {
    this.#takeToken();
  }

  handlePong(): void {
    if (this.#takeToken()) this.#owner.handleAlive(this);
  }

  /** Any frame is a sign of life, and all kinds cost the same, so that none is a way around the limit. */
  #takeToken(): boolean {
    if (this.#ended) return false;
    this.#missedBeats = 0;
    if (this.#bucket.take(this.#clock())) return true;
    this.close('rate-limited');
    return false;
  }

  /** What is sent in one turn leaves in one system call: messages come, and are relayed, in bursts. */
  #cork(): void {
    if (this.#corked) return;
    this.#corked = true;
    this.stream.cork();
    process.nextTick(() => {
      this.#corked = false;
      this.stream.uncork();
    });
  }

  /** The library answers an error with the close code that fits, so there is only to take note. */
  handleError(): void {
    this.#end('bad-frame');
  }

  /** A close code says nothing: whoever is on the way can send one. */
  handleClose(): void {
    this.#end('lost');
  }

  #terminate(cause: EndCause): void {
    this.#socket.terminate();
    this.#end(cause);
  }

  #end(cause: EndCause): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#owner.handleEnd(this, cause);
  }
}

/** Whether a message is the host's own word. */
export function isProvable(message: ServerMessage): boolean {
  return !('box' in message) && message.type !== 'ping' && message.type !== 'pong';
}

/** What is said before a close, whose own code gets lost on some ways through a proxy. */
export function farewellOf(reason: CloseReason): ServerMessage {
  switch (reason) {
    case 'browser-only':
    case 'kicked':
    case 'closed':
      return { type: reason };
    case 'version':
      return { type: reason, versions: PROTOCOL_VERSIONS };
    default:
      return { type: 'error', code: reason };
  }
}
