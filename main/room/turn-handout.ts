/** Owns who was told which servers to connect by: TURN only those who are in, each with credentials of their own, and again before these end. */

import { ICE_SERVERS_MAX } from '../common/protocol/limits.ts';
import type { IceServer } from '../common/protocol/messages.ts';
import type { Member, Members } from './members.ts';
import type { Outbox } from './outbox.ts';
import type { RoomServers } from './room-events.ts';

export interface TurnHandoutSetup {
  /** Those at the start. */
  readonly servers: RoomServers;
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
  #servers: RoomServers;
  #guests = new WeakMap<Member, Guest>();

  constructor(setup: TurnHandoutSetup) {
    this.#setup = setup;
    this.#servers = setup.servers;
  }

  /** All that a page is to ask, and whether it is to tell no other address, as it comes. */
  serversFor(member: Member, nowMs: number): { iceServers: IceServer[]; relayOnly?: true } {
    const { iceServers, relayOnly } = this.#servers;
    const turn = member.name === null ? [] : this.#makeTurn(member, nowMs);
    return {
      iceServers: [...turn, ...iceServers].slice(0, ICE_SERVERS_MAX),
      ...(relayOnly && { relayOnly }),
    };
  }

  /** To everybody who is here, and to whoever comes. */
  change(servers: RoomServers, nowMs: number): void {
    this.#servers = servers;
    this.#guests = new WeakMap();
    for (const member of this.#setup.members.all()) this.#tell(member, nowMs);
  }

  /** To somebody who has come in. */
  tell(member: Member, nowMs: number): void {
    if (this.#servers.turn !== null) this.#tell(member, nowMs);
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

  #tell(member: Member, nowMs: number): void {
    if (member.socket === null) return;
    this.#setup.outbox.send([member.socket], { type: 'ice-servers', ...this.serversFor(member, nowMs) });
  }

  /** Who is away is told on coming back. */
  #renewAtMs(member: Member): number | null {
    const guest = this.#guests.get(member);
    return guest && member.socket !== null && guest.renewAtMs < Infinity ? guest.renewAtMs : null;
  }

  #makeTurn(member: Member, nowMs: number): readonly IceServer[] {
    const { turn } = this.#servers;
    if (turn === null) return [];
    const makeServers = this.#guests.get(member)?.makeServers ?? turn.newGuest();
    this.#guests.set(member, { makeServers, renewAtMs: nowMs + (turn.renewAfterMs ?? Infinity) });
    return makeServers();
  }
}
