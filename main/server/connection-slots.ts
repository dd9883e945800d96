/** Owns the places at the port: who holds one, and who gives way when all are taken and one more knocks. */

import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { ClockMs } from '../common/platform.ts';
import {
  ANSWER_PROTECTED_MS,
  CONNECTIONS_MAX,
  LOCAL_CONNECTIONS_RESERVED,
} from '../common/protocol/limits.ts';

interface Place {
  /** As it was accepted, beneath TLS. */
  readonly socket: Socket;
  /** Speaks to this very computer, and not through a tunnel. */
  isLocal: boolean;
  /** Has shown that it belongs here, and never gives way. */
  isKept: boolean;
  /** Requests whose answers are on their way. */
  answers: number;
  answeringSinceMs: number;
}

export interface ConnectionSlotsOptions {
  readonly clock: ClockMs;
  readonly max?: number;
  readonly localReserved?: number;
}

export class ConnectionSlots {
  /** The one whose last good moment lies longest ago comes first. Bytes that trickle are no good moment. */
  readonly #places = new Map<Duplex, Place>();
  /** What stands on top of an accepted socket, once it has asked for something. */
  readonly #secured = new WeakMap<Duplex, Place>();
  readonly #clock: ClockMs;
  readonly #max: number;
  readonly #localReserved: number;

  constructor(options: ConnectionSlotsOptions) {
    const { clock, max = CONNECTIONS_MAX, localReserved = LOCAL_CONNECTIONS_RESERVED } = options;
    this.#clock = clock;
    this.#max = max;
    this.#localReserved = localReserved;
  }

  /** Sockets as they were accepted. */
  sockets(): readonly Socket[] {
    return [...this.#places.values()].map(({ socket }) => socket);
  }

  /** Takes a newcomer in, in somebody's stead where all places are taken; false only where nobody may give way. */
  add(socket: Socket): boolean {
    if (this.#places.size >= this.#max) {
      const idle = this.#leastInUse();
      if (!idle) return false;
      this.#places.delete(idle.socket);
      idle.socket.destroy();
    }
    const place = { socket, isLocal: false, isKept: false, answers: 0, answeringSinceMs: 0 };
    this.#places.set(socket, place);
    return true;
  }

  remove(socket: Socket): void {
    this.#places.delete(socket);
  }

  /** A request has come whole. */
  beginAnswer(socket: Duplex, isLocal: boolean): void {
    const place = this.#placeOf(socket);
    if (!place) return;
    place.isLocal = isLocal;
    place.answers++;
    place.answeringSinceMs = this.#clock();
    this.#moveToEnd(place);
  }

  /** The answer has gone, or never will. */
  endAnswer(socket: Duplex): void {
    const place = this.#placeOf(socket);
    if (!place) return;
    place.answers--;
    this.#moveToEnd(place);
  }

  /** The socket never gives way until it is released. Whoever keeps sockets has a bound of its own for them. */
  keep(socket: Duplex): void {
    this.#setKept(socket, true);
  }

  release(socket: Duplex): void {
    this.#setKept(socket, false);
  }

  #setKept(socket: Duplex, isKept: boolean): void {
    const place = this.#placeOf(socket);
    if (place) place.isKept = isKept;
  }

  #moveToEnd(place: Place): void {
    // One that has given way, or has closed, is not to come back by its last answer.
    if (this.#places.delete(place.socket)) this.#places.set(place.socket, place);
  }

  /** Idle for longest; where nobody is idle, the one that takes longest over its answer. */
  #leastInUse(): Place | null {
    const all = [...this.#places.values()];
    const locals = all.filter(({ isLocal, isKept }) => isLocal && !isKept).length;
    const mayGo = all.filter(({ isKept, isLocal }) => !isKept && (!isLocal || locals > this.#localReserved));
    const nowMs = this.#clock();
    const isIdle = ({ answers, answeringSinceMs }: Place) =>
      answers === 0 || nowMs - answeringSinceMs >= ANSWER_PROTECTED_MS;
    return mayGo.find(isIdle) ?? mayGo[0] ?? null;
  }

  #placeOf(socket: Duplex): Place | undefined {
    return this.#places.get(socket) ?? this.#secured.get(socket) ?? this.#findBeneath(socket);
  }

  /** A TLS socket does not tell what it stands on: both have the same peer, and no two connections have. */
  #findBeneath(socket: Duplex): Place | undefined {
    if (!(socket instanceof TLSSocket)) return undefined;
    const { remotePort, remoteAddress } = socket;
    for (const place of this.#places.values()) {
      const { socket: beneath } = place;
      if (beneath.remotePort !== remotePort || beneath.remoteAddress !== remoteAddress) continue;
      this.#secured.set(socket, place);
      return place;
    }
    return undefined;
  }
}
