/** Owns when the file worker tells what: each message takes both sides more time than most words are worth, so what can wait goes with others. */

import type { TimersLike } from '../../main/common/platform.ts';
import { Timeout } from '../../main/common/timing/timeout.ts';
import type { FileWorkerWord } from './file-orders.ts';

/** At most; where a line is fast, the rest of a block is there sooner. */
const WAIT_MS = 200;

export type PostWords = (words: readonly FileWorkerWord[], handedOver: readonly object[]) => void;

export class WordsToPage {
  readonly #post: PostWords;
  readonly #due: Timeout;
  #waiting: FileWorkerWord[] = [];

  /** @param post one message, in the order of the words */
  constructor(timers: TimersLike, post: PostWords) {
    this.#post = post;
    this.#due = new Timeout(timers);
  }

  /** Waits for another word, but not long. */
  add(word: FileWorkerWord): void {
    this.#waiting.push(word);
    if (!this.#due.pending) this.#due.set(() => this.#tell([]), WAIT_MS);
  }

  /** Now, behind all that waits. */
  say(word: FileWorkerWord, handedOver: readonly object[] = []): void {
    this.#waiting.push(word);
    this.#tell(handedOver);
  }

  #tell(handedOver: readonly object[]): void {
    this.#due.clear();
    const words = this.#waiting;
    this.#waiting = [];
    this.#post(words, handedOver);
  }
}
