/** Owns how many new messages are read out one by one; of more in a short time only the number is told. */

import type { TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

export const READ_OUT_MAX = 5;
export const READ_OUT_WINDOW_MS = 3_000;

export class ReadOut {
  readonly #announce: (count: number) => void;
  #asked = 0;
  readonly #window: Timeout;

  /** `announce` is called with how many were not read out. */
  constructor(timers: TimersLike, announce: (count: number) => void) {
    this.#window = new Timeout(timers);
    this.#announce = announce;
  }

  /** Whether the message that comes now is to be read out. */
  take(): boolean {
    if (!this.#window.pending) this.#window.set(() => this.#endWindow(), READ_OUT_WINDOW_MS);
    this.#asked++;
    return this.#asked <= READ_OUT_MAX;
  }

  #endWindow(): void {
    const unannounced = this.#asked - READ_OUT_MAX;
    this.#asked = 0;
    if (unannounced > 0) this.#announce(unannounced);
  }
}
