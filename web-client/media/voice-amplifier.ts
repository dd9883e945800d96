/** Owns the amplifier of one remote voice in the graph: louder or softer than an element can, and never clipped. */

import type { Disposable } from '../../main/common/lifecycle.ts';
import { endAll } from './attempt.ts';
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

export class VoiceAmplifier implements Disposable {
  readonly #gain: GainNode;
  readonly #release: () => void;

  /** Silent until it is given a volume. Throws where the browser refuses any part of it, and then leaves nothing behind. */
  constructor(graph: AudioGraph, stream: MediaStream) {
    const { context, output, dispose } = graph.use();
    const nodes: AudioNode[] = [];
    this.#release = () => endAll(...nodes.map((node) => () => node.disconnect()), dispose);
    const keep = <Node extends AudioNode>(node: Node): Node => {
      nodes.push(node);
      return node;
    };
    try {
      const source = keep(context.createMediaStreamSource(stream));
      this.#gain = keep(context.createGain());
      this.#gain.gain.value = 0;
      const limiter = keep(context.createDynamicsCompressor());
      limiter.threshold.value = THRESHOLD_DB;
      limiter.knee.value = 0;
      limiter.ratio.value = RATIO;
      limiter.attack.value = ATTACK_SECONDS;
      limiter.release.value = RELEASE_SECONDS;
      source.connect(this.#gain).connect(limiter).connect(output);
    } catch (error) {
      this.#release();
      throw error;
    }
  }

  /** Its context has ended for good. */
  get closed(): boolean {
    return this.#gain.context.state === 'closed';
  }

  /** 0 to 2. */
  setVolume(volume: number): void {
    this.#gain.gain.setTargetAtTime(volume / MAKEUP, this.#gain.context.currentTime, GLIDE_SECONDS);
  }

  /** At once, also where the context stands still and would begin with what was heard last. */
  silence(): void {
    this.#gain.gain.value = 0;
  }

  dispose(): void {
    this.#release();
  }
}
