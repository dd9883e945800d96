/** Owns the own recording over its time: starting, going on with the voices that are in, ending by one's word or by itself. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import { SerialQueue } from '../../../main/common/timing/serial-queue.ts';
import type { AudioTrackLike } from '../browser-api.ts';
import type { RecordTracks, RecordTrouble } from '../state/recording-state.ts';
import type { FinishedRecording, RecordedPerson, RecorderPort, Recording } from './recorder-port.ts';

export type RecordingPhase =
  | { readonly name: 'off' | 'checking' | 'choosing' | 'starting' | 'stopping' }
  | { readonly name: 'recording'; readonly tracks: RecordTracks; readonly recording: Recording }
  | { readonly name: 'failed'; readonly why: RecordTrouble };

export interface OwnRecordingHandler {
  /** `phase` is another one. */
  onPhase(): void;
  /** What was recorded, where anything was. */
  onFinished(finished: FinishedRecording): void;
}

const OFF: RecordingPhase = { name: 'off' };
const AT_REST: ReadonlySet<RecordingPhase['name']> = new Set(['off', 'choosing', 'failed']);

export class OwnRecording implements Disposable {
  readonly #loadRecorder: () => Promise<RecorderPort>;
  readonly #handler: OwnRecordingHandler;
  #phase: RecordingPhase = OFF;
  readonly #voices = new Map<string, AudioTrackLike>();
  /** Another one for each start, so that what an earlier one still says is passed over. */
  #turn: object = {};
  /** The recorder has one recording: what was stopped as it began is thrown away before another begins. */
  readonly #starts = new SerialQueue();

  constructor(loadRecorder: () => Promise<RecorderPort>, handler: OwnRecordingHandler) {
    this.#loadRecorder = loadRecorder;
    this.#handler = handler;
  }

  get phase(): RecordingPhase {
    return this.#phase;
  }

  /** Before the person says how: where nothing can be recorded, that is said first. */
  async choose(): Promise<void> {
    if (!AT_REST.has(this.#phase.name)) return;
    const turn = this.#begin('checking');
    const supported = await this.#loadRecorder()
      .then((recorder) => recorder.isSupported())
      .catch(() => null);
    if (turn !== this.#turn) return;
    if (supported === true) this.#set({ name: 'choosing' });
    else this.#set({ name: 'failed', why: supported === null ? 'missing' : 'unsupported' });
  }

  /** One at a time. */
  async start(tracks: RecordTracks): Promise<void> {
    if (!AT_REST.has(this.#phase.name)) return;
    const turn = this.#begin('starting');
    await this.#starts.run(() => this.#start(tracks, turn));
  }

  stop(): void {
    if (this.#phase.name === 'recording') void this.#end(OFF);
    else if (this.#phase.name === 'starting') this.#forget();
    else if (this.#phase.name !== 'failed') this.dismiss();
  }

  /** The failure, or what is not chosen yet. */
  dismiss(): void {
    if (['failed', 'checking', 'choosing'].includes(this.#phase.name)) this.#forget();
  }

  /** From this moment the person is in, by this track; without a track, or while nothing is recorded, they are not. */
  setVoice(person: RecordedPerson, track: AudioTrackLike | null): void {
    if (this.#phase.name !== 'recording' || this.#voices.get(person.id) === (track ?? undefined)) return;
    if (track === null) this.removeVoice(person.id);
    else {
      this.#voices.set(person.id, track);
      this.#phase.recording.setVoice(person, track);
    }
  }

  removeVoice(id: string): void {
    if (this.#voices.delete(id) && this.#phase.name === 'recording') this.#phase.recording.removeVoice(id);
  }

  /** The page goes on without: what was recorded is there for the next load. */
  dispose(): void {
    this.stop();
  }

  #begin(name: 'checking' | 'starting'): object {
    const turn = {};
    this.#turn = turn;
    this.#set({ name });
    return turn;
  }

  async #start(tracks: RecordTracks, turn: object): Promise<void> {
    if (turn !== this.#turn) return;
    let failedAtOnce: RecordTrouble | null = null;
    const onFailed = (why: RecordTrouble) => {
      if (turn !== this.#turn) return;
      if (this.#phase.name === 'starting') failedAtOnce = why;
      else void this.#end({ name: 'failed', why });
    };
    const recorder = await this.#loadRecorder().catch(() => null);
    const started = recorder === null ? MISSING : await recorder.start(tracks, onFailed).catch(() => FAILED);
    if (turn !== this.#turn) {
      // One has gone out, or pressed Stop, before there was a sound in it.
      if (started.ok) await discardAll(started.value);
    } else if (!started.ok) this.#set({ name: 'failed', why: started.error });
    else {
      this.#set({ name: 'recording', tracks, recording: started.value });
      if (failedAtOnce !== null) await this.#end({ name: 'failed', why: failedAtOnce });
    }
  }

  #forget(): void {
    this.#turn = {};
    this.#set(OFF);
  }

  async #end(after: RecordingPhase): Promise<void> {
    if (this.#phase.name !== 'recording') return;
    const { recording } = this.#phase;
    this.#turn = {};
    this.#voices.clear();
    this.#set({ name: 'stopping' });
    const finished = await recording.stop().catch(() => FAILED);
    if (finished.ok) this.#handler.onFinished(finished.value);
    this.#set(finished.ok || after.name === 'failed' ? after : { name: 'failed', why: finished.error });
  }

  #set(phase: RecordingPhase): void {
    this.#phase = phase;
    this.#handler.onPhase();
  }
}

const MISSING = { ok: false, error: 'missing' } as const;
const FAILED = { ok: false, error: 'failed' } as const;

async function discardAll(recording: Recording): Promise<void> {
  const finished = await recording.stop().catch(() => FAILED);
  if (finished.ok) await finished.value.discard().catch(() => {});
}
