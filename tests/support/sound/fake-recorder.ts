/** Owns a stand-in for the recorder: notes whose voice was in it from when to when. */

import { fail, ok, type Result } from '../../../main/common/result.ts';
import type { AudioTrackLike } from '../../../web-client/core/browser-api.ts';
import type {
  FinishedRecording,
  LeftRecording,
  RecordedPerson,
  RecorderFailure,
  RecorderPort,
  Recording,
  RecordingMode,
  SavedRecording,
} from '../../../web-client/core/recording/recorder-port.ts';

export class FakeFinished implements LeftRecording {
  readonly file = new File(['sound'], 'recording.webm');
  readonly chapters = new File(['chapters'], 'recording.txt');
  readonly startedAt = 0;
  saves = 0;
  discarded = false;
  /** The next try to save comes to nothing. */
  refuses = false;
  showInFolder: (() => void) | null = null;

  async save(): Promise<SavedRecording> {
    if (this.refuses) throw new Error('not saved');
    this.saves++;
    return { showInFolder: this.showInFolder };
  }

  async discard(): Promise<void> {
    this.discarded = true;
  }
}

export class FakeRecording implements Recording {
  readonly mode: RecordingMode;
  readonly fail: (failure: RecorderFailure) => void;
  /** Who is in it now, and by which track. */
  readonly voices = new Map<string, AudioTrackLike>();
  /** `+name` and `-id`, in order. */
  readonly story: string[] = [];
  readonly finished = new FakeFinished();
  elapsedMs = 0;
  bytes = 0;
  stopped = false;
  stopFailure: RecorderFailure | null = null;

  constructor(mode: RecordingMode, onFailed: (failure: RecorderFailure) => void) {
    this.mode = mode;
    this.fail = onFailed;
  }

  setVoice({ id, name }: RecordedPerson, track: AudioTrackLike): void {
    if (!this.voices.has(id)) this.story.push(`+${name}`);
    this.voices.set(id, track);
  }

  removeVoice(id: string): void {
    this.voices.delete(id);
    this.story.push(`-${id}`);
  }

  async stop(): Promise<Result<FinishedRecording, RecorderFailure>> {
    this.stopped = true;
    this.voices.clear();
    return this.stopFailure === null ? ok(this.finished) : fail(this.stopFailure);
  }
}

export class FakeRecorder implements RecorderPort {
  supported = true;
  /** It is at hand without the server. */
  isPrepared = false;
  refusal: RecorderFailure | null = null;
  left: readonly LeftRecording[] = [];
  readonly recordings: FakeRecording[] = [];

  get latest(): FakeRecording {
    const latest = this.recordings.at(-1);
    if (latest === undefined) throw new Error('nothing was recorded');
    return latest;
  }

  async isSupported(): Promise<boolean> {
    return this.supported;
  }

  async prepare(): Promise<void> {
    this.isPrepared = true;
  }

  async start(
    mode: RecordingMode,
    onFailed: (failure: RecorderFailure) => void,
  ): Promise<Result<Recording, RecorderFailure>> {
    if (!this.supported) return fail('unsupported');
    if (this.refusal !== null) return fail(this.refusal);
    const recording = new FakeRecording(mode, onFailed);
    this.recordings.push(recording);
    return ok(recording);
  }

  async leftovers(): Promise<readonly LeftRecording[]> {
    return this.left;
  }
}
