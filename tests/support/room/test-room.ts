/** Owns a room under test: events in short words, and what each socket was sent. */

import type { CommandResult, RoomCommand } from '../../../main/common/host-api/commands.ts';
import type { ServerMessage } from '../../../main/common/protocol/messages.ts';
import type { Vouch } from '../../../main/room/doubts.ts';
import { Room } from '../../../main/room/room.ts';
import type {
  CloseReason,
  Delivery,
  Identity,
  LinkId,
  LinkTerms,
  RoomEvent,
  SocketId,
  TurnAccess,
} from '../../../main/room/room-events.ts';

/** The link every room under test begins with. */
export const FIRST_LINK: LinkId = 1;

/** An identity that tests can tell by its letter; the room never looks inside. */
export const identityOf = (letter: string): Identity => ({
  id: `id-${letter}`,
  key: `key-${letter}`,
  fp: `fp-${letter}`,
});

export interface TestRoomOptions {
  /** For one that goes on, and brings its links. */
  readonly isEmpty?: boolean;
  readonly lobby?: boolean;
  readonly turn?: TurnAccess | null;
  readonly files?: boolean;
  readonly relayOnly?: boolean;
}

export class TestRoom {
  readonly subject: Room;
  nowMs = 0;
  lastLink: LinkId = 0;
  #resumes = 0;

  constructor(
    capacity: number,
    { isEmpty = false, lobby = false, files = true, turn = null, relayOnly = false }: TestRoomOptions = {},
  ) {
    this.subject = new Room({
      capacity,
      lobby,
      iceServers: [],
      turn,
      files,
      relayOnly,
      newResume: () => `resume-${++this.#resumes}`,
      newLink: () => ++this.lastLink,
    });
    if (!isEmpty) this.command({ type: 'new-link' });
  }

  handle(event: RoomEvent): Deliveries {
    return new Deliveries(this.subject.handle(event, this.nowMs));
  }

  /** Brings the room's first link unless another is given. */
  enter(
    socket: SocketId,
    letter: string,
    resume: string | null = null,
    link: LinkId = FIRST_LINK,
  ): Deliveries {
    return this.handle({ type: 'entered', socket, link, identity: identityOf(letter), resume });
  }

  name(socket: SocketId, name = `name-${socket}`): Deliveries {
    return this.handle({ type: 'message', socket, message: { type: 'name', name } });
  }

  /** Asks for a place; whoever is doubted for it shows life at once. */
  nameAmongLiving(socket: SocketId): Deliveries {
    return this.answerProbes(this.name(socket));
  }

  /** Shows life on every socket that was asked for it, as browsers do. */
  answerProbes(asked: Deliveries): Deliveries {
    return new Deliveries([...asked.all, ...asked.probed.flatMap((probed) => this.alive(probed).all)]);
  }

  alive(socket: SocketId): Deliveries {
    return this.handle({ type: 'alive', socket });
  }

  silent(socket: SocketId): Deliveries {
    return this.handle({ type: 'silent', socket });
  }

  /** What somebody says of another who is doubted. */
  vouch(socket: SocketId, letter: string, word: Vouch['word']): Deliveries {
    return this.handle({ type: 'message', socket, message: { type: 'vouch', id: `id-${letter}`, word } });
  }

  /** Enters and takes a place, among people who are all there; returns the resume. */
  join(socket: SocketId, letter: string, link: LinkId = FIRST_LINK): string {
    const resume = this.enter(socket, letter, null, link).resumeFor(socket);
    this.nameAmongLiving(socket);
    return resume;
  }

  /** A link that has to be made has one number more than the last. */
  command(command: RoomCommand): Deliveries {
    return this.handle({ type: 'command', command });
  }

  /** Makes a link. */
  invite(terms: LinkTerms): Deliveries {
    if (terms.kind === 'main') return this.command({ type: 'new-link' });
    const request =
      terms.kind === 'one-time' ? terms : { kind: terms.kind, lifetimeMs: terms.expiresAtMs - this.nowMs };
    return this.command({ type: 'invite', request });
  }

  revoke(invitation: LinkId): Deliveries {
    return this.command({ type: 'revoke', invitation });
  }

  remove(letter: string): Deliveries {
    return this.command({ type: 'remove', participant: `id-${letter}` });
  }

  admit(letter: string): Deliveries {
    return this.command({ type: 'admit', participant: `id-${letter}` });
  }

  refuse(letter: string): Deliveries {
    return this.command({ type: 'refuse', participant: `id-${letter}` });
  }

  shutOut(): Deliveries {
    return this.command({ type: 'shut-out' });
  }

  report(socket: SocketId, letter: string): Deliveries {
    return this.handle({ type: 'message', socket, message: { type: 'report', id: `id-${letter}` } });
  }

  box(socket: SocketId, to: string, box = 'sealed'): Deliveries {
    return this.handle({ type: 'message', socket, message: { type: 'chat', to: `id-${to}`, box } });
  }

  leave(socket: SocketId): Deliveries {
    return this.handle({ type: 'message', socket, message: { type: 'leave' } });
  }

  lose(socket: SocketId): Deliveries {
    return this.handle({ type: 'gone', socket, goodbye: false });
  }

  sayGoodbye(socket: SocketId): Deliveries {
    return this.handle({ type: 'gone', socket, goodbye: true });
  }

  tickAfter(passedMs: number): Deliveries {
    this.nowMs += passedMs;
    return this.handle({ type: 'tick' });
  }

  /** Letters of those who are in, in order. */
  get inside(): string {
    return this.subject
      .roster()
      .map(({ id }) => id.replace('id-', ''))
      .join('');
  }

  /** Letters of those who wait to be let in, in order, as the host sees them. */
  get waiting(): string {
    return this.subject.attendance.waiting.map(({ id }) => id.replace('id-', '')).join('');
  }
}

export class Deliveries {
  /** All but the answer to the host. */
  readonly all: readonly Delivery[];
  readonly answers: readonly CommandResult[];

  constructor(all: readonly Delivery[]) {
    this.all = all.filter(({ type }) => type !== 'answer');
    this.answers = all.flatMap((delivery) => (delivery.type === 'answer' ? [delivery.result] : []));
  }

  to(socket: SocketId): readonly ServerMessage[] {
    return this.all.flatMap((delivery) =>
      delivery.type === 'send' && delivery.to.includes(socket) ? [delivery.message] : [],
    );
  }

  typesTo(socket: SocketId): readonly string[] {
    return this.to(socket).map(({ type }) => type);
  }

  get closed(): readonly (readonly [SocketId, CloseReason])[] {
    return this.all.flatMap((delivery) =>
      delivery.type === 'close' ? [[delivery.socket, delivery.reason] as const] : [],
    );
  }

  /** Links whose tokens are to be dropped. */
  get forgotten(): readonly LinkId[] {
    return this.all.flatMap((delivery) => (delivery.type === 'forget' ? [delivery.link] : []));
  }

  /** Sockets ended without a word. */
  get cut(): readonly SocketId[] {
    return this.all.flatMap((delivery) => (delivery.type === 'cut' ? [delivery.socket] : []));
  }

  get probed(): readonly SocketId[] {
    return this.all.flatMap((delivery) => (delivery.type === 'probe' ? [delivery.socket] : []));
  }

  resumeFor(socket: SocketId): string {
    const hello = this.to(socket).find((message) => message.type === 'hello');
    if (hello?.type !== 'hello') throw new Error(`no hello for ${socket}`);
    return hello.resume;
  }
}
