/** Owns a transient reaction, the emoji that somebody shows to all: the last one, for a few seconds. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { QuickReaction } from '../state/room-state.ts';

export const REACTION_SHOWN_MS = 4_000;

export class TransientReaction implements Disposable {
  readonly #onChange: () => void;
  #shown: QuickReaction | null = null;
  #serial = 0;
  readonly #end: Timeout;

  constructor(timers: TimersLike, onChange: () => void) {
    this.#end = new Timeout(timers);
    this.#onChange = onChange;
  }

  get shown(): QuickReaction | null {
    return this.#shown;
  }

  show(emoji: string): void {
    this.#shown = { emoji, serial: ++this.#serial };
    this.#end.set(() => this.clear(), REACTION_SHOWN_MS);
    this.#onChange();
  }

  clear(): void {
    if (this.#shown === null) return;
    this.#end.clear();
    this.#shown = null;
    this.#onChange();
  }

  dispose(): void {
    this.#end.dispose();
  }
}
