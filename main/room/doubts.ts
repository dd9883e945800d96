/** Owns the doubt whether somebody with a place is still there: their socket is asked, then those who could hear them. Pure. */

import {
  AWAY_DOUBTED_MS,
  DOUBT_AGAIN_MS,
  DOUBT_SOCKET_MS,
  DOUBT_WITNESS_MS,
  PLACE_HELD_MS,
} from '../common/protocol/limits.ts';
import type { ClientMessage } from '../common/protocol/messages.ts';
import { hasPlace, type Member, type Members } from './members.ts';
import type { Outbox } from './outbox.ts';

export type Vouch = Extract<ClientMessage, { readonly type: 'vouch' }>;

interface Doubt {
  readonly about: Member;
  /** Who wants to come in; null if the room itself asks. */
  readonly raisedBy: Member | null;
  /** Those asked who have not answered; null while the socket is asked. */
  witnesses: Set<Member> | null;
  isLost: boolean;
  deadlineMs: number;
}

/**
 * A browser that crashed or a phone that restarted leaves a place behind that nobody sits in, and its person stands at
 * the door, with the same link and under another key, or nobody comes and the others see a ghost. A place is given up only if its socket is closed or silent, somebody
 * who is in has lost that person, and nobody hears them. Who does not answer speaks for them: a tunnel that breaks takes
 * all sockets at once, and those who talk are still there. While somebody hears a person who is away, the place is kept for them:
 * the call goes on with them, and a roster without them would end it.
 */
export class Doubts {
  readonly #members: Members;
  readonly #outbox: Outbox;
  readonly #giveUp: (member: Member) => void;
  #open: readonly Doubt[] = [];
  /** Until when nobody doubts again that these are there, as long as they keep their socket. */
  readonly #settledUntilMs = new WeakMap<Member, number>();
  /** When those who are away are doubted next, whether or not anybody comes. */
  readonly #awayDueMs = new Map<Member, number>();

  /** @param giveUp takes the place of somebody who is not there */
  constructor(members: Members, outbox: Outbox, giveUp: (member: Member) => void) {
    this.#members = members;
    this.#outbox = outbox;
    this.#giveUp = giveUp;
  }

  /** Somebody wants to come in: doubts those who have a place by the same link and, where there is no other place, everybody. */
  raise(newcomer: Member, isFull: boolean, nowMs: number): void {
    const others = this.#members.all().filter((about) => about !== newcomer && hasPlace(about));
    const doubted = isFull ? others : others.filter((about) => shareLink(about, newcomer));
    this.#raise(doubted, newcomer, nowMs);
  }

  /** The member's socket did not answer for a whole heartbeat. */
  handleSilence(member: Member, nowMs: number): void {
    if (member.name !== null) this.#raise([member], null, nowMs);
  }

  /** The member is away, and keeps a place. */
  handleAway(member: Member, nowMs: number): void {
    this.#awayDueMs.set(member, nowMs + AWAY_DOUBTED_MS);
  }

  #raise(doubted: readonly Member[], newcomer: Member | null, nowMs: number): void {
    const raised = doubted
      .filter((about) => (this.#settledUntilMs.get(about) ?? -Infinity) <= nowMs)
      .filter((about) => !this.#open.some((doubt) => doubt.about === about))
      .map((about): Doubt => {
        const deadlineMs = nowMs + DOUBT_SOCKET_MS;
        return { about, raisedBy: newcomer, witnesses: null, isLost: false, deadlineMs };
      });
    this.#open = [...this.#open, ...raised];
    for (const { about } of raised) {
      this.#settledUntilMs.set(about, nowMs + DOUBT_AGAIN_MS);
      if (about.socket !== null) this.#outbox.probe(about.socket);
    }
    this.#askWitnesses(
      raised.filter(({ about }) => about.socket === null),
      nowMs,
    );
  }

  /** Whether a place may still become free. */
  get pending(): boolean {
    return this.#open.length > 0;
  }

  /** The member has shown life, or is none any more. */
  settle(member: Member): void {
    this.#awayDueMs.delete(member);
    this.#end(({ about }) => about === member);
  }

  /** The member has no socket any more. */
  handleGone(member: Member, nowMs: number): void {
    this.#settledUntilMs.delete(member);
    this.#end(({ witnesses }) => witnesses?.has(member) === true);
    this.#askWitnesses(
      this.#open.filter((doubt) => doubt.about === member && doubt.witnesses === null),
      nowMs,
    );
  }

  /** Somebody who was asked has answered. */
  handleVouch(witness: Member, { id, word }: Vouch, nowMs: number): void {
    for (const doubt of this.#open) {
      if (doubt.about.id !== id || !doubt.witnesses?.delete(witness)) continue;
      if (word === 'there' && doubt.about.heldUntilMs !== null)
        doubt.about.heldUntilMs = nowMs + PLACE_HELD_MS;
      doubt.isLost ||= word === 'lost';
      if (word !== 'there' && doubt.witnesses.size > 0) continue;
      if (word === 'there' || !doubt.isLost) {
        this.#end((other) => other === doubt);
      } else {
        this.settle(doubt.about);
        this.#giveUp(doubt.about);
      }
    }
  }

  handleTick(nowMs: number): void {
    const due = this.#open.filter(({ deadlineMs }) => deadlineMs <= nowMs);
    this.#end((doubt) => doubt.witnesses !== null && due.includes(doubt));
    this.#askWitnesses(
      due.filter(({ witnesses }) => witnesses === null),
      nowMs,
    );
    const away = [...this.#awayDueMs].filter(([, dueMs]) => dueMs <= nowMs).map(([member]) => member);
    for (const member of away) this.handleAway(member, nowMs);
    this.#raise(
      away.filter(({ name }) => name !== null),
      null,
      nowMs,
    );
  }

  deadlines(): readonly number[] {
    return [...this.#open.map(({ deadlineMs }) => deadlineMs), ...this.#awayDueMs.values()];
  }

  /** Asks those who are in and are not silent themselves; where there is nobody to ask, the place is kept. */
  #askWitnesses(doubts: readonly Doubt[], nowMs: number): void {
    for (const doubt of doubts) doubt.witnesses = new Set();
    for (const doubt of doubts) {
      const witnesses = this.#members.joined.filter(
        (member) => member !== doubt.raisedBy && !this.#isSilent(member),
      );
      doubt.witnesses = new Set(witnesses);
      doubt.deadlineMs = nowMs + DOUBT_WITNESS_MS;
      const sockets = witnesses.flatMap(({ socket }) => (socket === null ? [] : [socket]));
      if (sockets.length > 0) this.#outbox.send(sockets, { type: 'doubt', id: doubt.about.id });
      else this.#settledUntilMs.delete(doubt.about);
    }
    this.#end((doubt) => doubts.includes(doubt) && doubt.witnesses?.size === 0);
  }

  #isSilent(member: Member): boolean {
    return (
      member.socket === null || this.#open.some((doubt) => doubt.about === member && doubt.witnesses !== null)
    );
  }

  #end(isOver: (doubt: Doubt) => boolean): void {
    this.#open = this.#open.filter((doubt) => !isOver(doubt));
  }
}

function shareLink(one: Member, other: Member): boolean {
  return [...one.links].some((link) => other.links.has(link));
}
