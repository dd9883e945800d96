/** Owns recordings that have ended: each is there until it is thrown away, also what an earlier page left behind. */

import type { KeptRecordingState } from '../state/recording-state.ts';
import type { FinishedRecording, LeftRecording } from './recorder-port.ts';

interface Kept {
  readonly finished: FinishedRecording;
  readonly state: KeptRecordingState;
}

export class KeptRecordings {
  readonly #onChange: () => void;
  #lastKey = 0;
  #kept: readonly Kept[] = [];

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  get states(): readonly KeptRecordingState[] {
    return this.#kept.map(({ state }) => state);
  }

  add(finished: FinishedRecording, startedAtMs: number): void {
    this.#add(finished, startedAtMs, false);
  }

  addLeft(left: LeftRecording): void {
    this.#add(left, left.startedAt, true);
  }

  /** May be asked for again: whether a browser really has put the file somewhere, it does not tell. */
  async save(key: number): Promise<void> {
    const kept = this.#find(key);
    if (kept === undefined || kept.state.saved === 'saving') return;
    this.#setSaved(key, 'saving');
    const saved = await kept.finished.save().then(
      () => 'saved' as const,
      () => 'failed' as const,
    );
    this.#setSaved(key, saved);
  }

  discard(key: number): void {
    const kept = this.#find(key);
    if (kept === undefined) return;
    this.#kept = this.#kept.filter((other) => other !== kept);
    this.#onChange();
    // What cannot be deleted now comes as left behind at the next load.
    kept.finished.discard().catch(() => {});
  }

  #add(finished: FinishedRecording, startedAtMs: number, cutOff: boolean): void {
    const key = ++this.#lastKey;
    const sizeBytes = finished.file.size;
    this.#kept = [...this.#kept, { finished, state: { key, cutOff, startedAtMs, sizeBytes, saved: 'no' } }];
    this.#onChange();
  }

  #find(key: number): Kept | undefined {
    return this.#kept.find(({ state }) => state.key === key);
  }

  #setSaved(key: number, saved: KeptRecordingState['saved']): void {
    this.#kept = this.#kept.map((kept) =>
      kept.state.key === key ? { ...kept, state: { ...kept.state, saved } } : kept,
    );
    this.#onChange();
  }
}
