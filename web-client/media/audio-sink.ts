/** Owns making remote voices heard: one element a person, and the graph where an element is not loud enough. */

import { type Disposable, DisposableStore, toDisposable } from '../../main/common/lifecycle.ts';
import type { TimersLike } from '../../main/common/platform.ts';
import { Timeout } from '../../main/common/timing/timeout.ts';
import type { SoundPort } from '../core/audio/ports.ts';
import type { VolumeReach } from '../core/state/audio-state.ts';
import type { AudioGraph } from './audio-graph.ts';
import { type AudioElementLike, chooseSpeaker, keepsVolume } from './audio-graph.ts';
import { LoudVoice } from './loud-voice.ts';

/** A graph that does not run this long after it was wanted is told to be out of reach; it may still come. */
export const GRAPH_LATE_MS = 2_000;

export interface AudioSinkOptions {
  /** `() => new Audio()` */
  readonly createElement: () => AudioElementLike;
  /** `(track) => new MediaStream([track])` */
  readonly createStream: (track: MediaStreamTrack) => MediaStream;
  readonly graph: AudioGraph;
  readonly timers: TimersLike;
}

interface Voice {
  readonly element: AudioElementLike;
  readonly stream: MediaStream;
  /** Plays in the element's place while it can be heard; that goes on silently, for Chrome feeds the graph only so. */
  loud: LoudVoice | null;
  /** The graph was wanted and did not carry it: not asked again before something has changed. */
  held: boolean;
}

/** The elements need no place in the document; whoever holds them keeps them playing. */
export class AudioSink implements SoundPort {
  readonly #options: AudioSinkOptions;
  readonly #store = new DisposableStore();
  readonly #voices = new Map<string, Voice>();
  readonly #muted = new Set<string>();
  readonly #volumes = new Map<string, number>();
  readonly #reaches = new Map<string, VolumeReach>();
  readonly #blocked = new Set<AudioElementLike>();
  readonly #blockedListeners = new Set<(blocked: boolean) => void>();
  readonly #reachListeners = new Set<(id: string, reach: VolumeReach) => void>();
  #speakerId: string | null = null;
  #keepsVolume: boolean | null = null;
  readonly #lateGraph: Timeout;

  constructor(options: AudioSinkOptions) {
    this.#options = options;
    this.#lateGraph = this.#store.add(new Timeout(options.timers));
    this.#store.add(options.graph.onChange(() => this.#balanceAll()));
  }

  attach(id: string, track: MediaStreamTrack): void {
    this.detach(id);
    const element = this.#options.createElement();
    this.#keepsVolume ??= keepsVolume(element);
    const stream = this.#options.createStream(track);
    element.srcObject = stream;
    if (this.#speakerId !== null) void chooseSpeaker(element, this.#speakerId);
    this.#voices.set(id, { element, stream, loud: null, held: false });
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
    for (const { element } of this.#voices.values()) void chooseSpeaker(element, deviceId);
    this.#askAgain();
  }

  unlock(): void {
    this.#options.graph.resume();
    this.#askAgain();
    for (const { element } of this.#voices.values())
      if (element.paused || this.#blocked.has(element)) void this.#play(element);
  }

  onBlocked(listener: (blocked: boolean) => void): Disposable {
    this.#blockedListeners.add(listener);
    return toDisposable(() => this.#blockedListeners.delete(listener));
  }

  onReach(listener: (id: string, reach: VolumeReach) => void): Disposable {
    this.#reachListeners.add(listener);
    return toDisposable(() => this.#reachListeners.delete(listener));
  }

  dispose(): void {
    this.#blockedListeners.clear();
    this.#reachListeners.clear();
    this.#store.dispose();
    for (const id of [...this.#voices.keys()]) this.detach(id);
    this.#lateGraph.clear();
  }

  #setLoudness(id: string): void {
    const voice = this.#voices.get(id);
    if (voice === undefined) return;
    const volume = this.#volumeOf(id);
    if (this.#elementCan(volume)) {
      voice.loud?.dispose();
      voice.loud = null;
    } else if (!voice.held) voice.loud ??= this.#amplify(voice);
    this.#balance(id, voice);
  }

  #volumeOf(id: string): number {
    return this.#muted.has(id) ? 0 : (this.#volumes.get(id) ?? 1);
  }

  #elementCan(volume: number): boolean {
    return volume === 0 || volume === 1 || (volume < 1 && this.#keepsVolume === true);
  }

  #amplify(voice: Voice): LoudVoice | null {
    try {
      return new LoudVoice(this.#options.graph, voice.stream);
    } catch {
      voice.held = true;
      return null;
    }
  }

  /** Either the element or the graph is heard: never both, and the element wherever the graph is not. */
  #balance(id: string, voice: Voice): void {
    const { element } = voice;
    const volume = this.#volumeOf(id);
    const carried = voice.loud !== null && this.#options.graph.audible;
    element.volume = Math.min(volume, 1);
    element.muted = volume === 0 || carried;
    try {
      if (carried) voice.loud?.setVolume(volume);
      else voice.loud?.silence();
    } catch {
      this.#giveUp(id, voice);
      return;
    }
    if (carried) voice.held = false;
    else if (voice.loud !== null) this.#awaitGraph();
    // Until it is known, what was told before holds.
    if (carried || voice.held || this.#elementCan(volume)) this.#tellReach(id, voice);
  }

  #balanceAll(): void {
    for (const [id, voice] of this.#voices) {
      // A closed context never runs again; another one is asked for when there is a reason to.
      if (voice.loud?.closed) this.#giveUp(id, voice);
      else this.#balance(id, voice);
    }
  }

  #giveUp(id: string, voice: Voice): void {
    voice.loud?.dispose();
    voice.loud = null;
    voice.held = true;
    this.#balance(id, voice);
  }

  /** After a tap or with another loudspeaker: what was refused may be had now. */
  #askAgain(): void {
    for (const [id, voice] of this.#voices) {
      voice.held &&= voice.loud !== null;
      this.#setLoudness(id);
    }
  }

  #awaitGraph(): void {
    if (this.#lateGraph.pending) return;
    this.#lateGraph.set(() => {
      if (this.#options.graph.audible) return;
      for (const [id, voice] of this.#voices) {
        voice.held ||= voice.loud !== null;
        this.#tellReach(id, voice);
      }
    }, GRAPH_LATE_MS);
  }

  #tellReach(id: string, { held }: Voice): void {
    const reach = !held ? 'full' : this.#keepsVolume ? 'plain' : 'none';
    if (reach === (this.#reaches.get(id) ?? 'full')) return;
    this.#reaches.set(id, reach);
    for (const listener of this.#reachListeners) listener(id, reach);
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
    if (before !== after) for (const listener of this.#blockedListeners) listener(after);
  }
}
