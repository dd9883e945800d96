/** Owns the emoji that somebody shows to all: the last one, for a few seconds. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimerHandle, TimersLike } from '../../../main/common/platform.ts';
import type { QuickReaction } from '../state/room-state.ts';

export const REACTION_SHOWN_MS = 4_000;

export class TransientReaction implements Disposable {
  readonly #timers: TimersLike;
  readonly #onChange: () => void;
  #shown: QuickReaction | null = null;
  #serial = 0;
  #timer: TimerHandle | null = null;

  constructor(timers: TimersLike, onChange: () => void) {
    this.#timers = timers;
    this.#onChange = onChange;
  }

  get shown(): QuickReaction | null {
    return this.#shown;
  }

  show(emoji: string): void {
    this.dispose();
    this.#shown = { emoji, serial: ++this.#serial };
    this.#timer = this.#timers.setTimeout(() => this.clear(), REACTION_SHOWN_MS);
    this.#onChange();
  }

  clear(): void {
    if (this.#shown === null) return;
    this.dispose();
    this.#shown = null;
    this.#onChange();
  }

  dispose(): void {
    if (this.#timer !== null) this.#timers.clearTimeout(this.#timer);
    this.#timer = null;
  }
}
