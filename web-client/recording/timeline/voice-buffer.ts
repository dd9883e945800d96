/** Owns a voice's samples from the audio thread until they are recorded, each under its place in the context's time; and several voices in one. */

interface Piece {
  readonly frame: number;
  readonly samples: Float32Array;
}

export class VoiceBuffer {
  #pieces: readonly Piece[] = [];

  push(frame: number, samples: Float32Array): void {
    this.#pieces = [...this.#pieces, { frame, samples }];
  }

  /**
   * Adds what there is of `[from, to)` to `target`, whose first sample is that at `frame`; what there is not is silence and
   * adds nothing.
   */
  addTo(target: Float32Array, frame: number, from: number, to: number): void {
    for (const piece of this.#pieces) {
      const first = Math.max(from, piece.frame, frame);
      const end = Math.min(to, piece.frame + piece.samples.length, frame + target.length);
      for (let at = first; at < end; at++)
        target[at - frame] = (target[at - frame] ?? 0) + (piece.samples[at - piece.frame] ?? 0);
    }
  }

  /** Nothing before it is asked for again. */
  forgetBefore(frame: number): void {
    this.#pieces = this.#pieces.filter((piece) => piece.frame + piece.samples.length > frame);
  }
}

/** Up to here nothing is changed; above, several loud voices come close to full scale and never beyond it. */
const PLAIN_MAX = 0.8;

/** In place. */
export function softened(samples: Float32Array<ArrayBuffer>): Float32Array<ArrayBuffer> {
  for (const [index, sample] of samples.entries()) {
    const over = Math.abs(sample) - PLAIN_MAX;
    if (over <= 0) continue;
    const room = 1 - PLAIN_MAX;
    samples[index] = Math.sign(sample) * (PLAIN_MAX + room * Math.tanh(over / room));
  }
  return samples;
}
