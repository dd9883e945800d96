/** Owns the audio thread's end of a recording: hands all voices on as they are, with their place in the context's time. */

import { TAP_NAME, type TapOrder, type UsedSamples } from './recorder-messages.ts';
import { BatchFiller } from './timeline/batch-filler.ts';

/** The part of AudioWorkletGlobalScope (W3C Web Audio API) that is used. */
declare const currentFrame: number;
declare const sampleRate: number;
declare const registerProcessor: (name: string, processor: new () => AudioWorkletProcessorLike) => void;
declare const AudioWorkletProcessor: new () => { readonly port: MessagePort };

interface AudioWorkletProcessorLike {
  /** false: it has come to its end. */
  process(inputs: readonly (readonly Float32Array[])[]): boolean;
}

/** Soon enough for what waits longer in the worker; each leaves a little behind that the browser collects late. */
const BATCH_SECONDS = 0.1;
/** W3C Web Audio API: a render quantum. */
const QUANTUM = 128;

class RecorderTap extends AudioWorkletProcessor implements AudioWorkletProcessorLike {
  readonly #batch = new BatchFiller(Math.ceil((BATCH_SECONDS * sampleRate) / QUANTUM) * QUANTUM);
  #to: MessagePort | null = null;
  #ended = false;

  constructor() {
    super();
    this.port.addEventListener('message', ({ data }: MessageEvent<TapOrder>) => {
      if (data === 'end') this.#ended = true;
      else this.#sendTo(data.to);
    });
    this.port.start();
  }

  process(inputs: readonly (readonly Float32Array[])[]): boolean {
    this.#batch.add(inputs, currentFrame, QUANTUM);
    if (this.#batch.isFull || this.#ended) this.#flush();
    return !this.#ended;
  }

  #sendTo(port: MessagePort): void {
    port.addEventListener('message', ({ data }: MessageEvent<UsedSamples>) => this.#batch.giveBack(data));
    port.start();
    this.#to = port;
  }

  #flush(): void {
    // The one clock there is here; see LostTime.
    const batch = this.#batch.take(Date.now());
    if (batch === null) return;
    if (this.#to === null) this.#batch.giveBack([batch.samples]);
    else this.#to.postMessage(batch, [batch.samples.buffer]);
  }
}

registerProcessor(TAP_NAME, RecorderTap);
