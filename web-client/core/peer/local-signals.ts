/** Owns the local signals of a connection in their order: the description, which waits a moment for its first addresses, and what comes later. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import type { IceCandidateBody } from '../../../main/common/protocol/bodies.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { CandidateLike } from '../browser-api.ts';
import { CandidateBatch } from './candidate-batch.ts';
import { isReachable } from './remote-candidate.ts';

/** The addresses of the own machine come as soon; a description without them goes by itself. */
export const DESCRIPTION_HOLD_MS = 10;
/** From the foundation to the type: what a candidate and its line in a description have in common. */
const PLACE_WORDS = 8;

/**
 * A box costs both sides and the server more than it carries: where many are on their way, what is known at nearly the same
 * time travels in one. Where there is one other, nothing is worth waiting for.
 */
export class LocalSignals implements Disposable {
  readonly #batch: CandidateBatch;
  readonly #due: Timeout;
  #sendDescription: (() => string) | null = null;
  /** Came while the description waited. */
  #early: (CandidateLike | null)[] = [];

  constructor(timers: TimersLike, sendCandidates: (candidates: IceCandidateBody[]) => void) {
    this.#batch = new CandidateBatch(timers, sendCandidates);
    this.#due = new Timeout(timers);
  }

  /**
   * @param send sends the description with the candidates it has by then, and tells its SDP
   * @param hurried it waits for nothing
   */
  describe(send: () => string, hurried: boolean): void {
    this.#release();
    this.#sendDescription = send;
    if (hurried) this.#release();
    else this.#due.set(() => this.#release(), DESCRIPTION_HOLD_MS);
  }

  /** Takes what an `icecandidate` event carries. */
  add(candidate: CandidateLike | null): void {
    if (this.#sendDescription === null) {
      this.#batch.add(candidate);
      return;
    }
    this.#early.push(candidate);
    // Those of further interfaces come in the same moment.
    if (candidate !== null && isReachable(candidate.candidate)) this.#due.set(() => this.#release(), 0);
  }

  /** A restart gathers anew, and is in a hurry again. */
  restart(): void {
    this.#batch.restart();
  }

  dispose(): void {
    this.#due.dispose();
    this.#batch.dispose();
    this.#sendDescription = null;
    this.#early = [];
  }

  #release(): void {
    const send = this.#sendDescription;
    if (send === null) return;
    this.#due.clear();
    this.#sendDescription = null;
    const early = this.#early;
    this.#early = [];
    const sdp = send();
    for (const candidate of early) if (!isIn(sdp, candidate)) this.#batch.add(candidate);
  }
}

function isIn(sdp: string, candidate: CandidateLike | null): boolean {
  if (candidate === null || candidate.candidate === '') return false;
  return sdp.includes(`a=${candidate.candidate.split(' ').slice(0, PLACE_WORDS).join(' ')}`);
}
