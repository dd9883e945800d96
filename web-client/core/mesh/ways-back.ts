/** Owns the ways back to those who wait for this page: what its next load would need, told as it changes. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { WAYS_BACK_DELAY_MS } from '../../../main/common/protocol/peer-limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { Peer } from '../peer/peer.ts';
import type { WayBack } from '../waiting/former-page.ts';
import type { ListedParticipant } from './participant-list.ts';

/** Whether the host had them in. */
export const wasMet = ({ introduced, metBefore }: ListedParticipant): boolean => !introduced || metBefore;

export interface WaysBackOptions {
  readonly timers: TimersLike;
  /** By id. */
  readonly peers: ReadonlyMap<string, Pick<Peer, 'reachable' | 'way'>>;
  readonly listedOf: (id: string) => ListedParticipant | undefined;
  readonly onWays: (ways: readonly WayBack[]) => void;
}

export class WaysBack implements Disposable {
  readonly #options: WaysBackOptions;
  readonly #due: Timeout;
  #told = '';
  #turn = {};

  constructor(options: WaysBackOptions) {
    this.#options = options;
    this.#due = new Timeout(options.timers);
  }

  /** Somebody waits now, or no longer, or at another place. */
  update(): void {
    const now = this.#open.map(({ id, way }) => `${id} ${way.epoch} ${way.candidates.length}`).join();
    if (now === this.#told) return;
    this.#told = now;
    this.#turn = {};
    // Nothing is to be left for longer than it holds.
    if (now === '') this.dispose();
    else this.#due.set(() => void this.#tell(), WAYS_BACK_DELAY_MS);
  }

  /** Nothing is left to anybody. */
  dispose(): void {
    this.#due.clear();
    this.#told = '';
    this.#turn = {};
    this.#options.onWays([]);
  }

  get #open() {
    return [...this.#options.peers].flatMap(([id, { reachable, way }]) =>
      reachable && way !== null ? [{ id, way }] : [],
    );
  }

  async #tell(): Promise<void> {
    const turn = this.#turn;
    const ways = await Promise.all(
      this.#open.map(async ({ id, way }) => ({
        ...way,
        listed: this.#options.listedOf(id),
        key: await way.key,
      })),
    );
    if (turn !== this.#turn) return;
    this.#options.onWays(
      ways.flatMap(({ listed, ...way }) =>
        listed === undefined ? [] : [{ ...way, entry: listed.roster.entry, metBefore: wasMet(listed) }],
      ),
    );
  }
}
