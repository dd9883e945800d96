/** Owns the reports of floods: the host is told once a socket of each person who was cut off here for sending far too much. */

import type { Peer } from '../peer/peer.ts';
import type { ListedParticipant } from './participant-list.ts';

export class FloodReports {
  readonly #onFlood: (id: string) => void;
  /** Whom the host was told of since the socket opened. */
  readonly #reported = new Set<string>();

  constructor(onFlood: (id: string) => void) {
    this.#onFlood = onFlood;
  }

  /** Another socket opened. */
  restart(): void {
    this.#reported.clear();
  }

  /** @param peers by id */
  update(
    participants: Iterable<ListedParticipant>,
    peers: ReadonlyMap<string, Pick<Peer, 'flooding'>>,
  ): void {
    for (const { roster, inRoster } of participants) {
      if (!inRoster || this.#reported.has(roster.id) || !peers.get(roster.id)?.flooding) continue;
      this.#reported.add(roster.id);
      this.#onFlood(roster.id);
    }
  }
}
