/** Owns the mute gate: closed by the button, open while a key to talk is held and for its tail, shut while the key to be muted is. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { TalkKey } from '../call-intents.ts';

/** The last syllable is still in the air when the key comes up. */
const TAIL_MS = 200;

export class MuteGate implements Disposable {
  readonly #onChange: (closed: boolean) => void;
  #muted = false;
  readonly #held = new Set<TalkKey>();
  /** By the key to be muted, over everything else. */
  #shut = false;
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
    return this.#shut || (this.#muted && !this.#open);
  }

  /** Muting counts at once, also while the key is held; it then has to be let go before it opens again. */
  setMuted(muted: boolean): void {
    this.#change(() => {
      this.#muted = muted;
      if (muted) this.#close();
    });
  }

  setHeld(held: boolean, key: TalkKey = 'page'): void {
    const before = this.#held.size > 0;
    if (held) this.#held.add(key);
    else this.#held.delete(key);
    const now = this.#held.size > 0;
    if (now === before) return;
    this.#tail.clear();
    if (now) this.#change(() => (this.#open = true));
    else if (this.#open) this.#tail.set(() => this.#change(() => this.#close()), TAIL_MS);
  }

  setShut(shut: boolean): void {
    this.#change(() => (this.#shut = shut));
  }

  /** The call is over: the keys count as let go, and the button stays as it is. */
  release(): void {
    this.#held.clear();
    this.#change(() => {
      this.#shut = false;
      this.#close();
    });
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
