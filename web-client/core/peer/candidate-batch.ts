/** Owns gathering local ICE candidates into few messages, without making the first ones wait. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import type { IceCandidateBody } from '../../../main/common/protocol/bodies.ts';
import { ICE_BATCH_MS, ICE_CANDIDATES_PER_BOX } from '../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { CandidateLike } from '../browser-api.ts';
import { isReachable } from './remote-candidate.ts';

/**
 * How long the first batches stay open. The addresses of the own machine come within a millisecond or two and
 * decide how soon one is heard; what STUN and TURN find comes later and may wait.
 */
const FIRST_DELAYS_MS: readonly number[] = [0, 10];

/** The end helps only who finds no way at all. */
export const END_DELAY_MS = 1_000;

/** Ends the list for all media (W3C WebRTC 1.0, section 4.8.1.3). */
const END_OF_CANDIDATES: IceCandidateBody = {
  candidate: '',
  sdpMid: null,
  sdpMLineIndex: null,
  usernameFragment: null,
};

export class CandidateBatch implements Disposable {
  readonly #send: (candidates: IceCandidateBody[]) => void;
  #open: IceCandidateBody[] = [];
  readonly #due: Timeout;
  #batches = 0;
  #ended = false;
  /** What is open is the end alone. */
  #unhurried = false;

  constructor(timers: TimersLike, send: (candidates: IceCandidateBody[]) => void) {
    this.#due = new Timeout(timers);
    this.#send = send;
  }

  /** Takes what an `icecandidate` event carries; null is its end of candidates. */
  add(candidate: CandidateLike | null): void {
    const isEnd = candidate === null || candidate.candidate === '';
    // Some browsers tell the end twice, as an empty candidate and as null.
    if (isEnd && this.#ended) return;
    // Nobody can knock there.
    if (!isEnd && !isReachable(candidate.candidate)) return;
    this.#ended = isEnd;
    this.#open.push(candidate === null ? END_OF_CANDIDATES : plainCandidate(candidate));
    if (this.#open.length === ICE_CANDIDATES_PER_BOX) this.#flush();
    else if (!this.#due.pending || this.#unhurried) this.#arm();
  }

  /** A restart gathers anew, and is in a hurry again. */
  restart(): void {
    this.#batches = 0;
  }

  dispose(): void {
    this.#due.dispose();
    this.#open = [];
  }

  #arm(): void {
    this.#unhurried = this.#ended && this.#open.length === 1;
    const delayMs = this.#unhurried ? END_DELAY_MS : (FIRST_DELAYS_MS[this.#batches] ?? ICE_BATCH_MS);
    this.#due.set(() => this.#flush(), delayMs);
  }

  #flush(): void {
    const candidates = this.#open;
    this.dispose();
    this.#batches++;
    this.#send(candidates);
  }
}

function plainCandidate({
  candidate,
  sdpMid,
  sdpMLineIndex,
  usernameFragment,
}: CandidateLike): IceCandidateBody {
  return { candidate, sdpMid, sdpMLineIndex, usernameFragment };
}
