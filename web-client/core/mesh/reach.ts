/** Owns reach: whom each of the others can pass boxes on to, as they tell each other while one of them is without the host. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import type { MeshBody } from '../../../main/common/protocol/bodies.ts';
import { REACH_RATE } from '../../../main/common/protocol/peer-limits.ts';
import { LatestThrottle } from '../../../main/common/timing/latest-throttle.ts';
import type { Peer } from '../peer/peer.ts';

export type ReachBody = Extract<MeshBody, { readonly kind: 'reach' }>;

export interface ReachOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** By id. */
  readonly peers: ReadonlyMap<string, Pick<Peer, 'reachable' | 'tell'>>;
}

interface Told {
  readonly ids: Set<string>;
  readonly offline: boolean;
}

/** As long as everybody has the host nothing is told. */
export class Reach implements Disposable {
  readonly #options: ReachOptions;
  readonly #told = new Map<string, Told>();
  readonly #throttle: LatestThrottle<void>;
  #offline = false;
  #own: readonly string[] = [];

  constructor(options: ReachOptions) {
    this.#options = options;
    this.#throttle = new LatestThrottle({ ...options, limit: REACH_RATE, tell: () => this.#tell() });
  }

  /** Through whom this person can be reached now. */
  via(id: string): readonly string[] {
    const through = (other: string) => other !== id && this.#options.peers.get(other)?.reachable === true;
    return [...this.#told].flatMap(([other, { ids }]) => (ids.has(id) && through(other) ? [other] : []));
  }

  /** Whether anybody tells now whom they reach. */
  get hasWitness(): boolean {
    return [...this.#told.keys()].some((id) => this.#options.peers.get(id)?.reachable);
  }

  /** The own socket is lost, or there again. */
  setOffline(offline: boolean): void {
    if (offline === this.#offline) return;
    this.#offline = offline;
    if (offline) {
      this.#throttle.push();
      return;
    }
    for (const [id, told] of this.#told) if (!told.offline) this.#told.delete(id);
    this.#tellAll(() => true);
  }

  /** A connection came to stand, or carries no more. */
  update(): void {
    const own = [...this.#options.peers].flatMap(([id, { reachable }]) => (reachable ? [id] : []));
    if (own.join() === this.#own.join()) return;
    this.#own = own;
    this.#throttle.push();
  }

  handle(from: string, { ids, offline }: ReachBody): void {
    const before = this.#told.get(from)?.offline ?? false;
    if (offline || this.#offline) this.#told.set(from, { ids: new Set(ids), offline });
    else this.#told.delete(from);
    if (offline && !before) this.#throttle.push();
  }

  /** A box of `from` was passed on by this person, who so has a channel to both. */
  handlePassed(by: string, from: string): void {
    const told = this.#told.get(by);
    if (told) told.ids.add(from);
    else this.#told.set(by, { ids: new Set([from]), offline: false });
  }

  handleExit(id: string): void {
    this.#told.delete(id);
  }

  dispose(): void {
    this.#throttle.dispose();
    this.#told.clear();
    this.#own = [];
  }

  /** To everybody while one is without the host, else to those who are. */
  #tell(): void {
    this.#tellAll((id) => this.#offline || this.#told.get(id)?.offline === true);
  }

  #tellAll(isTold: (id: string) => boolean): void {
    const body: ReachBody = { kind: 'reach', ids: [...this.#own], offline: this.#offline };
    for (const [id, peer] of this.#options.peers) if (peer.reachable && isTold(id)) peer.tell(body);
  }
}
