/** Owns who was told the TURN servers: those who are in, each with credentials of their own, and again before these end. */

import { ICE_SERVERS_MAX } from '../common/protocol/limits.ts';
import type { IceServer } from '../common/protocol/messages.ts';
import type { Member, Members } from './members.ts';
import type { Outbox } from './outbox.ts';
import type { RoomOptions } from './room-events.ts';

export interface TurnHandoutSetup {
  readonly options: Pick<RoomOptions, 'iceServers' | 'turn'>;
  readonly members: Members;
  readonly outbox: Outbox;
}

interface Guest {
  readonly makeServers: () => readonly IceServer[];
  renewAtMs: number;
}

/** Whoever only has a link, waits at the door or was refused could use a relay as well as anybody: they are told of none. */
export class TurnHandout {
  readonly #setup: TurnHandoutSetup;
  readonly #guests = new WeakMap<Member, Guest>();

  constructor(setup: TurnHandoutSetup) {
    this.#setup = setup;
  }

  /** All that a page is to ask, as it comes. */
  serversFor(member: Member, nowMs: number): IceServer[] {
    const { iceServers } = this.#setup.options;
    const turn = member.name === null ? [] : this.#makeTurn(member, nowMs);
    return [...turn, ...iceServers].slice(0, ICE_SERVERS_MAX);
  }

  /** To somebody who has come in. */
  tell(member: Member, nowMs: number): void {
    const { options, outbox } = this.#setup;
    if (options.turn === null || member.socket === null) return;
    outbox.send([member.socket], { type: 'ice-servers', iceServers: this.serversFor(member, nowMs) });
  }

  tellDue(nowMs: number): void {
    for (const member of this.#setup.members.joined)
      if ((this.#renewAtMs(member) ?? Infinity) <= nowMs) this.tell(member, nowMs);
  }

  deadlines(): number[] {
    return this.#setup.members.joined
      .map((member) => this.#renewAtMs(member))
      .filter((deadlineMs) => deadlineMs !== null);
  }

  /** Who is away is told on coming back. */
  #renewAtMs(member: Member): number | null {
    const guest = this.#guests.get(member);
    return guest && member.socket !== null && guest.renewAtMs < Infinity ? guest.renewAtMs : null;
  }

  #makeTurn(member: Member, nowMs: number): readonly IceServer[] {
    const { turn } = this.#setup.options;
    if (turn === null) return [];
    const makeServers = this.#guests.get(member)?.makeServers ?? turn.newGuest();
    this.#guests.set(member, { makeServers, renewAtMs: nowMs + (turn.renewAfterMs ?? Infinity) });
    return makeServers();
  }
}
