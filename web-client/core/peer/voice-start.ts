/**
 * Owns when the own voice first goes to each person: once all those are connected who are being connected at the same time, here and,
 * where several come at once, on their pages as well. Encoding and sending to the first takes the processor from connecting the
 * others, who would stand the later for it.
 */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

/** How long a voice waits for others, and they for one, from when the connection began: somebody may never be reached. */
export const VOICE_START_LATEST_MS = 1_500;

export interface VoiceStartOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

export interface FirstVoiceHandler {
  /** The person may be told that nobody else is being connected here; or it has taken too long. */
  onReady(): void;
  /** The voice may go from now on; called also where it did not wait. */
  onStart(): void;
}

/** One person's. */
export interface FirstVoice extends Disposable {
  /** Whether it is to wait, for others are being connected as well. */
  readonly waits: boolean;
  /** Whether the person may be told. */
  readonly ready: boolean;
  /** The person is about to be connected. Before and after `dispose` nothing waits for them. */
  begin(): void;
  /** The connection stands. */
  stand(): void;
  /** The person's page told this one, so it waits for nobody either. */
  noteReady(): void;
}

class PersonsVoice implements FirstVoice {
  readonly #begun: Set<PersonsVoice>;
  readonly #othersCome: () => boolean;
  readonly #latest: Timeout;
  readonly #handler: FirstVoiceHandler;
  #standing = false;
  #told = false;
  #otherReady = false;

  constructor(
    begun: Set<PersonsVoice>,
    othersCome: () => boolean,
    timers: TimersLike,
    handler: FirstVoiceHandler,
  ) {
    this.#begun = begun;
    this.#othersCome = othersCome;
    this.#latest = new Timeout(timers);
    this.#handler = handler;
  }

  get waits(): boolean {
    return this.#begun.has(this) && this.#begun.size > 1;
  }

  get ready(): boolean {
    return this.#told || !this.#begun.has(this);
  }

  begin(): void {
    this.#standing = false;
    this.#told = false;
    this.#otherReady = false;
    this.#begun.add(this);
    this.#latest.set(() => this.#start(), VOICE_START_LATEST_MS);
  }

  stand(): void {
    this.#standing = true;
    this.#serve();
  }

  noteReady(): void {
    this.#otherReady = true;
    this.#serve();
  }

  dispose(): void {
    this.#end();
    this.#serve();
  }

  #start(): void {
    this.#end();
    this.#tell();
    this.#handler.onStart();
    this.#serve();
  }

  #end(): void {
    this.#latest.clear();
    this.#begun.delete(this);
  }

  #tell(): void {
    if (this.#told) return;
    this.#told = true;
    this.#handler.onReady();
  }

  /** Nobody is left who is being connected: all are told, and all may start once they told the same. */
  #serve(): void {
    const all = [...this.#begun];
    if (!all.every((voice) => voice.#standing)) return;
    for (const voice of all) voice.#tell();
    const together = all.length > 1 && this.#othersCome();
    if (together && !all.every((voice) => voice.#otherReady)) return;
    for (const voice of this.#begun) voice.#start();
  }
}

/** Of one page. */
export class VoiceStart {
  readonly #options: VoiceStartOptions;
  readonly #begun = new Set<PersonsVoice>();
  #cameMs = Number.NEGATIVE_INFINITY;

  constructor(options: VoiceStartOptions) {
    this.#options = options;
  }

  /** Somebody came into the room: who is being connected now may be connecting to them as well. */
  noteComing(): void {
    this.#cameMs = this.#options.clock();
  }

  person(handler: FirstVoiceHandler): FirstVoice {
    const { timers, clock } = this.#options;
    // Who comes alone is not to wait for a word of those who were there: they have nobody else to connect.
    const othersCome = (): boolean => clock() - this.#cameMs < VOICE_START_LATEST_MS;
    return new PersonsVoice(this.#begun, othersCome, timers, handler);
  }
}
