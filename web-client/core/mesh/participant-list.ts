/** Owns the list of participants: who stands in the roster told last, who stays without standing there, who gets no peer. */

import type { RosterParticipant } from './roster-reader.ts';

export interface ListedParticipant {
  readonly roster: RosterParticipant;
  /** Stands in the roster told last. */
  readonly inRoster: boolean;
  /** Stood in a roster since the socket opened: its absence now means that the person left, not that the server forgot. */
  readonly seen: boolean;
  /** Gets no peer: there are too many people for one page. */
  readonly waiting: boolean;
}

export class ParticipantList implements Iterable<ListedParticipant> {
  #list: readonly ListedParticipant[] = [];

  [Symbol.iterator](): Iterator<ListedParticipant> {
    return this.#list[Symbol.iterator]();
  }

  get ids(): readonly string[] {
    return this.#list.map(({ roster }) => roster.id);
  }

  get(id: string): ListedParticipant | undefined {
    return this.#list.find(({ roster }) => roster.id === id);
  }

  /** A socket opened: who is in none of its rosters has not left by that. */
  forgetSeen(): void {
    this.#list = this.#list.map((participant) => ({ ...participant, seen: false }));
  }

  /** Takes a roster in the place of the one before; of those it lacks, who is to be kept stands behind. */
  replace(rosters: readonly RosterParticipant[], isKept: (id: string) => boolean): void {
    const ids = new Set(rosters.map(({ id }) => id));
    const missing = this.#list.filter(({ roster }) => !ids.has(roster.id) && isKept(roster.id));
    this.#list = [
      ...rosters.map((roster) => ({ roster, inRoster: true, seen: true, waiting: false })),
      ...missing.map((participant) => ({ ...participant, inRoster: false })),
    ];
  }

  setWaiting(id: string): void {
    this.#list = this.#list.map((participant) =>
      participant.roster.id === id ? { ...participant, waiting: true } : participant,
    );
  }

  /** Whoever stands in no roster, or of those this one, is dropped. */
  dropUnlisted(id: string | null = null): void {
    this.#list = this.#list.filter(({ roster, inRoster }) => inRoster || (id !== null && roster.id !== id));
  }
}
