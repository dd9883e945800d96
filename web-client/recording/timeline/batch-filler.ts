/**
 * Owns the moment of all voices that the audio thread gathers before it hands it on. Nothing is allocated for a sample: what is
 * thrown away there, or in the worker, lies about until the browser collects it, which it does after tens of megabytes only.
 */

import { type SoundBatch, TAP_INPUTS, type UsedSamples } from '../recorder-messages.ts';

/** More than wait in the worker; after a time in which it stood still, the rest are let go. */
export const SPARE_MAX = 16;

export const has = (inputs: number, input: number): boolean => ((inputs >> input) & 1) === 1;

export class BatchFiller {
  readonly #stride: number;
  readonly #spare: Float32Array<ArrayBuffer>[] = [];
  #samples: Float32Array<ArrayBuffer> | null = null;
  /** A bit for each that had a voice in this moment. */
  #inputs = 0;
  #frame = 0;
  #length = 0;

  /** @param frames of a batch, at most */
  constructor(frames: number) {
    this.#stride = frames;
  }

  get isFull(): boolean {
    return this.#length >= this.#stride;
  }

  /** @param frame of the context, of the first of these samples */
  add(inputs: readonly (readonly Float32Array[])[], frame: number, length: number): void {
    if (this.#length === 0) this.#frame = frame;
    this.#samples ??= this.#spare.pop() ?? new Float32Array(TAP_INPUTS * this.#stride);
    for (let input = 0; input < inputs.length; input++) {
      const voice = inputs[input]?.[0];
      const start = input * this.#stride;
      const at = start + this.#length;
      if (voice !== undefined) {
        // There are others' samples of before in it.
        if (!has(this.#inputs, input)) this.#samples.fill(0, start, at);
        this.#inputs |= 1 << input;
        this.#samples.set(voice, at);
      } else if (has(this.#inputs, input)) this.#samples.fill(0, at, at + length);
    }
    this.#length += length;
  }

  /** What there is, to be given away; null: nothing. */
  take(stampMs: number): SoundBatch | null {
    if (this.#samples === null) return null;
    const batch: SoundBatch = {
      frame: this.#frame,
      length: this.#length,
      stampMs,
      inputs: this.#inputs,
      stride: this.#stride,
      samples: this.#samples,
    };
    this.#samples = null;
    this.#inputs = 0;
    this.#length = 0;
    return batch;
  }

  /** What was given away is no longer needed there. */
  giveBack(used: UsedSamples): void {
    for (const samples of used) if (this.#spare.length < SPARE_MAX) this.#spare.push(samples);
  }
}
