/** Owns watching a peer's voice: packets that stop are the first sign of a way, or a page, that is gone. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

/** Silence that is left out still sends some packets a second (RFC 7587, section 3.1.3). */
export const VOICE_STOPPED_MS = 2_000;
/** How soon one who gave no sign of life is asked again. */
export const SILENT_AGAIN_MS = 1_000;

export interface VoiceWatchOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** Whether there is a sign of life: somebody may only have taken their microphone away. */
  readonly check: () => Promise<boolean>;
  /** Nothing comes from the person any more, or (false) something does again. */
  readonly onSilence: (silent: boolean) => void;
}

export class VoiceWatch implements Disposable {
  readonly #options: VoiceWatchOptions;
  /** As the browser tells it. */
  #lastPacketAt: number | null = null;
  #changedMs = Number.NEGATIVE_INFINITY;
  /** `quiet`: there, and says nothing. */
  #phase: 'heard' | 'quiet' | 'asking' | 'silent' = 'quiet';
  readonly #again: Timeout;

  constructor(options: VoiceWatchOptions) {
    this.#options = options;
    this.#again = new Timeout(options.timers);
  }

  /** @param lastPacketAt when the last packet came; null where there was none of late */
  handleLook(lastPacketAt: number | null): void {
    const nowMs = this.#options.clock();
    if (lastPacketAt !== this.#lastPacketAt) {
      this.#lastPacketAt = lastPacketAt;
      this.#changedMs = nowMs;
      if (lastPacketAt !== null) this.#settle('heard');
    } else if (this.#phase === 'heard' && nowMs - this.#changedMs >= VOICE_STOPPED_MS) {
      void this.#ask();
    }
  }

  /** The connection ends. */
  dispose(): void {
    this.#again.dispose();
    this.#phase = 'quiet';
    this.#lastPacketAt = null;
  }

  async #ask(): Promise<void> {
    this.#phase = 'asking';
    const alive = await this.#options.check();
    if (this.#phase !== 'asking') return;
    this.#settle(alive ? 'quiet' : 'silent');
  }

  #settle(phase: 'heard' | 'quiet' | 'silent'): void {
    this.#phase = phase;
    this.#again.clear();
    if (phase === 'silent') this.#again.set(() => void this.#ask(), SILENT_AGAIN_MS);
    this.#options.onSilence(phase === 'silent');
  }
}
