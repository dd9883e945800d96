/** Owns how long a box waits for its acknowledgement until it is sent again, as RFC 6298 has it for TCP. Pure. */

import { STREAM_RESEND_MAX_MS, STREAM_RESEND_MIN_MS } from '../../protocol/peer-limits.ts';

/** What is new counts an eighth in the mean, and a quarter in the variation (section 2.3). */
const MEAN_GAIN = 1 / 8;
const VARIATION_GAIN = 1 / 4;
const VARIATIONS = 4;

/** Where all is slow a wait that stays as it is has everything sent twice, and makes it slower. */
export class ResendTimeout {
  #meanMs: number | null = null;
  #variationMs = 0;

  /** @param ms from sending a box to its acknowledgement, where nothing that was sent twice was acknowledged with it (Karn, section 3) */
  noteRoundTrip(ms: number): void {
    if (this.#meanMs === null) {
      this.#meanMs = ms;
      this.#variationMs = ms / 2;
      return;
    }
    this.#variationMs += VARIATION_GAIN * (Math.abs(this.#meanMs - ms) - this.#variationMs);
    this.#meanMs += MEAN_GAIN * (ms - this.#meanMs);
  }

  /** @param resends how often the box was sent again before, each time after twice as long */
  delayMs(resends: number): number {
    const onceMs = Math.max(STREAM_RESEND_MIN_MS, (this.#meanMs ?? 0) + VARIATIONS * this.#variationMs);
    return Math.min(onceMs * 2 ** resends, STREAM_RESEND_MAX_MS);
  }
}
