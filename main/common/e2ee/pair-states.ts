/** Owns the pair states: one for each id met, none for an id that has had its own, and how many runs of the code are left. */

import { equalBytes, toBase64Url } from '../bytes.ts';
import { CODE_RUNS_MAX, PAIR_STATES_MAX, PLACE_HELD_MS, RETIRED_IDS_MAX } from '../protocol/limits.ts';
import { fail, ok, type Result } from '../result.ts';
import type { PublicIdentity } from './identity.ts';
import type { OwnSide } from './keyring.ts';
import { PairState, type PairTools } from './pair-state.ts';

/**
 * `barred`: its state has failed. `too-many`: no new state for a further id. `retired`: its state was given up, and it never
 * gets another.
 */
export type PairRefusal = 'own-id' | 'barred' | 'too-many' | 'retired';

interface Known {
  readonly making: Promise<PairState>;
  /** null while it is being made. */
  state: PairState | null;
  /** When the id was last seen in a roster. */
  metAtMs: number;
}

/**
 * A counter must never start again under the same keys, or old boxes would open: an id never gets a second state, whatever a
 * forged "left, joined" says. One that makes room for another is closed, and its id is remembered instead; so names in
 * rosters, which cost nothing, shut nobody out.
 */
export class PairStates {
  readonly #tools: PairTools;
  readonly #own: OwnSide;
  readonly #known = new Map<string, Known>();
  readonly #retired = new Set<string>();
  #present: ReadonlySet<string> = new Set();
  #runsLeft = CODE_RUNS_MAX;

  /** @param own of a keyring that has no other pair states */
  constructor(tools: PairTools, own: OwnSide) {
    this.#tools = tools;
    this.#own = own;
  }

  /** Ids (base64url) in the last roster, or connected all the same: their states stay. */
  setPresent(ids: Iterable<string>): void {
    this.#meet(this.#present);
    this.#present = new Set(ids);
    this.#meet(this.#present);
  }

  /** Whether the id (base64url) had a state that made room for another's. */
  isRetired(id: string): boolean {
    return this.#retired.has(id);
  }

  /**
   * The state of a person, the same object as long as it is kept.
   * @param other as `acceptRosterEntry` gave it
   */
  async get(other: PublicIdentity): Promise<Result<PairState, PairRefusal>> {
    if (equalBytes(other.id, this.#own.identity.id)) return fail('own-id');
    const state = await this.#getOrMake(toBase64Url(other.id), other);
    return state.ok && state.value.failure !== null ? fail('barred') : state;
  }

  async #getOrMake(id: string, other: PublicIdentity): Promise<Result<PairState, PairRefusal>> {
    const known = this.#known.get(id);
    if (known) return ok(await known.making);
    if (this.#retired.has(id)) return fail('retired');
    if (this.#known.size >= PAIR_STATES_MAX && !this.#retireOne()) return fail('too-many');
    const making = PairState.create(this.#tools, this.#own, other, () => this.#takeRun());
    const fresh: Known = { making, state: null, metAtMs: this.#tools.clock() };
    this.#known.set(id, fresh);
    fresh.state = await fresh.making;
    return ok(fresh.state);
  }

  /** Whether one more run of the code may begin; each counts for the page load, whatever comes of it. */
  #takeRun(): boolean {
    if (this.#runsLeft === 0) return false;
    this.#runsLeft--;
    return true;
  }

  #meet(ids: Iterable<string>): void {
    for (const id of ids) {
      const known = this.#known.get(id);
      if (known) known.metAtMs = this.#tools.clock();
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
    const lately = codeBegun && this.#tools.clock() - metAtMs < PLACE_HELD_MS;
    return !this.#present.has(id) && !byPerson && !lately;
  }
}
