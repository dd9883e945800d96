/** Owns passing: the own boxes on their way through somebody who has a channel to both, and those of two others through this page. */

import { type Bytes, fromBase64Url, toBase64Url } from '../../../main/common/bytes.ts';
import type { ClockMs } from '../../../main/common/platform.ts';
import { type MeshBody, passedUnits } from '../../../main/common/protocol/bodies.ts';
import type { SignalType } from '../../../main/common/protocol/messages.ts';
import { PASSED_BOX_MAX_BYTES, PASSING, PASSING_FOR_ALL } from '../../../main/common/protocol/peer-limits.ts';
import { TokenBucket, TokenBuckets } from '../../../main/common/timing/token-bucket.ts';
import type { Peer } from '../peer/peer.ts';
import type { Reach } from './reach.ts';

type PassBody = Extract<MeshBody, { readonly kind: 'pass' }>;
type PassedBody = Extract<MeshBody, { readonly kind: 'passed' }>;

export interface PassingOptions {
  readonly clock: ClockMs;
  /** By id. */
  readonly peers: ReadonlyMap<
    string,
    Pick<Peer, 'active' | 'reachable' | 'tell' | 'setPath' | 'handlePassedBox'>
  >;
  readonly reach: Pick<Reach, 'via' | 'handlePassed'>;
}

/**
 * A box goes on once, from one open channel into another: what came by passing is taken from nobody's hands but its passer's, whose
 * own box it stands in. Nothing here is opened, and nobody is believed: a box that was altered or made up does not open.
 */
export class Passing {
  readonly #options: PassingOptions;
  /** Who passes on to whom, until a box has to be sent again. */
  readonly #passers = new Map<string, string>();
  readonly #sentBy = new WeakMap<Bytes, string>();
  readonly #through = new TokenBuckets(PASSING);
  readonly #ofOthers = new TokenBuckets(PASSING);
  readonly #forAll: TokenBucket;

  constructor(options: PassingOptions) {
    this.#options = options;
    this.#forAll = new TokenBucket(PASSING_FOR_ALL, options.clock());
  }

  /** Whom somebody passes on to may have changed. */
  update(): void {
    const { peers, reach } = this.#options;
    for (const [id, peer] of peers) peer.setPath('passing', peer.active && reach.via(id).length > 0);
  }

  /** Sends a box through one of those who have a channel to both; one that is too much is dropped, as if lost. */
  send(to: string, type: SignalType, box: Bytes): void {
    const passer = this.#passerOf(to, box);
    if (passer === null || box.length > PASSED_BOX_MAX_BYTES) return;
    const body: PassBody = { kind: 'pass', to, type, box: toBase64Url(box) };
    if (!this.#through.take(passer, this.#options.clock(), passedUnits(body))) return;
    this.#options.peers.get(passer)?.tell(body);
  }

  /** Passes a box on; without a word it does not where it cannot, or may not. */
  handlePass(from: string, { to, type, box }: PassBody): void {
    const { peers, clock } = this.#options;
    const target = peers.get(to);
    if (to === from || !peers.get(from)?.reachable || !target?.reachable) return;
    const units = passedUnits({ box });
    const allowed = this.#ofOthers.take(from, clock(), units) && this.#forAll.take(clock(), units);
    if (allowed) target.tell({ kind: 'passed', from, type, box });
  }

  handleExit(id: string): void {
    this.#passers.delete(id);
  }

  handlePassed(by: string, { from, type, box: boxText }: PassedBody): void {
    const { peers, reach } = this.#options;
    const peer = peers.get(from);
    const box = fromBase64Url(boxText);
    if (from === by || box === null || !peers.get(by)?.reachable || !peer?.active) return;
    reach.handlePassed(by, from);
    peer.handlePassedBox(type, box);
  }

  /** A box that is sent again was not passed on: the next one's turn. */
  #passerOf(to: string, box: Bytes): string | null {
    const passers = this.#options.reach.via(to);
    const before = this.#passers.get(to);
    const index = passers.indexOf(before ?? '');
    const isAgain = before !== undefined && this.#sentBy.get(box) === before;
    const passer = passers[index < 0 ? 0 : (index + Number(isAgain)) % passers.length] ?? null;
    if (passer === null) return null;
    this.#passers.set(to, passer);
    this.#sentBy.set(box, passer);
    return passer;
  }
}
