/** Owns introductions: while a page is without the host, people it hears of from others, and who those say they are. */

import type { ClockMs } from '../../../main/common/platform.ts';
import type { MeshBody } from '../../../main/common/protocol/bodies.ts';
import type { RosterEntry } from '../../../main/common/protocol/messages.ts';
import { INTRODUCTIONS, INTRODUCTIONS_AWAITED_MAX } from '../../../main/common/protocol/peer-limits.ts';
import { TokenBuckets } from '../../../main/common/timing/token-bucket.ts';
import type { Peer } from '../peer/peer.ts';
import type { ListedParticipant } from './participant-list.ts';

export interface IntroductionsOptions {
  readonly clock: ClockMs;
  /** By id. */
  readonly peers: ReadonlyMap<string, Pick<Peer, 'reachable' | 'tell'>>;
  /** How somebody was told here; undefined for who is not in the call as this page knows it. */
  readonly listedOf: (id: string) => ListedParticipant | undefined;
  /** Whether this person may come in without the host's word. */
  readonly mayIntroduce: (id: string) => boolean;
  readonly onIntroduced: (entry: RosterEntry) => void;
}

export class Introductions {
  readonly #options: IntroductionsOptions;
  /** Who names people without end asks for it in vain, and costs the others nothing. */
  readonly #allowed = new TokenBuckets(INTRODUCTIONS);
  /** Who was asked about whom, and has not answered. */
  readonly #asked = new Map<string, ReadonlySet<string>>();

  constructor(options: IntroductionsOptions) {
    this.#options = options;
  }

  /** This person reaches these: asks who they are that one does not know. */
  handleReach(from: string, ids: readonly string[]): void {
    const { peers, mayIntroduce, clock } = this.#options;
    for (const id of ids) {
      const asked = this.#asked.get(id) ?? new Set();
      if (asked.has(from) || !mayIntroduce(id) || !this.#allowed.take(from, clock())) continue;
      this.#asked.set(id, new Set([...asked, from]));
      const [oldest] = this.#asked.keys();
      if (this.#asked.size > INTRODUCTIONS_AWAITED_MAX && oldest !== undefined) this.#asked.delete(oldest);
      peers.get(from)?.tell({ kind: 'whois', id });
    }
  }

  /** Tells who somebody is, of whom one has a channel oneself, to one who has, too. */
  handleWhois(from: string, id: string): void {
    const { peers, listedOf } = this.#options;
    const entry = peers.get(id)?.reachable ? listedOf(id)?.roster.entry : undefined;
    const asker = peers.get(from);
    if (entry !== undefined && asker?.reachable) asker.tell({ kind: 'introduce', entry });
  }

  /** What was not asked for is passed over, and what was is not believed: an id is computed from what stands beside it. */
  handleIntroduce(from: string, { entry }: Extract<MeshBody, { readonly kind: 'introduce' }>): void {
    const { peers, mayIntroduce, onIntroduced } = this.#options;
    if (!this.#asked.get(entry.id)?.has(from) || !peers.get(from)?.reachable) return;
    this.#asked.delete(entry.id);
    if (mayIntroduce(entry.id)) onIntroduced(entry);
  }

  /** The host is there again, or one goes out: nothing is awaited any more. */
  clear(): void {
    this.#asked.clear();
  }
}
