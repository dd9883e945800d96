/** Owns the audio thread's end of a recording: hands all voices on as they are, with their place in the context's time. */

import { type SoundBatch, TAP_NAME, type TapOrder } from './recorder-messages.ts';

/** The part of AudioWorkletGlobalScope (W3C Web Audio API) that is used. */
declare const currentFrame: number;
declare const sampleRate: number;
declare const registerProcessor: (name: string, processor: new () => AudioWorkletProcessorLike) => void;
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort };

interface AudioWorkletProcessorLike {
  /** false: it has come to its end. */
  process(inputs: readonly (readonly Float32Array[])[]): boolean;
}

const BATCH_SECONDS = 0.04;

class RecorderTap extends AudioWorkletProcessor implements AudioWorkletProcessorLike {
  readonly #size = Math.ceil((BATCH_SECONDS * sampleRate) / 128) * 128;
  #to: MessagePort | null = null;
  #ended = false;
  #frame = 0;
  #length = 0;
  #voices = new Map<number, Float32Array<ArrayBuffer>>();

  constructor() {
    super();
    this.port.addEventListener('message', ({ data }: MessageEvent<TapOrder>) => {
      if (data === 'end') this.#ended = true;
      else this.#to = data.to;
    });
    this.port.start();
  }

  process(inputs: readonly (readonly Float32Array[])[]): boolean {
    if (this.#length === 0) this.#frame = currentFrame;
    for (const [input, [samples]] of inputs.entries()) if (samples !== undefined) this.#keep(input, samples);
    this.#length += inputs[0]?.[0]?.length ?? 128;
    if (this.#length >= this.#size || this.#ended) this.#flush();
    return !this.#ended;
  }

  #keep(input: number, samples: Float32Array): void {
    let kept = this.#voices.get(input);
    if (kept === undefined) {
      kept = new Float32Array(this.#size);
      this.#voices.set(input, kept);
    }
    kept.set(samples, this.#length);
  }

  #flush(): void {
    const batch: SoundBatch = {
      frame: this.#frame,
      length: this.#length,
      // The one clock there is here; see LostTime.
      stampMs: Date.now(),
      voices: [...this.#voices],
    };
    this.#to?.postMessage(
      batch,
      batch.voices.map(([, { buffer }]) => buffer),
    );
    this.#length = 0;
    this.#voices = new Map();
  }
}

registerProcessor(TAP_NAME, RecorderTap);
