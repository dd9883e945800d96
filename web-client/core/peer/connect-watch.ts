/** Owns diagnosing a connection that does not come about: what is known of it, and what that makes one think. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { ConnectObstacle } from '../state/room-state.ts';

/** A join of twelve on a slow computer takes as long. */
export const CONNECT_OVERDUE_MS = 10_000;

export interface ConnectFacts {
  /** A description of the other side came. */
  readonly answered: boolean;
  /** Addresses that somebody could be reached at. */
  readonly ownAddress: boolean;
  readonly theirAddress: boolean;
}

/** Addresses are looked for once the other page answers; without one's own nothing of the other's helps. */
export function connectObstacle({ answered, ownAddress, theirAddress }: ConnectFacts): ConnectObstacle {
  if (!answered) return 'no-answer';
  if (!ownAddress) return 'no-own-address';
  return theirAddress ? 'no-way' : 'no-their-address';
}

const NOTHING: ConnectFacts = { answered: false, ownAddress: false, theirAddress: false };

/**
 * One for each peer, over all its connections: a connection made anew starts with nothing, and what was known a moment ago
 * still tells more.
 */
export class ConnectWatch implements Disposable {
  readonly #onChange: () => void;
  #facts = NOTHING;
  readonly #overdue: Timeout;
  #phase: 'off' | 'waiting' | 'overdue' = 'off';

  /** @param onChange an obstacle is to be told from now on */
  constructor(timers: TimersLike, onChange: () => void) {
    this.#overdue = new Timeout(timers);
    this.#onChange = onChange;
  }

  /** null while it may still come about, or stands. */
  get obstacle(): ConnectObstacle | null {
    return this.#phase === 'overdue' ? connectObstacle(this.#facts) : null;
  }

  /** A connection is being made, or was lost; begun already, it goes on. */
  begin(): void {
    if (this.#phase !== 'off') return;
    this.#phase = 'waiting';
    this.#facts = NOTHING;
    this.#overdue.set(() => {
      this.#phase = 'overdue';
      this.#onChange();
    }, CONNECT_OVERDUE_MS);
  }

  note(fact: keyof ConnectFacts): void {
    if (this.#facts[fact]) return;
    this.#facts = { ...this.#facts, [fact]: true };
    if (this.#phase === 'overdue') this.#onChange();
  }

  /** It stands, or is not wanted any more. */
  end(): void {
    this.#phase = 'off';
    this.#overdue.clear();
  }

  dispose(): void {
    this.end();
  }
}
