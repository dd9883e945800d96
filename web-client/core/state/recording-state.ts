/** Owns what is shown of recordings: the own one, whom it asked, who else records, and what waits to be saved. */

/** Everyone in one track, or a track for each. */
export type RecordTracks = 'mixed' | 'each';

/** What somebody said to being recorded; until they agree they are not. */
export type RecordAnswer = 'none' | 'agreed' | 'refused';

/** Why there is no recording, or no more of it. */
export type RecordTrouble = 'missing' | 'unsupported' | 'no-output' | 'no-storage' | 'no-space' | 'failed';

/** The own recording. */
export type OwnRecordingState =
  | { readonly phase: 'off' }
  /** Whether anything can be recorded here is found out, then the person says how. */
  | { readonly phase: 'checking' | 'choosing' }
  | { readonly phase: 'starting' }
  | {
      readonly phase: 'recording';
      readonly tracks: RecordTracks;
      readonly elapsedMs: number;
      readonly sizeBytes: number;
      /** Those who were asked and are there, by id. */
      readonly asked: readonly AskedPerson[];
    }
  | { readonly phase: 'stopping' }
  | { readonly phase: 'failed'; readonly why: RecordTrouble };

export interface AskedPerson {
  readonly id: string;
  readonly answer: RecordAnswer;
}

/** What somebody else records, or asks whether they may. */
export interface OthersRecording {
  /** Of the person. */
  readonly id: string;
  /** The number of their ask; another one is another question. */
  readonly ask: number;
  readonly tracks: RecordTracks;
  /** It goes on. */
  readonly on: boolean;
  /** One's own word. */
  readonly answer: RecordAnswer;
}

/** A recording that has ended and is neither saved nor thrown away for good. */
export interface KeptRecordingState {
  readonly key: number;
  /** A page before this one began it and did not end it. */
  readonly cutOff: boolean;
  /** By the clock on the wall. */
  readonly startedAtMs: number;
  readonly sizeBytes: number;
  readonly saved: 'no' | 'saving' | 'saved' | 'failed';
  /** It is known where it was saved to. */
  readonly canShow: boolean;
}

export interface RecordingState {
  readonly own: OwnRecordingState;
  /** In the order in which they asked. */
  readonly others: readonly OthersRecording[];
  readonly kept: readonly KeptRecordingState[];
}

/** What a person can want of recordings. */
export type RecordCommand =
  /** Before it is said how. */
  | { readonly type: 'choose' }
  | { readonly type: 'start'; readonly tracks: RecordTracks }
  | { readonly type: 'stop' }
  /** The failure is read, or nothing is chosen. */
  | { readonly type: 'dismiss' }
  | { readonly type: 'answer'; readonly person: string; readonly agree: boolean }
  | { readonly type: 'save'; readonly key: number }
  /** In the folder that it was saved to. */
  | { readonly type: 'show'; readonly key: number }
  | { readonly type: 'discard'; readonly key: number };
