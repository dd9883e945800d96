/** Owns a host for pages under test: the real room behind fake sockets, with a server that can be made to misbehave. */

import { toBase64Url } from '../../../main/common/bytes.ts';
import type { RoomLink } from '../../../main/common/e2ee/invite-link.ts';
import type { RoomCommand } from '../../../main/common/host-api/commands.ts';
import type { ClockMs } from '../../../main/common/platform.ts';
import { formatServerMessage, parseClientMessage } from '../../../main/common/protocol/codec.ts';
import { PROTOCOL_VERSIONS } from '../../../main/common/protocol/limits.ts';
import {
  CLOSE_CODES,
  type ClientMessage,
  type ServerMessage,
} from '../../../main/common/protocol/messages.ts';
import { Room } from '../../../main/room/room.ts';
import type { CloseReason, Delivery, TurnAccess } from '../../../main/room/room-events.ts';
import { farewellOf, isProvable } from '../../../main/server/connection.ts';
import { Handshake } from '../../../main/server/handshake.ts';
import { HostKey, type HostSocketSecrets } from '../../../main/server/host-key.ts';
import { TokenStore } from '../../../main/server/token-store.ts';
import { randomBytes } from '../crypto/e2ee-tools.ts';
import { FakeSocket } from '../wire/fake-socket.ts';

/** One socket as the server sees it. */
export interface ServerSide {
  readonly id: number;
  readonly socket: FakeSocket;
  /** base64url; null before the proof. */
  pageId: string | null;
  /** What the host proves its words with; null before the challenge. */
  secrets: HostSocketSecrets | null;
}

export class FakeRoomServer {
  readonly sides: ServerSide[] = [];
  /** Sides whose browser answers nothing any more. */
  readonly silent = new Set<number>();
  /** Whether new sockets open. */
  up = true;
  /** Changes or swallows (null) what goes to a page. */
  toPage: (message: ServerMessage, side: ServerSide) => ServerMessage | null = (message) => message;
  /** Changes or swallows (null) what comes from a page. */
  fromPage: (message: ClientMessage, side: ServerSide) => ClientMessage | null = (message) => message;
  /** Origins at which the host is, and proves to be. */
  readonly origins: Set<string>;
  /** Those the host speaks. */
  versions = PROTOCOL_VERSIONS;
  /** Of the room that is opened next. */
  turn: TurnAccess | null = null;
  relayOnly = false;
  readonly #invites = new TokenStore();
  /** The room's only link, as the room knows it. */
  readonly #link: number;
  readonly #hostKey = new HostKey();
  readonly #clock: ClockMs;
  readonly #capacity: number;
  #room: Room;

  constructor(link: RoomLink, origin: string, clock: ClockMs, capacity: number) {
    this.origins = new Set([origin]);
    this.#link = this.#invites.add(link.token);
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
    const socket = new FakeSocket(url);
    const side: ServerSide = { id: this.sides.length + 1, socket, pageId: null, secrets: null };
    this.sides.push(side);
    queueMicrotask(() => (this.up ? this.#accept(side) : side.socket.drop()));
    return side.socket;
  }

  send(side: ServerSide, message: ServerMessage): void {
    const told = this.toPage(message, side);
    if (told !== null) this.say(side, told);
  }

  /** As the host says it, whatever it is. */
  say(side: ServerSide, message: ServerMessage): void {
    const text = formatServerMessage(message);
    const frame = side.secrets && isProvable(message) ? side.secrets.prove(text) : text;
    queueMicrotask(() => side.socket.receive(frame));
  }

  /** The host ends this socket. */
  close(side: ServerSide, reason: CloseReason, farewell = farewellOf(reason)): void {
    this.send(side, farewell);
    queueMicrotask(() => side.socket.drop(CLOSE_CODES[reason]));
  }

  /** A connection breaks without a word. */
  drop(side: ServerSide): void {
    side.socket.drop(1006);
    this.#lose(side, false);
  }

  dropAll(): void {
    for (const side of this.open) this.drop(side);
  }

  /** The host's program starts again and remembers nobody. */
  restart(): void {
    for (const side of this.open) side.socket.drop(1006);
    this.#room = this.#newRoom();
  }

  /** What the host wants of the room. */
  command(command: RoomCommand): void {
    this.#perform(this.#room.handle({ type: 'command', command }, this.#clock()));
  }

  /** What pages are to be connected by is another, by `turn` and `relayOnly` as they are now. */
  changeServers(): void {
    const { turn, relayOnly } = this;
    const event = { type: 'servers', servers: { iceServers: [], turn, relayOnly } } as const;
    this.#perform(this.#room.handle(event, this.#clock()));
  }

  /** base64url ids of those who wait to be let in. */
  get waiting(): string[] {
    return this.#room.attendance.waiting.map(({ id }) => id);
  }

  /** Time has passed; the room hears of it when it asked to. */
  tick(): void {
    const dueMs = this.#room.nextDeadlineMs();
    if (dueMs !== null && dueMs <= this.#clock())
      this.#perform(this.#room.handle({ type: 'tick' }, this.#clock()));
  }

  #newRoom(): Room {
    const room = new Room({
      capacity: this.#capacity,
      lobby: false,
      files: true,
      iceServers: [],
      turn: this.turn,
      relayOnly: this.relayOnly,
      newResume: () => toBase64Url(randomBytes(32)),
      newLink: () => this.#link,
    });
    room.handle({ type: 'command', command: { type: 'new-link' } }, this.#clock());
    return room;
  }

  #accept(side: ServerSide): void {
    const gate = { owns: (origin: string) => this.origins.has(origin) };
    const { versions } = this;
    const door = new Handshake({ gate, tokens: this.#invites, hostKey: this.#hostKey, versions });
    side.socket.onSent = (frame) => this.#handleFrame(side, frame, door);
    side.socket.onClosed = () => this.#lose(side, false);
    side.socket.open();
  }

  #handleFrame(side: ServerSide, frame: string, door: Handshake): void {
    const text = side.secrets === null ? frame : side.secrets.verify(Buffer.from(frame));
    if (text === null) {
      this.#end(side, 'unproven');
      return;
    }
    const parsed = parseClientMessage(text);
    if (!parsed.ok) throw new Error(`a page sent what no server takes: ${frame.slice(0, 80)}`);
    const message = this.fromPage(parsed.value, side);
    if (message === null) return;
    if (side.pageId === null) this.#letIn(side, message, door);
    else if (message.type === 'bye') this.#lose(side, true);
    else if (message.type === 'ping') this.send(side, { type: 'pong' });
    else if (message.type !== 'pong' && message.type !== 'hello' && message.type !== 'auth')
      this.#perform(this.#room.handle({ type: 'message', socket: side.id, message }, this.#clock()));
  }

  #end(side: ServerSide, reason: CloseReason): void {
    this.close(side, reason);
    this.#lose(side, false);
  }

  #lose(side: ServerSide, goodbye: boolean): void {
    this.#perform(this.#room.handle({ type: 'gone', socket: side.id, goodbye }, this.#clock()));
  }

  #letIn(side: ServerSide, message: ClientMessage, door: Handshake): void {
    const step = door.handle(message);
    if (step.kind === 'refused') {
      this.close(side, step.reason, step.farewell);
    } else if (step.kind === 'challenged') {
      this.send(side, step.challenge);
      side.secrets = step.secrets;
    } else {
      const { link, identity } = step.provenLink;
      side.pageId = identity.id;
      const entered = { type: 'entered', socket: side.id, link, identity, resume: step.resume } as const;
      this.#perform(this.#room.handle(entered, this.#clock()));
    }
  }

  /** Browsers answer a ping by themselves, as long as they live. */
  #probe({ id, socket }: ServerSide): void {
    queueMicrotask(() => {
      if (socket.readyState === 1 && !this.silent.has(id))
        this.#perform(this.#room.handle({ type: 'alive', socket: id }, this.#clock()));
    });
  }

  #perform(deliveries: readonly Delivery[]): void {
    for (const delivery of deliveries) {
      const side = 'socket' in delivery ? this.#side(delivery.socket) : undefined;
      if (delivery.type === 'send') for (const id of delivery.to) this.#sendTo(id, delivery.message);
      else if (delivery.type === 'close' && side) this.close(side, delivery.reason);
      else if (delivery.type === 'cut' && side) side.socket.drop(1006);
      else if (delivery.type === 'probe' && side) this.#probe(side);
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
