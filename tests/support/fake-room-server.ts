/** Owns a host for pages under test: the real room behind fake sockets, with a server that can be made to misbehave. */

import { fromBase64Url, toBase64Url } from '../../main/common/bytes.ts';
import type { ClockMs, CryptoLike } from '../../main/common/platform.ts';
import { CLOSE_CODES, type ClientMessage, type ServerMessage } from '../../main/common/protocol/messages.ts';
import { parseClientMessage } from '../../main/common/protocol/parse.ts';
import { createProof } from '../../main/common/sealing/admission.ts';
import { computeId } from '../../main/common/sealing/identity.ts';
import type { RoomLink } from '../../main/common/sealing/link.ts';
import { Room } from '../../main/room/room.ts';
import type { Delivery } from '../../main/room/room-events.ts';
import { FakeSocket } from './fake-socket.ts';
import { randomBytes } from './sealing-tools.ts';

/** The room's only link, as the room knows it. */
const LINK = 1;

/** One socket as the server sees it. */
export interface ServerSide {
  readonly id: number;
  readonly socket: FakeSocket;
  /** base64url; null before the proof. */
  pageId: string | null;
}

export class FakeRoomServer {
  readonly sides: ServerSide[] = [];
  /** Whether new sockets open. */
  up = true;
  /** Changes or swallows (null) what goes to a page. */
  toPage: (message: ServerMessage, side: ServerSide) => ServerMessage | null = (message) => message;
  /** Changes or swallows (null) what comes from a page. */
  fromPage: (message: ClientMessage, side: ServerSide) => ClientMessage | null = (message) => message;
  readonly #link: RoomLink;
  readonly #crypto: CryptoLike;
  readonly #clock: ClockMs;
  readonly #capacity: number;
  #room: Room;

  constructor(link: RoomLink, crypto: CryptoLike, clock: ClockMs, capacity: number) {
    this.#link = link;
    this.#crypto = crypto;
    this.#clock = clock;
    this.#capacity = capacity;
    this.#room = this.#newRoom();
  }

  /** base64url ids of those who are in, in order of joining. */
  get roster(): string[] {
    return this.#room.roster().map(({ id }) => id);
  }

  get open(): ServerSide[] {
    return this.sides.filter(({ socket }) => socket.readyState === 1);
  }

  sideOf(pageId: string): ServerSide {
    const side = this.open.find((candidate) => candidate.pageId === pageId);
    if (side === undefined) throw new Error('the page is not connected');
    return side;
  }

  connect(url: string): FakeSocket {
    const side: ServerSide = { id: this.sides.length + 1, socket: new FakeSocket(url), pageId: null };
    this.sides.push(side);
    queueMicrotask(() => (this.up ? this.#accept(side) : side.socket.drop()));
    return side.socket;
  }

  send(side: ServerSide, message: ServerMessage): void {
    const told = this.toPage(message, side);
    if (told !== null) queueMicrotask(() => side.socket.receive(told));
  }

  /** Connections break without a word. */
  dropAll(): void {
    for (const side of this.open) {
      side.socket.drop(1006);
      this.#perform(this.#room.handle({ type: 'gone', socket: side.id, goodbye: false }, this.#clock()));
    }
  }

  /** The host's program starts again and remembers nobody. */
  restart(): void {
    for (const side of this.open) side.socket.drop(1006);
    this.#room = this.#newRoom();
  }

  /** Time has passed. */
  tick(): void {
    this.#perform(this.#room.handle({ type: 'tick' }, this.#clock()));
  }

  #newRoom(): Room {
    const room = new Room({
      capacity: this.#capacity,
      iceServers: [],
      newResume: () => toBase64Url(randomBytes(32)),
    });
    room.handle({ type: 'invited', link: LINK, terms: { kind: 'main' } }, this.#clock());
    return room;
  }

  #accept(side: ServerSide): void {
    const nonce = randomBytes(32);
    side.socket.onSent = (frame) => void this.#handleFrame(side, frame, nonce);
    side.socket.onClosed = (code) => {
      const goodbye = code === 1000 || code === 1001;
      this.#perform(this.#room.handle({ type: 'gone', socket: side.id, goodbye }, this.#clock()));
    };
    side.socket.open();
    this.send(side, { type: 'challenge', protocol: 1, nonce: toBase64Url(nonce) });
  }

  async #handleFrame(side: ServerSide, frame: string, nonce: Uint8Array<ArrayBuffer>): Promise<void> {
    const parsed = parseClientMessage(frame);
    if (!parsed.ok) throw new Error(`a page sent what no server takes: ${frame.slice(0, 80)}`);
    const message = this.fromPage(parsed.value, side);
    if (message === null) return;
    if (message.type === 'ping') this.send(side, { type: 'pong' });
    else if (message.type === 'auth') {
      const key = fromBase64Url(message.key) ?? randomBytes(65);
      const fp = fromBase64Url(message.fp) ?? randomBytes(32);
      const proof = toBase64Url(await createProof(this.#crypto, this.#link.token, nonce, key, fp));
      if (proof !== message.proof) return side.socket.drop(CLOSE_CODES['auth-failed']);
      side.pageId = toBase64Url(await computeId(this.#crypto, key, fp));
      const identity = { id: side.pageId, key: message.key, fp: message.fp };
      const resume = message.resume ?? null;
      this.#perform(
        this.#room.handle({ type: 'entered', socket: side.id, link: LINK, identity, resume }, this.#clock()),
      );
    } else if (message.type !== 'pong') {
      this.#perform(this.#room.handle({ type: 'message', socket: side.id, message }, this.#clock()));
    }
  }

  #perform(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      if (delivery.type === 'send') for (const id of delivery.to) this.#sendTo(id, delivery.message);
      else if (delivery.type === 'close')
        this.#side(delivery.socket)?.socket.drop(CLOSE_CODES[delivery.reason]);
    }
  }

  #sendTo(id: number, message: ServerMessage): void {
    const side = this.#side(id);
    if (side) this.send(side, message);
  }

  #side(id: number): ServerSide | undefined {
    return this.sides.find((side) => side.id === id);
  }
}
