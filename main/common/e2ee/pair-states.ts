/** Owns which ids have a state, which have had theirs and never get another, and how many runs of the code are left. */

import type { ClockMs } from '../platform.ts';
import { CODE_RUNS_MAX, PAIR_STATES_MAX, PLACE_HELD_MS, RETIRED_IDS_MAX } from '../protocol/limits.ts';
import { fail, ok, type Result } from '../result.ts';
import type { PairState } from './pair-state.ts';

/** `too-many`: no new state for a further id. `retired`: its state was given up, and it never gets another. */
export type StateRefusal = 'too-many' | 'retired';

interface Known {
  readonly making: Promise<PairState>;
  /** null while it is being made. */
  state: PairState | null;
  /** When the id was last seen in a roster. */
  metAtMs: number;
}

/**
 * A counter must never start again under the same keys, or old boxes would open: a state that makes room for another is
 * closed, and its id is remembered instead. So names in rosters, which cost nothing, shut nobody out.
 */
export class PairStates {
  readonly #clock: ClockMs;
  readonly #known = new Map<string, Known>();
  readonly #retired = new Set<string>();
  #present: ReadonlySet<string> = new Set();
  #runsLeft = CODE_RUNS_MAX;

  constructor(clock: ClockMs) {
    this.#clock = clock;
  }

  /** Ids in the roster told last, or linked all the same: their states stay. */
  setPresent(ids: Iterable<string>): void {
    this.#meet(this.#present);
    this.#present = new Set(ids);
    this.#meet(this.#present);
  }

  isRetired(id: string): boolean {
    return this.#retired.has(id);
  }

  async get(id: string, make: () => Promise<PairState>): Promise<Result<PairState, StateRefusal>> {
    const known = this.#known.get(id);
    if (known) return ok(await known.making);
    if (this.#retired.has(id)) return fail('retired');
    if (this.#known.size >= PAIR_STATES_MAX && !this.#retireOne()) return fail('too-many');
    const fresh: Known = { making: make(), state: null, metAtMs: this.#clock() };
    this.#known.set(id, fresh);
    fresh.state = await fresh.making;
    return ok(fresh.state);
  }

  /** Whether one more run of the code may begin; each counts for the page load, whatever comes of it. */
  takeRun(): boolean {
    if (this.#runsLeft === 0) return false;
    this.#runsLeft--;
    return true;
  }

  #meet(ids: Iterable<string>): void {
    for (const id of ids) {
      const known = this.#known.get(id);
      if (known) known.metAtMs = this.#clock();
    }
  }

  /** The one who has not been met for longest goes, and first of all those who never were more than a name. */
  #retireOne(): boolean {
    if (this.#retired.size >= RETIRED_IDS_MAX) return false;
    const [first] = [...this.#known]
      .flatMap(([id, { state, metAtMs }]) =>
        state !== null && this.#mayGo(id, state, metAtMs) ? [{ id, state, metAtMs }] : [],
      )
      .sort((a, b) => Number(a.state.codeBegun) - Number(b.state.codeBegun) || a.metAtMs - b.metAtMs);
    if (first === undefined) return false;
    first.state.stream.close();
    this.#known.delete(first.id);
    this.#retired.add(first.id);
    return true;
  }

  #mayGo(id: string, { verified, failure, codeBegun }: PairState, metAtMs: number): boolean {
    const byPerson = verified || failure === 'different' || failure === 'told-different';
    const lately = codeBegun && this.#clock() - metAtMs < PLACE_HELD_MS;
    return !this.#present.has(id) && !byPerson && !lately;
  }
}
