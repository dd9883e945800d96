/** Owns the list of participants: who stands in the roster told last, who stays without standing there, who gets no peer. */

import { LEFT_IDS_MAX } from '../../../main/common/protocol/peer-limits.ts';
import type { RosterParticipant } from './roster-reader.ts';

export interface ListedParticipant {
  readonly roster: RosterParticipant;
  /** Stands in the roster told last. */
  readonly inRoster: boolean;
  /** Stood in a roster since the socket opened: its absence now means that the person left, not that the server forgot. */
  readonly seen: boolean;
  /** Stands here without the host's word. */
  readonly introduced: boolean;
  /** The host had them in, before one's page or theirs was loaded anew: the word of others is not needed. */
  readonly metBefore: boolean;
  /** Gets no peer: there are too many people for one page. */
  readonly waiting: boolean;
}

const BY_HOST = { inRoster: true, seen: true, introduced: false, metBefore: false, waiting: false } as const;
const BY_OTHERS = { inRoster: false, seen: false, introduced: true, waiting: false } as const;

export class ParticipantList implements Iterable<ListedParticipant> {
  #list: readonly ListedParticipant[] = [];
  #hadRoster = false;
  /** Ids that stood here, and left by the word of the host or by what was seen of them. */
  readonly #left = new Set<string>();

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

  /**
   * Takes a roster in the place of the one before; of those it lacks, who is to be kept stands behind. Whether somebody came
   * since the first one.
   */
  replace(rosters: readonly RosterParticipant[], isKept: (id: string) => boolean): boolean {
    const ids = new Set(rosters.map(({ id }) => id));
    const someCame = this.#hadRoster && rosters.some(({ id }) => this.get(id) === undefined);
    this.#hadRoster = true;
    const isMissing = ({ roster }: ListedParticipant) => !ids.has(roster.id);
    const missing = this.#list.filter(
      (participant) => isMissing(participant) && isKept(participant.roster.id),
    );
    for (const participant of this.#list)
      if (isMissing(participant) && !missing.includes(participant)) this.#noteLeft(participant.roster.id);
    for (const id of ids) this.#left.delete(id);
    this.#list = [
      ...rosters.map((roster) => ({ ...BY_HOST, roster })),
      ...missing.map((participant) => ({ ...participant, inRoster: false })),
    ];
    return someCame;
  }

  /** Whether this is somebody new here, who did not leave. */
  mayIntroduce(id: string): boolean {
    return this.get(id) === undefined && !this.#left.has(id);
  }

  introduce(roster: RosterParticipant, metBefore = false): void {
    this.#list = [...this.#list, { ...BY_OTHERS, roster, metBefore }];
  }

  /** Shows to be one whom the host had in. */
  setMetBefore(id: string): void {
    this.#change(id, { metBefore: true });
  }

  setWaiting(id: string): void {
    this.#change(id, { waiting: true });
  }

  /** Whoever stands in no roster is dropped: one goes out oneself. */
  dropUnlisted(): void {
    this.#list = this.#list.filter(({ inRoster }) => inRoster);
  }

  /** The person is gone. */
  drop(id: string): void {
    this.#list = this.#list.filter(({ roster }) => roster.id !== id);
    this.#noteLeft(id);
  }

  #change(id: string, facts: Partial<ListedParticipant>): void {
    this.#list = this.#list.map((participant) =>
      participant.roster.id === id ? { ...participant, ...facts } : participant,
    );
  }

  #noteLeft(id: string): void {
    this.#left.add(id);
    const [oldest] = this.#left;
    if (this.#left.size > LEFT_IDS_MAX && oldest !== undefined) this.#left.delete(oldest);
  }
}
