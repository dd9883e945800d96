/** Owns the circle of reserves: with whom a page keeps one while it is without the host, the same few for each and all in turn. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { RESERVE_AFTER_MS, RESERVES_MAX } from '../../../main/common/protocol/peer-limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { Peer } from '../peer/peer.ts';

export interface ReserveCircleOptions {
  readonly ownId: string;
  readonly timers: TimersLike;
  /** By id. */
  readonly peers: ReadonlyMap<
    string,
    Pick<Peer, 'active'> & { readonly transport: Pick<Peer['transport'], 'setReserve'> }
  >;
}

/** Who is back with one of them reaches the others through that one. */
export class ReserveCircle implements Disposable {
  readonly #options: ReserveCircleOptions;
  readonly #due: Timeout;
  #kept = false;

  constructor(options: ReserveCircleOptions) {
    this.#options = options;
    this.#due = new Timeout(options.timers);
  }

  /** The own socket is lost, or there again. */
  setOffline(offline: boolean): void {
    if (!offline) {
      this.#due.clear();
      this.#kept = false;
      this.update();
    } else if (!this.#kept && !this.#due.pending) {
      this.#due.set(() => {
        this.#kept = true;
        this.update();
      }, RESERVE_AFTER_MS);
    }
  }

  /** Somebody came or went. */
  update(): void {
    const chosen = new Set(this.#kept ? this.#next() : []);
    for (const [id, { transport }] of this.#options.peers) transport.setReserve(chosen.has(id));
  }

  dispose(): void {
    this.#due.clear();
    this.#kept = false;
  }

  /** In the order of their ids, from the own one on and around. */
  #next(): readonly string[] {
    const { ownId, peers } = this.#options;
    const ids = [...peers].flatMap(([id, { active }]) => (active ? [id] : [])).sort();
    const after = ids.filter((id) => id > ownId);
    return [...after, ...ids.filter((id) => id < ownId)].slice(0, RESERVES_MAX);
  }
}
