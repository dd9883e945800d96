/** Owns the cues, short soft sounds for what happens in the room, made of sine waves. */

import type { ClockMs } from '../../main/common/platform.ts';
import type { CuesPort } from '../core/audio/ports.ts';
import type { Cue } from '../core/call-intents.ts';
import type { AudioGraph, GraphUse } from './audio-graph.ts';

const MIN_GAP_MS = 250;
/** A cue that could not be played this long is no news any more. */
const LATE_MS = 500;
/** A person who asks for a sound waits for it: some loudspeakers take seconds to wake. */
const LATE_TEST_MS = 5_000;
const NOTE_SECONDS = 0.12;
const ATTACK_SECONDS = 0.015;
const FADE_SECONDS = 0.25;
/** Some -22 dB below full scale: softer than any voice. */
const LOUDNESS = 0.08;
const SILENCE = 0.0001;

/** Hertz, one note after another. */
const NOTES: Readonly<Record<Cue, readonly number[]>> = {
  joined: [523, 784],
  left: [784, 523],
  message: [988],
  mention: [988, 1319],
  recording: [659, 659, 988],
  'recording-ended': [988, 659, 659],
  test: [523, 659, 784, 1047],
};

export class Cues implements CuesPort {
  readonly #graph: AudioGraph;
  readonly #clock: ClockMs;
  #lastMs = Number.NEGATIVE_INFINITY;

  constructor(graph: AudioGraph, clock: ClockMs) {
    this.#graph = graph;
    this.#clock = clock;
  }

  play(cue: Cue): void {
    const nowMs = this.#clock();
    if (nowMs - this.#lastMs < MIN_GAP_MS) return;
    this.#lastMs = nowMs;
    void this.#playWhenRunning(cue, nowMs);
  }

  async #playWhenRunning(cue: Cue, askedMs: number): Promise<void> {
    let use: GraphUse | null = null;
    try {
      use = this.#graph.use();
      await use.context.resume();
      if (this.#isWanted(cue, askedMs)) await sound(use.context, use.output, NOTES[cue]);
    } catch {
      // The browser wants a tap first, or has no Web Audio now: the next cue may be heard.
    }
    use?.dispose();
  }

  /** Of several tests that waited, the last one is enough. */
  #isWanted(cue: Cue, askedMs: number): boolean {
    const waitedMs = this.#clock() - askedMs;
    if (cue !== 'test') return waitedMs < LATE_MS;
    return waitedMs < LATE_TEST_MS && askedMs === this.#lastMs;
  }
}

/** Ends when the last note has faded. */
function sound(context: AudioContext, output: AudioNode, notes: readonly number[]): Promise<void> {
  return new Promise((resolve) => {
    for (const [index, frequencyHz] of notes.entries()) {
      const fromSeconds = context.currentTime + index * NOTE_SECONDS;
      const untilSeconds = fromSeconds + FADE_SECONDS;
      const envelope = context.createGain();
      envelope.gain.setValueAtTime(SILENCE, fromSeconds);
      envelope.gain.exponentialRampToValueAtTime(LOUDNESS, fromSeconds + ATTACK_SECONDS);
      envelope.gain.exponentialRampToValueAtTime(SILENCE, untilSeconds);
      envelope.connect(output);
      const tone = context.createOscillator();
      tone.frequency.value = frequencyHz;
      tone.connect(envelope);
      tone.start(fromSeconds);
      tone.stop(untilSeconds);
      tone.addEventListener('ended', () => {
        envelope.disconnect();
        if (index === notes.length - 1) resolve();
      });
    }
  });
}
