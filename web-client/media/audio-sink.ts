/** Owns the audio sink, which plays remote tracks: one element a participant, and the graph where an element is not loud enough. */

import { type Disposable, DisposableStore, toDisposable } from '../../main/common/lifecycle.ts';
import type { TimersLike } from '../../main/common/platform.ts';
import { Timeout } from '../../main/common/timing/timeout.ts';
import type { SoundPort } from '../core/audio/ports.ts';
import type { VolumeReach } from '../core/state/audio-state.ts';
import type { AudioGraph } from './audio-graph.ts';
import { type AudioElementLike, chooseSpeaker, keepsVolume } from './audio-graph.ts';
import { VoiceAmplifier } from './voice-amplifier.ts';

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

interface RemoteAudio {
  readonly element: AudioElementLike;
  readonly stream: MediaStream;
  /** Plays in the element's place while it can be heard; that goes on silently, for Chrome feeds the graph only so. */
  amplifier: VoiceAmplifier | null;
  /** The graph was wanted and did not carry it: not asked again before something has changed. */
  refused: boolean;
}

/** The elements need no place in the document; whoever holds them keeps them playing. */
export class AudioSink implements SoundPort {
  readonly #options: AudioSinkOptions;
  readonly #store = new DisposableStore();
  readonly #remotes = new Map<string, RemoteAudio>();
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
    this.#remotes.set(id, { element, stream, amplifier: null, refused: false });
    this.#setLoudness(id);
    void this.#play(element);
  }

  detach(id: string): void {
    const remote = this.#remotes.get(id);
    if (remote === undefined) return;
    this.#remotes.delete(id);
    remote.amplifier?.dispose();
    remote.element.pause();
    remote.element.srcObject = null;
    this.#setBlocked(remote.element, false);
  }

  setMuted(id: string, muted: boolean): void {
    if (muted) this.#muted.add(id);
    else this.#muted.delete(id);
    this.#setLoudness(id);
  }

  setVolume(id: string, volume: number): void {
    if (volume === 1) this.#volumes.delete(id);
    else this.#volumes.set(id, volume);
    this.#setLoudness(id);
  }

  setSpeaker(deviceId: string | null): void {
    this.#options.graph.setSpeaker(deviceId);
    if (deviceId === this.#speakerId) return;
    this.#speakerId = deviceId;
    for (const { element } of this.#remotes.values()) void chooseSpeaker(element, deviceId);
    this.#retryRefused();
  }

  unlock(): void {
    this.#options.graph.resume();
    this.#retryRefused();
    for (const { element } of this.#remotes.values())
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
    for (const id of [...this.#remotes.keys()]) this.detach(id);
    this.#lateGraph.clear();
  }

  #setLoudness(id: string): void {
    const remote = this.#remotes.get(id);
    if (remote === undefined) return;
    const volume = this.#volumeOf(id);
    if (this.#elementCan(volume)) {
      remote.amplifier?.dispose();
      remote.amplifier = null;
    } else if (!remote.refused) remote.amplifier ??= this.#amplify(remote);
    this.#balance(id, remote);
  }

  #volumeOf(id: string): number {
    return this.#muted.has(id) ? 0 : (this.#volumes.get(id) ?? 1);
  }

  #elementCan(volume: number): boolean {
    return volume === 0 || volume === 1 || (volume < 1 && this.#keepsVolume === true);
  }

  #amplify(remote: RemoteAudio): VoiceAmplifier | null {
    try {
      return new VoiceAmplifier(this.#options.graph, remote.stream);
    } catch {
      remote.refused = true;
      return null;
    }
  }

  /** Either the element or the graph is heard: never both, and the element wherever the graph is not. */
  #balance(id: string, remote: RemoteAudio): void {
    const { element } = remote;
    const volume = this.#volumeOf(id);
    const carried = remote.amplifier !== null && this.#options.graph.audible;
    element.volume = Math.min(volume, 1);
    element.muted = volume === 0 || carried;
    try {
      if (carried) remote.amplifier?.setVolume(volume);
      else remote.amplifier?.silence();
    } catch {
      this.#giveUp(id, remote);
      return;
    }
    if (carried) remote.refused = false;
    else if (remote.amplifier !== null) this.#awaitGraph();
    // Until it is known, what was told before holds.
    if (carried || remote.refused || this.#elementCan(volume)) this.#emitReach(id, remote);
  }

  #balanceAll(): void {
    for (const [id, remote] of this.#remotes) {
      // A closed context never runs again; another one is asked for when there is a reason to.
      if (remote.amplifier?.closed) this.#giveUp(id, remote);
      else this.#balance(id, remote);
    }
  }

  #giveUp(id: string, remote: RemoteAudio): void {
    remote.amplifier?.dispose();
    remote.amplifier = null;
    remote.refused = true;
    this.#balance(id, remote);
  }

  /** After a tap or with another loudspeaker: what was refused may be had now. */
  #retryRefused(): void {
    for (const [id, remote] of this.#remotes) {
      remote.refused &&= remote.amplifier !== null;
      this.#setLoudness(id);
    }
  }

  #awaitGraph(): void {
    if (this.#lateGraph.pending) return;
    this.#lateGraph.set(() => {
      if (this.#options.graph.audible) return;
      for (const [id, remote] of this.#remotes) {
        remote.refused ||= remote.amplifier !== null;
        this.#emitReach(id, remote);
      }
    }, GRAPH_LATE_MS);
  }

  #emitReach(id: string, { refused }: RemoteAudio): void {
    const reach = !refused ? 'full' : this.#keepsVolume ? 'plain' : 'none';
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
    if (blocked && [...this.#remotes.values()].some((remote) => remote.element === element))
      this.#blocked.add(element);
    else this.#blocked.delete(element);
    const after = this.#blocked.size > 0;
    if (before !== after) for (const listener of this.#blockedListeners) listener(after);
  }
}
