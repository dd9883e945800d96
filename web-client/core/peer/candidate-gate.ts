/** Owns how many of a peer's candidates reach the browser, and how fast: each costs the page's own thread. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import type { IceCandidateBody } from '../../../main/common/protocol/bodies.ts';
import {
  CANDIDATE_TURN_MS,
  CANDIDATES_PER_GENERATION,
  CANDIDATES_PER_TURN,
} from '../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { TokenBucket } from '../../../main/common/timing/token-bucket.ts';
import type { OwnNetwork } from './own-network.ts';
import { type RemoteCandidate, readRemoteCandidate } from './remote-candidate.ts';

export interface CandidateGateOptions {
  readonly timers: TimersLike;
  readonly clock: ClockMs;
  /** Of `CANDIDATES`, one for each person. */
  readonly budget: TokenBucket;
  readonly ownNetwork: Pick<OwnNetwork, 'isPrivate' | 'onPrivate'>;
  readonly onAdmitted: (candidate: string) => void;
  readonly deliver: (candidates: readonly IceCandidateBody[]) => void;
}

/**
 * One for each connection. What comes twice, leads nowhere or is too much is passed over; the others decide. What leads to a
 * private network is kept until this side turns out to be in one, too.
 */
export class CandidateGate implements Disposable {
  readonly #options: CandidateGateOptions;
  #known = new Set<string>();
  #waiting: RemoteCandidate[] = [];
  #kept: RemoteCandidate[] = [];
  readonly #listening: Disposable;
  readonly #nextTurn: Timeout;
  #disposed = false;

  constructor(options: CandidateGateOptions) {
    this.#options = options;
    this.#nextTurn = new Timeout(options.timers);
    this.#listening = options.ownNetwork.onPrivate(() => this.#release());
  }

  /** A description began a new ICE generation, in which the browser forgets the candidates before. */
  restart(): void {
    this.#known = new Set();
  }

  add(candidates: readonly IceCandidateBody[]): void {
    for (const candidate of candidates) {
      if (this.#options.budget.take(this.#options.clock())) this.#admit(candidate);
    }
    this.#begin();
  }

  dispose(): void {
    this.#disposed = true;
    this.#nextTurn.dispose();
    this.#listening.dispose();
    this.#waiting = [];
    this.#kept = [];
  }

  #admit(body: IceCandidateBody): void {
    const read = readRemoteCandidate(body);
    if (read === null || this.#known.has(read.key) || this.#known.size >= CANDIDATES_PER_GENERATION) return;
    this.#known.add(read.key);
    if (read.isPrivate && !this.#options.ownNetwork.isPrivate) this.#keep(read);
    else this.#pass(read);
  }

  #keep(read: RemoteCandidate): void {
    if (this.#kept.length < CANDIDATES_PER_GENERATION) this.#kept.push(read);
  }

  #release(): void {
    for (const read of this.#kept.splice(0)) this.#pass(read);
    this.#begin();
  }

  #pass(read: RemoteCandidate): void {
    this.#options.onAdmitted(read.candidate.candidate);
    this.#waiting.push(read);
  }

  #begin(): void {
    if (!this.#nextTurn.pending && !this.#disposed) this.#turn();
  }

  #turn(): void {
    const next = this.#waiting.splice(0, CANDIDATES_PER_TURN);
    if (next.length === 0) return;
    this.#nextTurn.set(() => this.#turn(), CANDIDATE_TURN_MS);
    this.#options.deliver(next.map(({ candidate }) => candidate));
  }
}
