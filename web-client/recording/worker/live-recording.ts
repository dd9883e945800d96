/** Owns a recording while it runs: takes the voices from the audio thread, and writes of each what is between entry and exit. */

import type { TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { LiveTerms, PersonEntry, SoundBatch, UsedSamples } from '../recorder-messages.ts';
import { BLOCK_MS, type JournalEntry } from '../timeline/journal.ts';
import { LostTime } from '../timeline/lost-time.ts';
import { SoundBuffer, softened } from '../timeline/sound-buffer.ts';
import { MIX_PART } from './recording-folder.ts';

/** So long samples wait before they are written: an exit is told by another way than they come, and may be behind them. */
export const HOLD_MS = 500;
/** What is written at a time. */
export const STEP_MS = 5 * BLOCK_MS;
/** The disk has all that was encoded after so much more of it. */
const FLUSH_MS = 500;
/** Each message takes a kilobyte on the audio thread, until the browser collects it, which it does late. */
export const GIVEN_BACK_AT_ONCE = 5;
/** A longer time in which nothing ran is no part of the recording: this device slept. */
export const SILENCE_MAX_MS = 60_000;
/** At a stop, the last samples come within this time, or never. */
const LAST_SAMPLES_MS = 1_000;

/** What a voice, or all of them, is written into. */
export interface PartLike {
  readonly bytes: number;
  /**
   * @param atMs of the first sample; one piece follows the other without a gap
   * @param samples others after the call
   */
  write(atMs: number, samples: Float32Array<ArrayBuffer>): void;
  flush(): void;
  end(): Promise<void>;
}

export interface LiveOptions {
  readonly terms: LiveTerms;
  readonly openPart: (part: number, onFailed: (error: unknown) => void) => Promise<PartLike>;
  /** Throws where the disk is full. */
  readonly note: (entry: JournalEntry) => void;
  /** Back to where they came from: they are filled again. */
  readonly giveBack: (used: UsedSamples) => void;
  readonly timers: TimersLike;
  readonly onProgress: (bytes: number, gapMs: number) => void;
  /** Nothing more is taken; what was written is there after `stop`. */
  readonly onFailed: (error: unknown) => void;
}

interface Voice extends PersonEntry {
  /** Of the context: not a sample from it on. */
  to: number;
  /** Where each has a track, theirs, once it is open. */
  part: PartLike | null;
  begun: boolean;
}

export class LiveRecording {
  readonly #options: LiveOptions;
  readonly #stepFrames: number;
  readonly #lost: LostTime;
  readonly #sound = new SoundBuffer();
  readonly #used: Float32Array<ArrayBuffer>[] = [];
  /** Of one step, and filled anew for the next. */
  readonly #samples: Float32Array<ArrayBuffer>;
  readonly #silence: Float32Array<ArrayBuffer>;
  readonly #lastSamples: Timeout;
  #mix: PartLike | null = null;
  #voices: readonly Voice[] = [];
  /** Of the context: all before it is written, and all before the other has come. */
  #frame: number;
  #latest: number;
  /** Where `#frame` is in the recording. */
  #atMs = 0;
  #gapMs = 0;
  /** Whole steps are made up for: so much more, so far, than was lost. */
  #tooMuchMs = 0;
  #flushedAtMs = 0;
  #endedBytes = 0;
  #stop: { readonly frame: number; readonly onReached: () => void } | null = null;
  #ended = false;
  #opening: Promise<unknown> = Promise.resolve();
  #ending: readonly Promise<void>[] = [];

  private constructor(options: LiveOptions) {
    const { rate, frame } = options.terms;
    this.#options = options;
    this.#stepFrames = Math.round((STEP_MS / 1_000) * rate);
    this.#samples = new Float32Array(this.#stepFrames);
    this.#silence = new Float32Array(this.#stepFrames);
    this.#lost = new LostTime(rate);
    this.#lastSamples = new Timeout(options.timers);
    this.#frame = frame;
    this.#latest = frame;
  }

  /** Throws where nothing can be written. */
  static async start(options: LiveOptions): Promise<LiveRecording> {
    const { mode, startedAt } = options.terms;
    options.note({ type: 'start', mode, startedAt });
    const recording = new LiveRecording(options);
    if (mode === 'mixed')
      recording.#mix = await options.openPart(MIX_PART, (error) => recording.#fail(error));
    return recording;
  }

  handleSound(batch: SoundBatch): void {
    if (this.#ended) return;
    this.#sound.push(batch);
    this.#latest = batch.frame + batch.length;
    this.#lost.note(this.#latest, batch.stampMs);
    if (this.#stop !== null && this.#latest >= this.#stop.frame) this.#stop.onReached();
  }

  enter(presence: PersonEntry): void {
    if (this.#ended) return;
    const voice: Voice = { ...presence, to: Number.POSITIVE_INFINITY, part: null, begun: false };
    this.#voices = [...this.#voices, voice];
    if (this.#mix === null) this.#opening = Promise.all([this.#opening, this.#openPart(voice)]);
  }

  leave(presence: number, frame: number): void {
    const voice = this.#voices.find((other) => other.presence === presence);
    if (voice !== undefined) voice.to = frame;
  }

  /** To be called some time after sound has come, when what was told meanwhile is known. */
  write(): void {
    const holdFrames = (HOLD_MS / 1_000) * this.#options.terms.rate;
    try {
      while (!this.#ended && this.#frame + this.#stepFrames <= this.#latest - holdFrames && this.#step());
      if (this.#atMs < this.#flushedAtMs + FLUSH_MS) return;
      this.#flushedAtMs = this.#atMs;
      for (const part of this.#parts) part.flush();
      this.#options.onProgress(this.#bytes, this.#gapMs);
    } catch (error) {
      this.#fail(error);
    }
  }

  /** With all before this frame of the context; resolves once all files are closed. */
  async stop(frame: number): Promise<void> {
    if (!this.#ended) {
      await new Promise<void>((resolve) => {
        this.#stop = { frame, onReached: resolve };
        this.#lastSamples.set(resolve, LAST_SAMPLES_MS);
        if (this.#latest >= frame) resolve();
      });
      this.#lastSamples.clear();
      await this.#opening;
      this.#finish(frame);
    }
    await Promise.all(this.#ending);
  }

  get #parts(): readonly PartLike[] {
    return [this.#mix, ...this.#voices.map(({ part }) => part)].filter((part) => part !== null);
  }

  get #bytes(): number {
    return this.#endedBytes + this.#parts.reduce((sum, { bytes }) => sum + bytes, 0);
  }

  #finish(frame: number): void {
    try {
      // Whoever has not left by now leaves with the last sample.
      for (const voice of this.#voices) voice.to = Math.min(voice.to, frame);
      while (!this.#ended && this.#frame < frame && this.#step());
      const overshootMs = ((this.#frame - frame) / this.#options.terms.rate) * 1_000;
      if (!this.#ended) this.#options.note({ type: 'end', atMs: this.#atMs - Math.max(0, overshootMs) });
    } catch (error) {
      this.#fail(error);
    }
    this.#endAll();
  }

  /** One step of all voices; false where a file is still to be opened. */
  #step(): boolean {
    const from = this.#frame;
    const to = from + this.#stepFrames;
    const inStep = this.#voices.filter((voice) => voice.frame < to);
    if (this.#mix === null && inStep.some(({ part }) => part === null)) return false;
    // Of the last ones it is not known whether they were made up for.
    if (this.#stop === null) this.#makeUpFor(this.#lost.before(from));
    const samples = this.#samples.fill(0);
    for (const voice of inStep) {
      this.#begin(voice, from);
      // Not another's in it.
      if (this.#mix === null) samples.fill(0);
      this.#sound.addTo(samples, voice.input, from, voice.frame, voice.to);
      voice.part?.write(this.#atMs, samples);
    }
    this.#mix?.write(this.#atMs, softened(samples));
    for (const voice of inStep) if (voice.to <= to) this.#end(voice, from);
    this.#giveBack(this.#sound.forgetBefore(to));
    this.#frame = to;
    this.#atMs += STEP_MS;
    return true;
  }

  #giveBack(batches: readonly SoundBatch[]): void {
    for (const { samples } of batches) this.#used.push(samples);
    if (this.#used.length >= GIVEN_BACK_AT_ONCE) this.#options.giveBack(this.#used.splice(0));
  }

  #makeUpFor(lostMs: number): void {
    if (lostMs > SILENCE_MAX_MS) {
      this.#options.note({ type: 'left-out', atMs: this.#atMs, ms: lostMs });
      return;
    }
    const inside = [this.#mix, ...this.#voices.map(({ begun, part }) => (begun ? part : null))];
    this.#tooMuchMs -= lostMs;
    for (; this.#tooMuchMs < 0; this.#tooMuchMs += STEP_MS) {
      for (const part of inside) part?.write(this.#atMs, this.#silence);
      this.#atMs += STEP_MS;
      this.#gapMs += STEP_MS;
    }
  }

  #msAt(frame: number, from: number): number {
    return this.#atMs + ((frame - from) / this.#options.terms.rate) * 1_000;
  }

  #begin(voice: Voice, from: number): void {
    if (voice.begun || voice.to <= voice.frame) return;
    voice.begun = true;
    const { presence, id, name } = voice;
    this.#options.note({ type: 'in', atMs: this.#msAt(voice.frame, from), part: presence, id, name });
  }

  #end(voice: Voice, from: number): void {
    this.#voices = this.#voices.filter((other) => other !== voice);
    if (voice.begun)
      this.#options.note({
        type: 'out',
        atMs: this.#msAt(Math.max(voice.to, from), from),
        part: voice.presence,
      });
    if (voice.part !== null) this.#endPart(voice.part);
  }

  async #openPart(voice: Voice): Promise<void> {
    try {
      voice.part = await this.#options.openPart(voice.presence, (error) => this.#fail(error));
      if (this.#ended) this.#endPart(voice.part);
    } catch (error) {
      this.#fail(error);
    }
  }

  #endPart(part: PartLike): void {
    const ending = part.end().then(() => {
      this.#endedBytes += part.bytes;
      this.#ending = this.#ending.filter((other) => other !== ending);
    });
    this.#ending = [...this.#ending, ending];
  }

  #endAll(): void {
    this.#ended = true;
    const parts = this.#parts;
    this.#mix = null;
    this.#voices = [];
    this.#sound.clear();
    for (const part of parts) this.#endPart(part);
  }

  #fail(error: unknown): void {
    if (this.#ended) return;
    this.#endAll();
    this.#stop?.onReached();
    this.#options.onFailed(error);
  }
}
