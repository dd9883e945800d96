/**
 * Owns when the own voice first goes to each person: once all those are connected who are being connected at the same time. Encoding
 * and sending to the first takes the processor from connecting the others, who would stand the later for it.
 */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

/** How long a voice waits for others, and they for one, from when the connection began: somebody may never be reached. */
export const VOICE_START_LATEST_MS = 1_500;

/** One person's. */
export interface FirstVoice extends Disposable {
  /** Whether it is to wait, for others are being connected as well. */
  readonly waits: boolean;
  /** The person is about to be connected. Before and after `dispose` nothing waits for them. */
  begin(): void;
  /** The connection stands. */
  stand(): void;
}

class PersonsVoice implements FirstVoice {
  readonly #begun: Set<PersonsVoice>;
  readonly #latest: Timeout;
  readonly #onStart: () => void;
  #standing = false;

  constructor(begun: Set<PersonsVoice>, timers: TimersLike, onStart: () => void) {
    this.#begun = begun;
    this.#latest = new Timeout(timers);
    this.#onStart = onStart;
  }

  get waits(): boolean {
    return this.#begun.has(this) && [...this.#begun].some((voice) => voice !== this && !voice.#standing);
  }

  begin(): void {
    this.#standing = false;
    this.#begun.add(this);
    this.#latest.set(() => this.#start(), VOICE_START_LATEST_MS);
  }

  stand(): void {
    this.#standing = true;
    this.#serve();
  }

  dispose(): void {
    this.#end();
    this.#serve();
  }

  #start(): void {
    this.#end();
    this.#onStart();
    this.#serve();
  }

  #end(): void {
    this.#latest.clear();
    this.#begun.delete(this);
  }

  /** Nobody is left who is being connected: all may start. */
  #serve(): void {
    if ([...this.#begun].every((voice) => voice.#standing)) for (const voice of this.#begun) voice.#start();
  }
}

/** Of one page. */
export class VoiceStart {
  readonly #timers: TimersLike;
  readonly #begun = new Set<PersonsVoice>();

  constructor(timers: TimersLike) {
    this.#timers = timers;
  }

  /** @param onStart it may go from now on; called also where it did not wait */
  person(onStart: () => void): FirstVoice {
    return new PersonsVoice(this.#begun, this.#timers, onStart);
  }
}
