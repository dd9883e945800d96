/** Owns recordings that have ended: each is there until it is thrown away, also what an earlier page left behind. */

import type { KeptRecordingState } from '../state/recording-state.ts';
import type { FinishedRecording, LeftRecording, SavedRecording } from './recorder-port.ts';

interface Kept {
  readonly finished: FinishedRecording;
  readonly state: KeptRecordingState;
  readonly saved: SavedRecording | null;
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
    this.#setSaved(key, 'saving', null);
    const saved = await kept.finished.save().catch(() => null);
    this.#setSaved(key, saved === null ? 'failed' : 'saved', saved);
  }

  show(key: number): void {
    this.#find(key)?.saved?.showInFolder?.();
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
    const state = { key, cutOff, startedAtMs, sizeBytes, saved: 'no', canShow: false } as const;
    this.#kept = [...this.#kept, { finished, state, saved: null }];
    this.#onChange();
  }

  #find(key: number): Kept | undefined {
    return this.#kept.find(({ state }) => state.key === key);
  }

  #setSaved(key: number, how: KeptRecordingState['saved'], saved: SavedRecording | null): void {
    const canShow = saved !== null && saved.showInFolder !== null;
    this.#kept = this.#kept.map((kept) =>
      kept.state.key === key ? { ...kept, saved, state: { ...kept.state, saved: how, canShow } } : kept,
    );
    this.#onChange();
  }
}
