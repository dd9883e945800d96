/** Owns the page's side of a recording while it runs: who has which input of the audio thread, and since when. */

import { ok, type Result } from '../../main/common/result.ts';
import type { AudioTrackLike } from '../core/browser-api.ts';
import type {
  FinishedRecording,
  RecordedPerson,
  RecorderFailure,
  Recording,
} from '../core/recording/recorder-port.ts';
import type { RecorderLink } from './recorder-link.ts';
import { type FinishedFiles, TAP_INPUTS } from './recorder-messages.ts';
import type { VoiceTaps } from './voice-taps.ts';

/**
 * What was on its way when somebody was let in, in the network and in buffers, was spoken before: what comes in this time is
 * not taken.
 */
export const ENTRY_MS = 250;

interface PersonIn {
  readonly presence: number;
  readonly input: number;
}

export interface RunningOptions {
  readonly link: RecorderLink;
  readonly taps: Pick<VoiceTaps, 'frame' | 'connect' | 'disconnect' | 'end'>;
  readonly folder: string;
  /** Of the context. */
  readonly startFrame: number;
  readonly rate: number;
  readonly onFailed: (failure: RecorderFailure) => void;
  /** Context and inputs are needed no longer. */
  readonly release: () => void;
  readonly keep: (files: FinishedFiles) => FinishedRecording;
}

export class RunningRecording implements Recording {
  readonly #options: RunningOptions;
  readonly #people = new Map<string, PersonIn>();
  #lastPresence = 0;
  #bytes = 0;
  #gapMs = 0;
  /** Of the context, once nothing more is taken. */
  #endFrame: number | null = null;
  #finished: Promise<Result<FinishedRecording, RecorderFailure>> | null = null;

  constructor(options: RunningOptions) {
    this.#options = options;
    options.link.handler = {
      onProgress: (bytes, gapMs) => {
        this.#bytes = bytes;
        this.#gapMs = gapMs;
      },
      onFailed: (failure) => this.#fail(failure),
    };
  }

  get elapsedMs(): number {
    const { taps, startFrame, rate } = this.#options;
    return (((this.#endFrame ?? taps.frame) - startFrame) / rate) * 1_000 + this.#gapMs;
  }

  get bytes(): number {
    return this.#bytes;
  }

  setVoice({ id, name }: RecordedPerson, track: AudioTrackLike): void {
    if (this.#endFrame !== null) return;
    const { link, taps, rate } = this.#options;
    // The real one: only what is used of it is stated.
    const real = track as unknown as MediaStreamTrack;
    const isIn = this.#people.get(id);
    if (isIn !== undefined) {
      this.#connect(isIn.input, real);
      return;
    }
    const input = this.#freeInput();
    // A room holds fewer people than there are inputs.
    if (input === undefined) return;
    const presence = ++this.#lastPresence;
    this.#people.set(id, { presence, input });
    const frame = taps.frame + Math.ceil((ENTRY_MS / 1_000) * rate);
    link.tell({ type: 'enter', presence: { presence, input, id, name, frame } });
    this.#connect(input, real);
  }

  removeVoice(id: string): void {
    const isIn = this.#people.get(id);
    if (isIn === undefined) return;
    this.#people.delete(id);
    const { link, taps } = this.#options;
    link.tell({ type: 'leave', presence: isIn.presence, frame: taps.frame });
    taps.disconnect(isIn.input);
  }

  stop(): Promise<Result<FinishedRecording, RecorderFailure>> {
    this.#finished ??= this.#finish();
    return this.#finished;
  }

  /** Also after it has failed: then with what was written until then. */
  async #finish(): Promise<Result<FinishedRecording, RecorderFailure>> {
    const { link, taps, folder, keep } = this.#options;
    this.#endFrame ??= taps.frame;
    taps.end();
    await link.ask({ type: 'stop', frame: this.#endFrame });
    this.#release();
    const finished = await link.ask({ type: 'finish', folder });
    return finished.ok ? ok(keep(finished.value)) : finished;
  }

  /** A browser may refuse a track of another rate than the context's. */
  #connect(input: number, track: MediaStreamTrack): void {
    try {
      this.#options.taps.connect(input, track);
    } catch {
      this.#fail('failed');
    }
  }

  #freeInput(): number | undefined {
    const taken = new Set([...this.#people.values()].map(({ input }) => input));
    return Array.from({ length: TAP_INPUTS }, (_, input) => input).find((input) => !taken.has(input));
  }

  #fail(failure: RecorderFailure): void {
    if (this.#endFrame !== null) return;
    this.#endFrame = this.#options.taps.frame;
    this.#release();
    this.#options.onFailed(failure);
  }

  #release(): void {
    const { link, release } = this.#options;
    link.handler = null;
    this.#people.clear();
    release();
  }
}
