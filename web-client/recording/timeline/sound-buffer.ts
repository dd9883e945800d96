/** Owns all voices' samples from the audio thread until they are recorded, each under its place in the context's time; and several voices in one. */

import type { SoundBatch } from '../recorder-messages.ts';
import { has } from './batch-filler.ts';

export class SoundBuffer {
  #batches: readonly SoundBatch[] = [];

  push(batch: SoundBatch): void {
    this.#batches = [...this.#batches, batch];
  }

  /**
   * Adds what there is of this input of `[from, to)` to `target`, whose first sample is that at `frame`; what there is not is
   * silence and adds nothing.
   */
  addTo(target: Float32Array, input: number, frame: number, from: number, to: number): void {
    for (const batch of this.#batches) {
      if (!has(batch.inputs, input)) continue;
      const { samples } = batch;
      const first = Math.max(from, batch.frame, frame);
      const end = Math.min(to, batch.frame + batch.length, frame + target.length);
      const offset = input * batch.stride - batch.frame;
      for (let at = first; at < end; at++)
        target[at - frame] = (target[at - frame] ?? 0) + (samples[offset + at] ?? 0);
    }
  }

  /** Nothing before it is asked for again; @returns what held nothing else. */
  forgetBefore(frame: number): readonly SoundBatch[] {
    const isPast = (batch: SoundBatch) => batch.frame + batch.length <= frame;
    const past = this.#batches.filter(isPast);
    if (past.length > 0) this.#batches = this.#batches.filter((batch) => !isPast(batch));
    return past;
  }

  clear(): void {
    this.#batches = [];
  }
}

/** Up to here nothing is changed; above, several loud voices come close to full scale and never beyond it. */
const PLAIN_MAX = 0.8;

/** In place. */
export function softened(samples: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  // By index: an iterator is an object for each of the samples.
  for (let index = 0; index < samples.length; index++) {
    const sample = samples[index] ?? 0;
    const over = Math.abs(sample) - PLAIN_MAX;
    if (over <= 0) continue;
    const room = 1 - PLAIN_MAX;
    samples[index] = Math.sign(sample) * (PLAIN_MAX + room * Math.tanh(over / room));
  }
  return samples;
}
