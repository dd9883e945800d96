/** Owns the mute gate: closed by the button, open while the push-to-talk key is held, and for the key's tail. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

/** The last syllable is still in the air when the key comes up. */
const TAIL_MS = 200;

export class MuteGate implements Disposable {
  readonly #onChange: (closed: boolean) => void;
  #muted = false;
  #held = false;
  /** Held, or in its tail. */
  #open = false;
  readonly #tail: Timeout;

  constructor(timers: TimersLike, onChange: (closed: boolean) => void) {
    this.#tail = new Timeout(timers);
    this.#onChange = onChange;
  }

  /** By the button. */
  get muted(): boolean {
    return this.#muted;
  }

  get closed(): boolean {
    return this.#muted && !this.#open;
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
    if (held) this.#change(() => (this.#open = true));
    else if (this.#open) this.#tail.set(() => this.#change(() => this.#close()), TAIL_MS);
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
    this.#open = false;
  }

  #change(step: () => void): void {
    const before = this.closed;
    step();
    if (this.closed !== before) this.#onChange(this.closed);
  }
}
