/** Owns making remote voices heard: one element a person, and the graph where an element is not loud enough. */

import { type Disposable, toDisposable } from '../../main/common/lifecycle.ts';
import type { SoundPort } from '../core/sound-ports.ts';
import { type AudioElementLike, chooseSpeaker, keepsVolume } from './audio-element.ts';
import type { AudioGraph } from './audio-graph.ts';
import { LoudVoice } from './loud-voice.ts';

export interface AudioSinkOptions {
  /** `() => new Audio()` */
  readonly createElement: () => AudioElementLike;
  /** `(track) => new MediaStream([track])` */
  readonly createStream: (track: MediaStreamTrack) => MediaStream;
  readonly graph: AudioGraph;
}

interface Voice {
  readonly element: AudioElementLike;
  readonly stream: MediaStream;
  /** Plays in the element's place; that goes on silently, for Chrome feeds the graph only so. */
  loud: LoudVoice | null;
}

/** The elements need no place in the document; whoever holds them keeps them playing. */
export class AudioSink implements SoundPort {
  readonly #options: AudioSinkOptions;
  readonly #voices = new Map<string, Voice>();
  readonly #muted = new Set<string>();
  readonly #volumes = new Map<string, number>();
  readonly #blocked = new Set<AudioElementLike>();
  readonly #listeners = new Set<(blocked: boolean) => void>();
  #speakerId: string | null = null;
  #keepsVolume: boolean | null = null;

  constructor(options: AudioSinkOptions) {
    this.#options = options;
  }

  attach(id: string, track: MediaStreamTrack): void {
    this.detach(id);
    const element = this.#options.createElement();
    this.#keepsVolume ??= keepsVolume(element);
    const stream = this.#options.createStream(track);
    element.srcObject = stream;
    if (this.#speakerId !== null) chooseSpeaker(element, this.#speakerId);
    this.#voices.set(id, { element, stream, loud: null });
    this.#setLoudness(id);
    void this.#play(element);
  }

  detach(id: string): void {
    const voice = this.#voices.get(id);
    if (voice === undefined) return;
    this.#voices.delete(id);
    voice.loud?.dispose();
    voice.element.pause();
    voice.element.srcObject = null;
    this.#setBlocked(voice.element, false);
  }

  setMuted(id: string, muted: boolean): void {
    if (muted) this.#muted.add(id);
    else this.#muted.delete(id);
    this.#setLoudness(id);
  }

  setVolume(id: string, volume: number): void {
    this.#volumes.set(id, volume);
    this.#setLoudness(id);
  }

  setSpeaker(deviceId: string | null): void {
    this.#options.graph.setSpeaker(deviceId);
    if (deviceId === this.#speakerId) return;
    this.#speakerId = deviceId;
    for (const { element } of this.#voices.values()) chooseSpeaker(element, deviceId);
  }

  unlock(): void {
    this.#options.graph.resume();
    for (const { element } of this.#voices.values())
      if (element.paused || this.#blocked.has(element)) void this.#play(element);
  }

  onBlocked(listener: (blocked: boolean) => void): Disposable {
    this.#listeners.add(listener);
    return toDisposable(() => this.#listeners.delete(listener));
  }

  dispose(): void {
    this.#listeners.clear();
    for (const id of [...this.#voices.keys()]) this.detach(id);
  }

  #setLoudness(id: string): void {
    const voice = this.#voices.get(id);
    if (voice === undefined) return;
    const volume = this.#muted.has(id) ? 0 : (this.#volumes.get(id) ?? 1);
    const elementCan = volume === 0 || volume === 1 || (volume < 1 && this.#keepsVolume);
    if (elementCan) {
      voice.loud?.dispose();
      voice.loud = null;
    } else if (voice.loud === null) {
      voice.loud = new LoudVoice(this.#options.graph, voice.stream, volume);
    } else {
      voice.loud.setVolume(volume);
    }
    voice.element.volume = Math.min(volume, 1);
    voice.element.muted = volume === 0 || voice.loud !== null;
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
    if (blocked && [...this.#voices.values()].some((voice) => voice.element === element))
      this.#blocked.add(element);
    else this.#blocked.delete(element);
    const after = this.#blocked.size > 0;
    if (before !== after) for (const listener of this.#listeners) listener(after);
  }
}
