/** Owns what a call asks of the recorder: whose voice is in from when to when, and a file with it at the end. */

import type { Result } from '../../../main/common/result.ts';
import type { AudioTrackLike } from '../browser-api.ts';

/** Everyone in one track, or a track for each. */
export type RecordingMode = 'mixed' | 'each';

/**
 * missing: its code does not come from the server.
 * unsupported: this browser does not encode sound.
 * no-output: it runs no sound at all, as Firefox without a device to play on.
 * no-storage: it lets the page keep nothing.
 * no-space: the disk is full; what was recorded until then is kept.
 * failed: anything else; what was recorded until then is kept where it can be.
 */
export type RecorderFailure = 'missing' | 'unsupported' | 'no-output' | 'no-storage' | 'no-space' | 'failed';

export interface RecorderPort {
  /** Whether this browser does all that it takes. */
  isSupported(): Promise<boolean>;
  /** Has at hand what it takes of the server, should that go. Rejects where it does not come; may be called again. */
  prepare(): Promise<void>;
  /** @param onFailed the recording has ended by itself; `stop` gives what there is of it */
  start(
    mode: RecordingMode,
    onFailed: (failure: RecorderFailure) => void,
  ): Promise<Result<Recording, RecorderFailure>>;
  /** Recordings that a page before this one did not finish (killed, closed): finished now, to be saved or thrown away. */
  leftovers(): Promise<readonly LeftRecording[]>;
}

export interface Recording {
  /** From this moment the person is in; `track` may be replaced (a new connection) without a gap in the file. */
  setVoice(person: RecordedPerson, track: AudioTrackLike): void;
  /** From this moment not a sample of theirs is taken. */
  removeVoice(id: string): void;
  /** Time of the recording, ms. */
  readonly elapsedMs: number;
  readonly bytes: number;
  stop(): Promise<Result<FinishedRecording, RecorderFailure>>;
}

export interface RecordedPerson {
  readonly id: string;
  readonly name: string;
}

export interface FinishedRecording {
  readonly file: File;
  /** Who was there when, as plain text. */
  readonly chapters: File;
  /** Rejects where that is known to have come to nothing. */
  save(): Promise<SavedRecording>;
  discard(): Promise<void>;
}

export interface SavedRecording {
  /** null: no page is told where a browser puts it. */
  readonly showInFolder: (() => void) | null;
}

export interface LeftRecording extends FinishedRecording {
  /** By the clock on the wall, ms since 1970. */
  readonly startedAt: number;
}
