/** Owns whether the microphone is shut: the button for it, the key that opens it while held, and the key's tail. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

/** The last syllable is still in the air when the key comes up. */
const TAIL_MS = 200;

export class MuteGate implements Disposable {
  readonly #onChange: (shut: boolean) => void;
  #muted = false;
  #held = false;
  /** Held, or in its tail. */
  #opens = false;
  readonly #tail: Timeout;

  constructor(timers: TimersLike, onChange: (shut: boolean) => void) {
    this.#tail = new Timeout(timers);
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
    this.#tail.clear();
    if (held) this.#change(() => (this.#opens = true));
    else if (this.#opens) this.#tail.set(() => this.#change(() => this.#close()), TAIL_MS);
  }

  /** The call is over: the key counts as let go, and the button stays as it is. */
  release(): void {
    this.#held = false;
    this.#change(() => this.#close());
  }

  dispose(): void {
    this.#tail.clear();
  }

  #close(): void {
    this.#tail.clear();
    this.#opens = false;
  }

  #change(step: () => void): void {
    const before = this.shut;
    step();
    if (this.shut !== before) this.#onChange(this.shut);
  }
}
