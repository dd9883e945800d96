/** Owns who is in, who may come back to which place, and who gets a message. Pure: an event and the time in, deliveries out. */

import { PLACE_HELD_MS, TAKEOVER_PING_MS } from '../common/protocol/limits.ts';
import type { RosterEntry, ServerMessage } from '../common/protocol/messages.ts';
import { assertNever } from '../common/result.ts';
import { hasPlace, type Member, Members } from './members.ts';
import type { CloseReason, Delivery, RoomEvent, RoomMessage, RoomOptions, SocketId } from './room-events.ts';

type Entry = Extract<RoomEvent, { readonly type: 'entered' }>;
type Signal = Extract<RoomMessage, { readonly to: string }>;

/** A newcomer with a known resume whose holder's socket may still be alive. */
interface Takeover {
  readonly entry: Entry;
  readonly holder: Member;
  readonly deadlineMs: number;
}

export class Room {
  readonly #options: RoomOptions;
  readonly #members = new Members();
  /** By the newcomer's socket. */
  readonly #takeovers = new Map<SocketId, Takeover>();
  #revision = 0;
  #nowMs = 0;
  #deliveries: Delivery[] = [];

  constructor(options: RoomOptions) {
    this.#options = options;
  }

  /** Rises with every change of the roster. */
  get revision(): number {
    return this.#revision;
  }

  /** Everyone who is in, in order of joining. */
  roster(): RosterEntry[] {
    return this.#members.roster();
  }

  /** When a `tick` is due, or null if nothing waits for one. */
  nextDeadlineMs(): number | null {
    const deadlines = [...this.#takeovers.values()].map((takeover) => takeover.deadlineMs);
    for (const { heldUntilMs } of this.#members.all()) {
      if (heldUntilMs !== null) deadlines.push(heldUntilMs);
    }
    return deadlines.length === 0 ? null : Math.min(...deadlines);
  }

  /** Applies one event; the deliveries are to be carried out in order. */
  handle(event: RoomEvent, nowMs: number): readonly Delivery[] {
    this.#nowMs = nowMs;
    this.#deliveries = [];
    switch (event.type) {
      case 'entered':
        this.#handleEntered(event);
        break;
      case 'message':
        this.#handleMessage(event.socket, event.message);
        break;
      case 'gone':
        this.#handleGone(event.socket, event.goodbye);
        break;
      case 'alive':
        this.#handleAlive(event.socket);
        break;
      case 'tick':
        this.#handleTick();
        break;
      default:
        assertNever(event);
    }
    return this.#deliveries;
  }

  #handleEntered(entry: Entry): void {
    const { socket, identity, resume } = entry;
    const known = this.#members.withKey(identity.key);
    if (known) {
      if (resume === known.resume && identity.id === known.id) this.#reconnect(known, socket);
      else this.#close(socket, 'id-taken');
      return;
    }
    const waiting = this.#takeoverWhere((takeover) => takeover.entry.identity.key === identity.key);
    if (waiting && (resume !== waiting.entry.resume || identity.id !== waiting.entry.identity.id)) {
      this.#close(socket, 'id-taken');
      return;
    }
    if (waiting) {
      this.#takeovers.delete(waiting.entry.socket);
      this.#close(waiting.entry.socket, 'replaced');
    }
    this.#enterNewKey(entry);
  }

  /** The same page on a new socket: place and order stay, the old socket goes. */
  #reconnect(member: Member, socket: SocketId): void {
    const former = this.#members.connect(member, socket);
    if (former !== null) this.#close(former, 'replaced');
    if (member.name !== null) member.heldUntilMs = null;
    this.#greet(member, socket);
    this.#admitRivalOf(member);
  }

  /** A key nobody here has: a new page, or the reload of one whose resume it brings. */
  #enterNewKey(entry: Entry): void {
    const holder = this.#members.withResume(entry.resume);
    if (!holder || this.#takeoverWhere((takeover) => takeover.holder === holder)) {
      this.#admit(entry, this.#options.newResume(), null);
    } else if (holder.socket === null) {
      this.#takeOver(holder, entry);
    } else {
      this.#takeovers.set(entry.socket, { entry, holder, deadlineMs: this.#nowMs + TAKEOVER_PING_MS });
      this.#deliveries.push({ type: 'probe', socket: holder.socket });
    }
  }

  #admit({ socket, identity }: Entry, resume: string, heldUntilMs: number | null): void {
    const { id, key, fp } = identity;
    const member: Member = { id, key, fp, resume, socket, name: null, heldUntilMs };
    this.#members.add(member);
    this.#greet(member, socket);
  }

  /** A reloaded page takes the place of its former self; the former id leaves, the place waits for the new name. */
  #takeOver(holder: Member, entry: Entry): void {
    const heldUntilMs = holder.name === null ? holder.heldUntilMs : this.#nowMs + PLACE_HELD_MS;
    if (holder.socket !== null) this.#close(holder.socket, 'replaced');
    this.#forget(holder);
    this.#admit(entry, holder.resume, heldUntilMs);
  }

  /** The holder lives, so whoever waited for its place is a new page. */
  #admitRivalOf(holder: Member): void {
    const takeover = this.#takeoverWhere((waiting) => waiting.holder === holder);
    if (!takeover) return;
    this.#takeovers.delete(takeover.entry.socket);
    this.#admit(takeover.entry, this.#options.newResume(), null);
  }

  #greet({ id, resume }: Member, socket: SocketId): void {
    const { capacity, iceServers } = this.#options;
    const roster = this.#members.roster();
    this.#send(socket, { type: 'hello', id, roster, capacity, iceServers: [...iceServers], resume });
  }

  #handleMessage(socket: SocketId, message: RoomMessage): void {
    const member = this.#members.withSocket(socket);
    if (!member) {
      this.#takeovers.delete(socket);
      this.#close(socket, 'bad-message');
      return;
    }
    switch (message.type) {
      case 'name':
        this.#name(member, socket, message.name);
        break;
      case 'leave':
        if (this.#members.leave(member)) this.#announceRoster();
        break;
      default:
        this.#relay(member, socket, message);
    }
  }

  #name(member: Member, socket: SocketId, name: string): void {
    const { capacity } = this.#options;
    if (!hasPlace(member) && this.#members.placesTaken >= capacity) {
      this.#send(socket, { type: 'full', capacity });
      return;
    }
    this.#members.join(member, name);
    this.#announceRoster();
  }

  #relay(sender: Member, socket: SocketId, { type, to, box }: Signal): void {
    if (sender.name === null) {
      this.#send(socket, { type: 'error', code: 'not-joined' });
      return;
    }
    const recipient = this.#members.joined.find(({ id }) => id === to);
    if (!recipient || recipient === sender) {
      this.#send(socket, { type: 'error', code: 'unknown-recipient' });
    } else if (recipient.socket !== null) {
      this.#send(recipient.socket, { type, from: sender.id, box });
    }
    // For someone who is away it is lost here: the pair's stream sends it again.
  }

  #handleGone(socket: SocketId, goodbye: boolean): void {
    this.#takeovers.delete(socket);
    const member = this.#members.withSocket(socket);
    if (!member) return;
    this.#members.connect(member, null);
    const takeover = this.#takeoverWhere(({ holder }) => holder === member);
    if (takeover) {
      this.#takeovers.delete(takeover.entry.socket);
      this.#takeOver(member, takeover.entry);
    } else if (goodbye || !hasPlace(member)) {
      this.#forget(member);
    } else {
      member.heldUntilMs ??= this.#nowMs + PLACE_HELD_MS;
    }
  }

  #handleAlive(socket: SocketId): void {
    const member = this.#members.withSocket(socket);
    if (member) this.#admitRivalOf(member);
  }

  #handleTick(): void {
    for (const { entry, holder, deadlineMs } of [...this.#takeovers.values()]) {
      if (deadlineMs > this.#nowMs) continue;
      this.#takeovers.delete(entry.socket);
      this.#takeOver(holder, entry);
    }
    for (const member of this.#members.all()) {
      if (member.heldUntilMs === null || member.heldUntilMs > this.#nowMs) continue;
      if (member.socket === null) this.#forget(member);
      else member.heldUntilMs = null;
    }
  }

  #takeoverWhere(matches: (takeover: Takeover) => boolean): Takeover | undefined {
    return [...this.#takeovers.values()].find(matches);
  }

  #forget(member: Member): void {
    if (this.#members.remove(member)) this.#announceRoster();
  }

  #announceRoster(): void {
    this.#revision++;
    const roster = this.#members.roster();
    const message: ServerMessage = { type: 'roster', roster, revision: this.#revision };
    this.#deliveries.push({ type: 'send', to: this.#members.sockets, message });
  }

  #send(to: SocketId, message: ServerMessage): void {
    this.#deliveries.push({ type: 'send', to: [to], message });
  }

  #close(socket: SocketId, reason: CloseReason): void {
    this.#deliveries.push({ type: 'close', socket, reason });
  }
}
