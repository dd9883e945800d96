/** Owns the audio elements that remote voices are heard through. */

import { type Disposable, toDisposable } from '../../main/common/lifecycle.ts';
import type { SoundPort } from '../core/session-deps.ts';

/** The part of HTMLAudioElement that is used. */
export interface AudioElementLike {
  srcObject: MediaProvider | null;
  muted: boolean;
  play(): Promise<void>;
  pause(): void;
}

export interface AudioSinkOptions {
  /** `() => new Audio()` */
  readonly createElement: () => AudioElementLike;
  /** `(track) => new MediaStream([track])` */
  readonly createStream: (track: MediaStreamTrack) => MediaProvider;
}

/** The elements need no place in the document; whoever holds them keeps them playing. */
export class AudioSink implements SoundPort {
  readonly #options: AudioSinkOptions;
  readonly #elements = new Map<string, AudioElementLike>();
  readonly #muted = new Set<string>();
  readonly #blocked = new Set<AudioElementLike>();
  readonly #listeners = new Set<(blocked: boolean) => void>();

  constructor(options: AudioSinkOptions) {
    this.#options = options;
  }

  attach(id: string, track: MediaStreamTrack): void {
    this.detach(id);
    const element = this.#options.createElement();
    element.srcObject = this.#options.createStream(track);
    element.muted = this.#muted.has(id);
    this.#elements.set(id, element);
    void this.#play(element);
  }

  detach(id: string): void {
    const element = this.#elements.get(id);
    if (element === undefined) return;
    this.#elements.delete(id);
    element.pause();
    element.srcObject = null;
    this.#setBlocked(element, false);
  }

  setMuted(id: string, muted: boolean): void {
    if (muted) this.#muted.add(id);
    else this.#muted.delete(id);
    const element = this.#elements.get(id);
    if (element) element.muted = muted;
  }

  unlock(): void {
    for (const element of this.#blocked) void this.#play(element);
  }

  onBlocked(listener: (blocked: boolean) => void): Disposable {
    this.#listeners.add(listener);
    return toDisposable(() => this.#listeners.delete(listener));
  }

  dispose(): void {
    this.#listeners.clear();
    for (const id of [...this.#elements.keys()]) this.detach(id);
  }

  async #play(element: AudioElementLike): Promise<void> {
    try {
      await element.play();
      this.#setBlocked(element, false);
    } catch (error) {
      // Anything else is an element that was detached meanwhile.
      if (error instanceof Error && error.name === 'NotAllowedError') this.#setBlocked(element, true);
    }
  }

  #setBlocked(element: AudioElementLike, blocked: boolean): void {
    const before = this.#blocked.size > 0;
    if (blocked && [...this.#elements.values()].includes(element)) this.#blocked.add(element);
    else this.#blocked.delete(element);
    const after = this.#blocked.size > 0;
    if (before !== after) for (const listener of this.#listeners) listener(after);
  }
}
