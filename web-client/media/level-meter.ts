/** Owns the level meter of the own microphone, also while it is muted. */

import type { Meter, MeterPort } from '../core/audio/ports.ts';
import { endAll } from './attempt.ts';
import type { AudioGraph } from './audio-graph.ts';

/** Little is missed between ten readings a second; at least so much, for an analyser counts in powers of two. */
const WINDOW_SECONDS = 0.08;
/** Of the window, evenly spread: loudness is a mean, and asks for no bandwidth. */
const SAMPLES_READ = 512;

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
    const use = this.#options.graph.listen();
    const { context } = use;
    const copy = track.clone();
    const end = () => endAll(() => copy.stop(), use.dispose);
    try {
      copy.enabled = true;
      const source = context.createMediaStreamSource(this.#options.createStream(copy));
      const analyser = context.createAnalyser();
      analyser.fftSize = 2 ** Math.ceil(Math.log2(WINDOW_SECONDS * context.sampleRate));
      source.connect(analyser);
      const samples = new Float32Array(analyser.fftSize);
      return {
        read: () => (use.running ? loudnessOf(analyser, samples) : null),
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
function loudnessOf(analyser: AnalyserNode, samples: Float32Array<ArrayBuffer>): number | null {
  try {
    analyser.getFloatTimeDomainData(samples);
  } catch {
    return null;
  }
  const stride = Math.max(1, Math.floor(samples.length / SAMPLES_READ));
  // Ten times a second: a loop costs a tenth of what a reduce does.
  let sum = 0;
  for (let index = 0; index < samples.length; index += stride) sum += (samples[index] ?? 0) ** 2;
  return Math.sqrt((sum * stride) / samples.length);
}
