/** Owns one voice's way through the graph: made louder or softer than an element can, and never clipped. */

import type { Disposable } from '../../main/common/lifecycle.ts';
import type { AudioGraph } from './audio-graph.ts';

/** The compressor as a limiter. */
const THRESHOLD_DB = -3;
const RATIO = 20;
const ATTACK_SECONDS = 0.003;
const RELEASE_SECONDS = 0.1;
/** What a compressor adds by itself (W3C Web Audio API, "makeup gain"): 0.6 of what it takes from full scale. */
const MAKEUP_DB = 0.6 * -(THRESHOLD_DB - THRESHOLD_DB / RATIO);
const MAKEUP = 10 ** (MAKEUP_DB / 20);
/** So short that it is not heard as a slide, and no click either. */
const GLIDE_SECONDS = 0.015;

export class LoudVoice implements Disposable {
  readonly #gain: GainNode;
  readonly #release: () => void;

  constructor(graph: AudioGraph, stream: MediaStream, volume: number) {
    const { context, output, dispose } = graph.use();
    const source = context.createMediaStreamSource(stream);
    this.#gain = context.createGain();
    this.#gain.gain.value = volume / MAKEUP;
    const limiter = context.createDynamicsCompressor();
    limiter.threshold.value = THRESHOLD_DB;
    limiter.knee.value = 0;
    limiter.ratio.value = RATIO;
    limiter.attack.value = ATTACK_SECONDS;
    limiter.release.value = RELEASE_SECONDS;
    source.connect(this.#gain).connect(limiter).connect(output);
    this.#release = () => {
      for (const node of [source, this.#gain, limiter]) node.disconnect();
      dispose();
    };
  }

  /** 0 to 2. */
  setVolume(volume: number): void {
    this.#gain.gain.setTargetAtTime(volume / MAKEUP, this.#gain.context.currentTime, GLIDE_SECONDS);
  }

  dispose(): void {
    this.#release();
  }
}
