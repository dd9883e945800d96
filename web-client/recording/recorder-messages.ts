/** Owns what page, audio thread and worker say to each other while something is recorded. */

import type { RecorderFailure, RecordingMode } from '../core/recording/recorder-port.ts';

/** Of the origin's private file system. */
export const RECORDINGS_FOLDER = 'recordings';

/** How many voices are in at a time, at most; a room holds fewer. */
export const TAP_INPUTS = 16;

/** The name under which the audio thread knows its end. */
export const TAP_NAME = 'recorder-tap';

/** What the page says to the audio thread: where sound goes, and that it has come to its end. */
export type TapOrder = { readonly to: MessagePort } | 'end';

/** A moment of all voices, from the audio thread. */
export interface SoundBatch {
  /** Of the context, of its first sample. */
  readonly frame: number;
  readonly length: number;
  /** By the clock on the wall, at its end. */
  readonly stampMs: number;
  /** A bit for each input that has a voice, the lowest for the first. */
  readonly inputs: number;
  /** From an input's first sample to that of the next. */
  readonly stride: number;
  /** Of the other inputs, and behind `length`, anything. Goes back to where it came from. */
  readonly samples: Float32Array<ArrayBuffer>;
}

/** What the worker says to the audio thread: these are no longer needed. */
export type UsedSamples = readonly Float32Array<ArrayBuffer>[];

export interface LiveTerms {
  readonly mode: RecordingMode;
  readonly startedAt: number;
  /** Samples a second. */
  readonly rate: number;
  /** Of the context, where the recording begins. */
  readonly frame: number;
}

/** A person from one entry to the next exit. */
export interface PersonEntry {
  /** Counts up from 1. */
  readonly presence: number;
  readonly input: number;
  readonly id: string;
  readonly name: string;
  /** Of the context: not a sample before it. */
  readonly frame: number;
}

export type RecorderCommand =
  | { readonly type: 'start'; readonly terms: LiveTerms; readonly sound: MessagePort }
  | { readonly type: 'enter'; readonly presence: PersonEntry }
  | { readonly type: 'leave'; readonly presence: number; readonly frame: number }
  | { readonly type: 'stop'; readonly frame: number }
  | { readonly type: 'finish'; readonly folder: string }
  | { readonly type: 'left' }
  | { readonly type: 'saved'; readonly folder: string }
  | { readonly type: 'discard'; readonly folder: string };

/** What is there at the end of a recording. */
export interface FinishedFiles {
  readonly folder: string;
  readonly startedAt: number;
  readonly file: File;
  readonly chapters: File;
}

/** What each command that is answered is answered with. */
export interface RecorderAnswers {
  readonly start: { readonly folder: string };
  readonly stop: null;
  readonly finish: FinishedFiles;
  readonly left: readonly FinishedFiles[];
  readonly saved: null;
  readonly discard: null;
}

/** Asked under a number, and answered under it. */
export interface RecorderRequest {
  readonly request: number | null;
  readonly command: RecorderCommand;
}

export type RecorderReport =
  /** It runs. */
  | { readonly type: 'started' }
  | { readonly type: 'answer'; readonly request: number; readonly ok: true; readonly value: unknown }
  | { readonly type: 'answer'; readonly request: number; readonly ok: false; readonly error: RecorderFailure }
  /** `gapMs`: time that the context did not run, and that stands in the recording as silence. */
  | { readonly type: 'progress'; readonly bytes: number; readonly gapMs: number }
  | { readonly type: 'failed'; readonly failure: RecorderFailure };
