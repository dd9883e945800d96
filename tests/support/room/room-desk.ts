/** Owns a room under test: events in short words, and what each socket was sent. */

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
} from '../../../main/room/room-events.ts';

/** The link every room under test begins with. */
export const FIRST_LINK: LinkId = 1;

/** An identity that tests can tell by its letter; the room never looks inside. */
export const identityOf = (letter: string): Identity => ({
  id: `id-${letter}`,
  key: `key-${letter}`,
  fp: `fp-${letter}`,
});

export class RoomDesk {
  readonly room: Room;
  nowMs = 0;
  lastLink: LinkId = 0;
  #resumes = 0;

  constructor(capacity: number) {
    this.room = new Room({ capacity, iceServers: [], newResume: () => `resume-${++this.#resumes}` });
    this.invite({ kind: 'main' });
  }

  handle(event: RoomEvent): Deliveries {
    return new Deliveries(this.room.handle(event, this.nowMs));
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

  /** Makes a link, whose number is one more than the last one's. */
  invite(terms: LinkTerms): Deliveries {
    return this.handle({ type: 'invited', link: ++this.lastLink, terms });
  }

  revoke(link: LinkId): Deliveries {
    return this.handle({ type: 'revoked', link });
  }

  /** The next main link, should there have to be one, has one number more than the last. */
  remove(letter: string): Deliveries {
    return this.handle({ type: 'removed', id: `id-${letter}`, spare: ++this.lastLink });
  }

  /** As for `remove`. */
  shutOut(): Deliveries {
    return this.handle({ type: 'shut-out', spare: ++this.lastLink });
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
    return this.room
      .roster()
      .map(({ id }) => id.replace('id-', ''))
      .join('');
  }
}

export class Deliveries {
  readonly all: readonly Delivery[];

  constructor(all: readonly Delivery[]) {
    this.all = all;
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
