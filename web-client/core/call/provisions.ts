/** Owns what a call takes in before anybody needs it: the host's computer, which has it, may be gone by then. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { TAKEN_IN_AFTER_MS } from '../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { RoomState } from '../state/room-state.ts';

const AGAIN_MS = 3_000;

export interface ProvisionsOptions {
  readonly timers: TimersLike;
  /** Settles when the page has nothing else to do. */
  readonly whenIdle: () => Promise<void>;
  /** In order; each rejects where it does not come, and may be called again. */
  readonly parts: readonly (() => Promise<void>)[];
}

/** One part after another; what does not come is asked for again, and nobody is told who does not need it. */
export class Provisions implements Disposable {
  readonly #options: ProvisionsOptions;
  readonly #due: Timeout;
  #isIn = false;
  #done = 0;
  #busy = false;
  #disposed = false;

  constructor(options: ProvisionsOptions) {
    this.#options = options;
    this.#due = new Timeout(options.timers);
  }

  handleRoom({ call }: Pick<RoomState, 'call'>): void {
    const wasIn = this.#isIn;
    this.#isIn = call === 'joined';
    if (this.#isIn && !wasIn) this.#plan(TAKEN_IN_AFTER_MS);
    else if (!this.#isIn) this.#due.clear();
  }

  dispose(): void {
    this.#disposed = true;
    this.#due.dispose();
  }

  #plan(delayMs: number): void {
    if (!this.#busy && this.#done < this.#options.parts.length)
      this.#due.set(() => void this.#takeIn(), delayMs);
  }

  async #takeIn(): Promise<void> {
    const { parts, whenIdle } = this.#options;
    this.#busy = true;
    try {
      for (let part = parts[this.#done]; part !== undefined; part = parts[this.#done]) {
        await whenIdle();
        if (this.#disposed || !this.#isIn) break;
        await part();
        this.#done++;
      }
      this.#busy = false;
    } catch {
      this.#busy = false;
      if (!this.#disposed && this.#isIn) this.#plan(AGAIN_MS);
    }
  }
}
