/** Owns the level meter of the own microphone, also while it is muted. */

import type { Meter, MeterPort } from '../core/audio/ports.ts';
import { endAll } from './attempt.ts';
import type { AudioGraph } from './audio-graph.ts';

/** 85 ms at 48 kHz: little is missed between ten readings a second. */
const SAMPLES = 4096;
/** Every eighth sample tells the level as well: loudness is a mean, and asks for no bandwidth. */
const STRIDE = 8;
/** Read into, by one meter at a time. */
const samples = new Float32Array(SAMPLES);

export interface LevelMeterOptions {
  readonly graph: AudioGraph;
  /** `(track) => new MediaStream([track])` */
  readonly createStream: (track: MediaStreamTrack) => MediaStream;
}

/** Listens to a copy of the track: muting stops what is sent, and the copy goes nowhere else. */
export class LevelMeter implements MeterPort {
  readonly #options: LevelMeterOptions;

  constructor(options: LevelMeterOptions) {
    this.#options = options;
  }

  /** Where the browser refuses (Firefox does for a headset of another sample rate), the level is unknown. */
  open(track: MediaStreamTrack): Meter {
    try {
      return this.#listen(track);
    } catch {
      return UNKNOWN;
    }
  }

  #listen(track: MediaStreamTrack): Meter {
    const { context, dispose } = this.#options.graph.listen();
    const copy = track.clone();
    const end = () => endAll(() => copy.stop(), dispose);
    try {
      copy.enabled = true;
      const source = context.createMediaStreamSource(this.#options.createStream(copy));
      const analyser = context.createAnalyser();
      analyser.fftSize = SAMPLES;
      source.connect(analyser);
      return {
        read: () => (context.state === 'running' ? loudnessOf(analyser) : null),
        dispose: () => endAll(() => source.disconnect(), end),
      };
    } catch (error) {
      end();
      throw error;
    }
  }
}

const UNKNOWN: Meter = { read: () => null, dispose() {} };

/** RMS of the last samples, 1 is full scale; null where the browser does not give them out. */
function loudnessOf(analyser: AnalyserNode): number | null {
  try {
    analyser.getFloatTimeDomainData(samples);
  } catch {
    return null;
  }
  // Ten times a second: a loop costs a tenth of what a reduce does.
  let sum = 0;
  for (let index = 0; index < SAMPLES; index += STRIDE) sum += (samples[index] ?? 0) ** 2;
  return Math.sqrt((sum * STRIDE) / SAMPLES);
}
