/** Owns pacing new connections: at once as honest pages need them, else each pair in its turn, for each costs the page dear. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { CONNECTIONS_OF_PAGE, CONNECTIONS_OF_PAIR } from '../../../main/common/protocol/peer-limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import { TokenBucket } from '../../../main/common/timing/token-bucket.ts';

export interface ConnectionTurnsOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

/** One pair's, for the page load: leaving and coming back starts no budget again. */
export interface ConnectionTurn {
  /** Whether something waits to be made. */
  readonly waiting: boolean;
  /** Calls `make` now, or in its turn; what the pair asked for last is made, once. */
  request(make: () => void): void;
  /** Nothing is to be made any more. */
  cancel(): void;
}

interface Pair {
  readonly bucket: TokenBucket;
  readonly make: () => void;
}

export class ConnectionTurns implements Disposable {
  readonly #options: ConnectionTurnsOptions;
  readonly #bucket: TokenBucket;
  /** Whoever asked first is first. */
  readonly #waiting = new Map<ConnectionTurn, Pair>();
  readonly #nextTurn: Timeout;

  constructor(options: ConnectionTurnsOptions) {
    this.#options = options;
    this.#nextTurn = new Timeout(options.timers);
    this.#bucket = new TokenBucket(CONNECTIONS_OF_PAGE, options.clock());
  }

  pair(): ConnectionTurn {
    const bucket = new TokenBucket(CONNECTIONS_OF_PAIR, this.#options.clock());
    const waiting = this.#waiting;
    const turn: ConnectionTurn = {
      get waiting() {
        return waiting.has(turn);
      },
      request: (make) => {
        waiting.set(turn, { bucket, make });
        this.#serve();
      },
      cancel: () => {
        if (waiting.delete(turn)) this.#serve();
      },
    };
    return turn;
  }

  dispose(): void {
    this.#waiting.clear();
    this.#serve();
  }

  #serve(): void {
    const { clock } = this.#options;
    for (let due = this.#firstDue(); due !== null; due = this.#firstDue()) {
      const [turn, { bucket, make }] = due;
      bucket.take(clock());
      this.#bucket.take(clock());
      this.#waiting.delete(turn);
      make();
    }
    this.#nextTurn.clear();
    const waitsMs = [...this.#waiting.values()].map((pair) => this.#waitMs(pair));
    if (waitsMs.length > 0) this.#nextTurn.set(() => this.#serve(), Math.min(...waitsMs));
  }

  #firstDue(): [ConnectionTurn, Pair] | null {
    return [...this.#waiting].find(([, pair]) => this.#waitMs(pair) === 0) ?? null;
  }

  #waitMs({ bucket }: Pair): number {
    const nowMs = this.#options.clock();
    return Math.max(bucket.waitMs(nowMs), this.#bucket.waitMs(nowMs));
  }
}
