/** Owns the connection slots of the port: who holds one, and who is evicted when all are taken and one more connects. */

import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { TLSSocket } from 'node:tls';
import type { ClockMs } from '../common/platform.ts';
import {
  ANSWER_PROTECTED_MS,
  CONNECTIONS_MAX,
  LOCAL_CONNECTIONS_RESERVED,
} from '../common/protocol/limits.ts';

interface Slot {
  /** As it was accepted, beneath TLS. */
  readonly socket: Socket;
  /** Speaks to this very computer, and not through a tunnel. */
  isLocal: boolean;
  /** Has shown that it belongs here, and is never evicted. */
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
  readonly #slots = new Map<Duplex, Slot>();
  /** What stands on top of an accepted socket, once it has asked for something. */
  readonly #secured = new WeakMap<Duplex, Slot>();
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
    return [...this.#slots.values()].map(({ socket }) => socket);
  }

  /** Takes a newcomer in, evicting somebody where all slots are taken; false only where nobody may be evicted. */
  add(socket: Socket): boolean {
    if (this.#slots.size >= this.#max) {
      const idle = this.#leastInUse();
      if (!idle) return false;
      this.#slots.delete(idle.socket);
      idle.socket.destroy();
    }
    const slot = { socket, isLocal: false, isKept: false, answers: 0, answeringSinceMs: 0 };
    this.#slots.set(socket, slot);
    return true;
  }

  remove(socket: Socket): void {
    this.#slots.delete(socket);
  }

  /** A request has come whole. */
  beginAnswer(socket: Duplex, isLocal: boolean): void {
    const slot = this.#slotOf(socket);
    if (!slot) return;
    slot.isLocal = isLocal;
    slot.answers++;
    slot.answeringSinceMs = this.#clock();
    this.#moveToEnd(slot);
  }

  /** The answer has gone, or never will. */
  endAnswer(socket: Duplex): void {
    const slot = this.#slotOf(socket);
    if (!slot) return;
    slot.answers--;
    this.#moveToEnd(slot);
  }

  /** The socket is never evicted until it is released. Whoever keeps sockets has a bound of its own for them. */
  keep(socket: Duplex): void {
    this.#setKept(socket, true);
  }

  release(socket: Duplex): void {
    this.#setKept(socket, false);
  }

  #setKept(socket: Duplex, isKept: boolean): void {
    const slot = this.#slotOf(socket);
    if (slot) slot.isKept = isKept;
  }

  #moveToEnd(slot: Slot): void {
    // One that was evicted, or has closed, is not to come back by its last answer.
    if (this.#slots.delete(slot.socket)) this.#slots.set(slot.socket, slot);
  }

  /** Idle for longest; where nobody is idle, the one that takes longest over its answer. */
  #leastInUse(): Slot | null {
    // In a flood this is done for each that connects: nothing is copied.
    let locals = 0;
    for (const { isLocal, isKept } of this.#slots.values()) if (isLocal && !isKept) locals++;
    const sparesLocals = locals <= this.#localReserved;
    const nowMs = this.#clock();
    let slowest: Slot | null = null;
    for (const slot of this.#slots.values()) {
      if (slot.isKept || (slot.isLocal && sparesLocals)) continue;
      if (slot.answers === 0 || nowMs - slot.answeringSinceMs >= ANSWER_PROTECTED_MS) return slot;
      slowest ??= slot;
    }
    return slowest;
  }

  #slotOf(socket: Duplex): Slot | undefined {
    return this.#slots.get(socket) ?? this.#secured.get(socket) ?? this.#findBeneath(socket);
  }

  /** A TLS socket does not tell what it stands on: both have the same peer, and no two connections have. */
  #findBeneath(socket: Duplex): Slot | undefined {
    if (!(socket instanceof TLSSocket)) return undefined;
    const { remotePort, remoteAddress } = socket;
    for (const slot of this.#slots.values()) {
      const { socket: beneath } = slot;
      if (beneath.remotePort !== remotePort || beneath.remoteAddress !== remoteAddress) continue;
      this.#secured.set(socket, slot);
      return slot;
    }
    return undefined;
  }
}
