/** Owns the place that is kept for the host's own page: the first that is free, for as long as the page is open and has not left. */

import { PLACE_HELD_MS } from '../common/protocol/limits.ts';
import { hasPlace, type Member, type Members } from './members.ts';

/** Without it, guests could fill the room against its host while that page loads, or is asked for the microphone. */
export class HostPlace {
  readonly #members: Members;
  readonly #capacity: number;
  /** Pages by which the host has left. */
  readonly #left = new WeakSet<Member>();

  constructor(members: Members, capacity: number) {
    this.#members = members;
    this.#capacity = capacity;
  }

  handleRequest(member: Member): void {
    this.#left.delete(member);
  }

  handleLeave(member: Member): void {
    this.#left.add(member);
  }

  /** To be called before anybody is given a place. Nobody is put out for it, and the room gets no larger. */
  keep(nowMs: number): void {
    const { host } = this.#members;
    if (!host || host.socket === null || host.name !== null || this.#left.has(host)) return;
    if (hasPlace(host) || this.#members.placesTaken < this.#capacity)
      host.heldUntilMs = nowMs + PLACE_HELD_MS;
  }
}
