/** Owns the voice activity detector: from the microphone's loudness the level to be shown, speech, and what seems wrong. */

import type { MicrophoneHint } from '../state/audio-state.ts';

/** In dB below full scale. Speech lies at -40 to -15, a room at -80 to -50. */
const SPEECH_BEGINS_DB = -45;
const SPEECH_ENDS_DB = -52;
/** Quieter than any room, noise suppression or not. */
const NOTHING_DB = -85;
/** Nothing but zeros, which is what a switch at the device makes. */
const DIGITAL_SILENCE_DB = -100;
/** The level's ends. */
const LEVEL_LOW_DB = -60;
const LEVEL_HIGH_DB = -6;
/** How much of the level is left a tenth of a second later. */
const LEVEL_FALL = 0.6;

/** Pauses between words belong to speaking. */
const PAUSE_MS = 400;
const TALKING_MUTED_MS = 700;
const TALKING_MUTED_KEPT_MS = 4_000;
const SILENT_MS = 6_000;
/** After there was a signal: some headsets send nothing while nobody talks. */
const SILENT_AGAIN_MS = 15_000;
/** After such a gap between readings nothing is known of what was before. */
const GAP_MS = 1_000;

export interface VoiceActivity {
  /** 0 to 1, perceptually even. */
  readonly level: number;
  /** And not muted. */
  readonly speaking: boolean;
  readonly hint: MicrophoneHint | null;
}

/** One for each track. */
export class VoiceActivityDetector {
  #lastMs = Number.NEGATIVE_INFINITY;
  #muted = false;
  #level = 0;
  #everSounded = false;
  /** Since when there was nothing while open. */
  #nothingSinceMs = 0;
  /** From the first to the last loud reading, pauses between words included. */
  #speech: { readonly fromMs: number; toMs: number } | null = null;
  #hint: MicrophoneHint | null = null;

  /** @param rms 0 to 1, a reading five to ten times a second */
  analyse(rms: number, muted: boolean, nowMs: number): VoiceActivity {
    const sinceMs = nowMs - this.#lastMs;
    if (muted !== this.#muted || sinceMs > GAP_MS) this.#forget(nowMs);
    this.#muted = muted;
    this.#lastMs = nowMs;
    const levelDb = 20 * Math.log10(rms);
    this.#level = Math.max(levelOf(levelDb), this.#level * LEVEL_FALL ** (sinceMs / 100));
    this.#followSpeech(levelDb, nowMs);
    if (muted) this.#suspectTalking(nowMs);
    else this.#suspectSilence(levelDb, nowMs);
    return { level: this.#level, speaking: !muted && this.#speech !== null, hint: this.#hint };
  }

  #forget(nowMs: number): void {
    this.#speech = null;
    this.#nothingSinceMs = nowMs;
    this.#hint = null;
  }

  #followSpeech(levelDb: number, nowMs: number): void {
    if (levelDb > (this.#speech === null ? SPEECH_BEGINS_DB : SPEECH_ENDS_DB)) {
      this.#speech ??= { fromMs: nowMs, toMs: nowMs };
      this.#speech.toMs = nowMs;
    } else if (this.#speech !== null && nowMs - this.#speech.toMs > PAUSE_MS) {
      this.#speech = null;
    }
  }

  #suspectTalking(nowMs: number): void {
    if (this.#speech !== null) {
      if (this.#speech.toMs - this.#speech.fromMs >= TALKING_MUTED_MS) this.#hint = 'talking-muted';
      this.#nothingSinceMs = nowMs;
    } else if (nowMs - this.#nothingSinceMs > TALKING_MUTED_KEPT_MS) this.#hint = null;
  }

  #suspectSilence(levelDb: number, nowMs: number): void {
    if (levelDb > NOTHING_DB) this.#everSounded = true;
    if (levelDb > (this.#everSounded ? DIGITAL_SILENCE_DB : NOTHING_DB)) {
      this.#nothingSinceMs = nowMs;
      this.#hint = null;
    }
    const limitMs = this.#everSounded ? SILENT_AGAIN_MS : SILENT_MS;
    if (nowMs - this.#nothingSinceMs >= limitMs) this.#hint = 'silent';
  }
}

function levelOf(levelDb: number): number {
  return Math.min(Math.max((levelDb - LEVEL_LOW_DB) / (LEVEL_HIGH_DB - LEVEL_LOW_DB), 0), 1);
}
