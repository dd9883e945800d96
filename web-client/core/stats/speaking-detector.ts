/** Owns telling speech from silence by how loud a voice is, without flickering between words. */

import type { ClockMs } from '../../../main/common/platform.ts';

/** Linear, as audioLevel is (W3C WebRTC Statistics): quiet speech is at some 0.03, a silent room below 0.005. */
const SPEAKING_LEVEL = 0.02;
const SILENT_LEVEL = 0.01;
/** A pause between two words is no end. */
const HOLD_MS = 500;

export class SpeakingDetector {
  readonly #clock: ClockMs;
  #speaking = false;
  #lastLoudMs = 0;

  constructor(clock: ClockMs) {
    this.#clock = clock;
  }

  /** @param level 0 to 1; null counts as silence */
  next(level: number | null): boolean {
    const nowMs = this.#clock();
    const loud = (level ?? 0) > (this.#speaking ? SILENT_LEVEL : SPEAKING_LEVEL);
    if (loud) this.#lastLoudMs = nowMs;
    this.#speaking = loud || (this.#speaking && nowMs - this.#lastLoudMs < HOLD_MS);
    return this.#speaking;
  }
}
