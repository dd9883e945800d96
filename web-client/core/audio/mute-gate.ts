/** Owns whether the microphone is shut: the button for it, the key that opens it while held, and the key's tail. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimerHandle, TimersLike } from '../../../main/common/platform.ts';

/** The last syllable is still in the air when the key comes up. */
const TAIL_MS = 200;

export class MuteGate implements Disposable {
  readonly #timers: TimersLike;
  readonly #onChange: (shut: boolean) => void;
  #muted = false;
  #held = false;
  /** Held, or in its tail. */
  #opens = false;
  #tail: TimerHandle | null = null;

  constructor(timers: TimersLike, onChange: (shut: boolean) => void) {
    this.#timers = timers;
    this.#onChange = onChange;
  }

  /** By the button. */
  get muted(): boolean {
    return this.#muted;
  }

  get shut(): boolean {
    return this.#muted && !this.#opens;
  }

  /** Muting counts at once, also while the key is held; it then has to be let go before it opens again. */
  setMuted(muted: boolean): void {
    this.#change(() => {
      this.#muted = muted;
      if (muted) this.#close();
    });
  }

  setHeld(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    this.#stopTail();
    if (held) this.#change(() => (this.#opens = true));
    else if (this.#opens)
      this.#tail = this.#timers.setTimeout(() => this.#change(() => this.#close()), TAIL_MS);
  }

  /** The call is over: the key counts as let go, and the button stays as it is. */
  release(): void {
    this.#held = false;
    this.#change(() => this.#close());
  }

  dispose(): void {
    this.#stopTail();
  }

  #close(): void {
    this.#stopTail();
    this.#opens = false;
  }

  #stopTail(): void {
    if (this.#tail !== null) this.#timers.clearTimeout(this.#tail);
    this.#tail = null;
  }

  #change(step: () => void): void {
    const before = this.shut;
    step();
    if (this.shut !== before) this.#onChange(this.shut);
  }
}
