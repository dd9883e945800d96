/** Stands in the recorder's page: the worker alone, fed with sound faster than it is spoken, as the audio thread would. */

import type { RecorderFailure } from '../../../web-client/core/recording/recorder-port.ts';
import { trustedScriptUrl } from '../../../web-client/media/worker-scripts.ts';
import {
  type FinishedFiles,
  type RecorderCommand,
  type RecorderReport,
  type SoundBatch,
  TAP_INPUTS,
  type UsedSamples,
} from '../../../web-client/recording/recorder-messages.ts';
import workerUrl from '../../../web-client/recording/worker/recorder-worker.ts?worker&url';
import { FED_HZ } from './fed-tone.ts';

const RATE = 48_000;
const BATCH = 1_920;
/** In hand of the worker at a time; as with the audio thread, it gives them back. */
const BATCHES_OUT_MAX = 32;
/** More than that the encoders do not keep up with on a quiet computer, and what waits for them would be measured. */
const TIMES_FASTER = 24;
const RADIANS = (2 * Math.PI * FED_HZ) / RATE;

export class WorkerFeed {
  readonly #voices: number;
  readonly #worker = new Worker(trustedScriptUrl(window, 'recorder', workerUrl));
  readonly #sound: MessagePort;
  readonly #spare: Float32Array<ArrayBuffer>[];
  #onSpare: (() => void) | null = null;
  #folder = '';
  #frame = 0;
  #bytes = 0;
  #failure: RecorderFailure | null = null;

  private constructor(voices: number, sound: MessagePort) {
    this.#voices = voices;
    this.#sound = sound;
    this.#spare = Array.from({ length: BATCHES_OUT_MAX }, () => new Float32Array(TAP_INPUTS * BATCH));
    sound.addEventListener('message', ({ data }: MessageEvent<UsedSamples>) => {
      this.#spare.push(...data);
      this.#onSpare?.();
    });
    sound.start();
    this.#worker.addEventListener('message', ({ data }: MessageEvent<RecorderReport>) => {
      if (data.type === 'progress') this.#bytes = data.bytes;
      if (data.type !== 'failed') return;
      this.#failure = data.failure;
      this.#onSpare?.();
    });
  }

  /** On the disk. */
  get bytes(): number {
    return this.#bytes;
  }

  /** What it was fed with. */
  get fedMs(): number {
    return (this.#frame / RATE) * 1_000;
  }

  /** With a track for each. */
  static async start(voices: number): Promise<WorkerFeed> {
    const { port1, port2: sound } = new MessageChannel();
    const feed = new WorkerFeed(voices, port1);
    const terms = { mode: 'each', startedAt: Date.now(), rate: RATE, frame: 0 } as const;
    ({ folder: feed.#folder } = await feed.#ask<{ folder: string }>({ type: 'start', terms, sound }, [
      sound,
    ]));
    for (let input = 0; input < voices; input++) {
      const presence = { presence: input + 1, input, id: `${input}`, name: `Voice ${input}`, frame: 0 };
      feed.#worker.postMessage({ request: null, command: { type: 'enter', presence } });
    }
    return feed;
  }

  /**
   * @param timesFaster than it is spoken
   * @returns why no more was taken; null: all was
   */
  async feed(seconds: number, timesFaster = TIMES_FASTER): Promise<RecorderFailure | null> {
    for (let second = 0; second < seconds && this.#failure === null; second++) {
      const paced = new Promise((resolve) => setTimeout(resolve, 1_000 / timesFaster));
      for (let batch = 0; batch < RATE / BATCH; batch++) await this.#send();
      await paced;
    }
    return this.#failure;
  }

  async stop(): Promise<FinishedFiles> {
    await this.#ask({ type: 'stop', frame: this.#frame }, []);
    const files = await this.#ask<FinishedFiles>({ type: 'finish', folder: this.#folder }, []);
    this.#worker.terminate();
    return files;
  }

  async #send(): Promise<void> {
    while (this.#spare.length === 0 && this.#failure === null)
      await new Promise<void>((resolve) => {
        this.#onSpare = resolve;
      });
    const samples = this.#spare.pop();
    if (samples === undefined) return;
    for (let input = 0; input < this.#voices; input++)
      for (let at = 0; at < BATCH; at++)
        samples[input * BATCH + at] = 0.3 * Math.sin((this.#frame + at) * RADIANS * (input + 1));
    const frame = this.#frame;
    this.#frame += BATCH;
    const stampMs = (this.#frame / RATE) * 1_000;
    const batch: SoundBatch = {
      frame,
      length: BATCH,
      stampMs,
      inputs: (1 << this.#voices) - 1,
      stride: BATCH,
      samples,
    };
    this.#sound.postMessage(batch, [samples.buffer]);
  }

  #ask<Answer>(command: RecorderCommand, transfer: Transferable[]): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const listen = ({ data }: MessageEvent<RecorderReport>) => {
        if (data.type !== 'answer') return;
        this.#worker.removeEventListener('message', listen);
        if (data.ok) resolve(data.value as Answer);
        else reject(new Error(data.error));
      };
      this.#worker.addEventListener('message', listen);
      this.#worker.postMessage({ request: 1, command }, transfer);
    });
  }
}
