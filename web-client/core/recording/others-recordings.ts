/** Owns the recordings of the others: who asks, who records, and what one said to it oneself. Pure. */

import type {
  RecordAnswerBody,
  RecordAskBody,
  RecordStateBody,
} from '../../../main/common/protocol/record-bodies.ts';
import type { OthersRecording } from '../state/recording-state.ts';

export class OthersRecordings {
  readonly #recordings = new Map<string, OthersRecording>();
  /** The highest number of each who ever asked; a page meets a bounded number of people. */
  readonly #lastAsks = new Map<string, number>();
  /** As they stood when their person went: should that person not know of it, they go on. */
  readonly #dropped = new Map<string, OthersRecording>();

  get all(): readonly OthersRecording[] {
    return [...this.#recordings.values()];
  }

  /**
   * Another question than the one before: what was said to that is said to nothing any more. Or once more that of one who was gone
   * for this page alone, to which what was said holds.
   */
  handleAsk(id: string, { id: ask, tracks }: RecordAskBody): boolean {
    const dropped = this.#dropped.get(id);
    this.#dropped.delete(id);
    if (dropped?.ask === ask) {
      this.#recordings.set(id, dropped);
      return true;
    }
    if (ask <= (this.#lastAsks.get(id) ?? 0)) return false;
    this.#lastAsks.set(id, ask);
    this.#recordings.set(id, { id, ask, tracks, on: false, answer: 'none' });
    return true;
  }

  handleState(id: string, { id: ask, on }: RecordStateBody): boolean {
    const recording = this.#recordings.get(id);
    if (!on && this.#dropped.get(id)?.ask === ask) this.#dropped.delete(id);
    if (recording?.ask !== ask) return false;
    if (on) this.#recordings.set(id, { ...recording, on });
    else this.#recordings.delete(id);
    return true;
  }

  /** What to tell the person; null where there is nothing to answer. */
  answer(id: string, agree: boolean): RecordAnswerBody | null {
    const recording = this.#recordings.get(id);
    if (recording === undefined) return null;
    this.#recordings.set(id, { ...recording, answer: agree ? 'agreed' : 'refused' });
    return this.answerTo(id);
  }

  /** What was said to the person last; null where nothing was. */
  answerTo(id: string): RecordAnswerBody | null {
    const recording = this.#recordings.get(id);
    if (recording === undefined || recording.answer === 'none') return null;
    return { kind: 'record-answer', id: recording.ask, agree: recording.answer === 'agreed' };
  }

  /** The person is gone, and the recording with them; whether there was one. */
  drop(id: string): boolean {
    const recording = this.#recordings.get(id);
    if (recording !== undefined) this.#dropped.set(id, recording);
    return this.#recordings.delete(id);
  }
}
