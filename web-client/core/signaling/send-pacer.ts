/** Owns the pacer of what the page sends to the server, below the rate at which the server would close the socket. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { PACER_BURST, PACER_PER_SECOND } from '../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import { TokenBucket } from '../../../main/common/timing/token-bucket.ts';

export interface SendPacerOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly send: (frame: string) => void;
}

/** Sends at once while the burst lasts, then keeps frames in order and lets them go one by one. */
export class SendPacer implements Disposable {
  readonly #options: SendPacerOptions;
  readonly #bucket: TokenBucket;
  readonly #queue: string[] = [];
  readonly #next: Timeout;

  constructor(options: SendPacerOptions) {
    this.#options = options;
    this.#next = new Timeout(options.timers);
    this.#bucket = new TokenBucket({ perSecond: PACER_PER_SECOND, burst: PACER_BURST }, options.clock());
  }

  push(frame: string): void {
    this.#queue.push(frame);
    if (!this.#next.pending) this.#drain();
  }

  dispose(): void {
    this.#next.dispose();
    this.#queue.length = 0;
  }

  #drain(): void {
    const { clock, send } = this.#options;
    while (this.#queue.length > 0 && this.#bucket.take(clock())) send(this.#queue.shift() ?? '');
    if (this.#queue.length > 0) this.#next.set(() => this.#drain(), this.#bucket.waitMs(clock()));
  }
}
