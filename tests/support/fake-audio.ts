/** Owns stand-ins for an audio element and for an AudioContext with the few nodes the page uses. */

import type { AudioElementLike } from '../../web-client/media/audio-element.ts';
import { AudioGraph } from '../../web-client/media/audio-graph.ts';

export class FakeAudio implements AudioElementLike {
  srcObject: MediaProvider | null = null;
  muted = false;
  paused = true;
  speaker: string | null = null;
  readonly #world: FakeAudioWorld;
  #volume = 1;

  constructor(world: FakeAudioWorld) {
    this.#world = world;
  }

  get volume(): number {
    return this.#volume;
  }

  set volume(volume: number) {
    if (!this.#world.fixedVolume) this.#volume = volume;
  }

  get playing(): boolean {
    return !this.paused;
  }

  /** How loud its stream comes out of it. */
  get loudness(): number {
    return this.paused || this.muted ? 0 : this.#volume;
  }

  async play(): Promise<void> {
    if (this.#world.blocked) throw Object.assign(new Error(), { name: 'NotAllowedError' });
    this.paused = false;
  }

  pause(): void {
    this.paused = true;
  }

  async setSinkId(deviceId: string): Promise<void> {
    this.speaker = deviceId;
  }
}

export class FakeNode {
  readonly kind: string;
  readonly made: unknown;
  readonly targets = new Set<FakeNode>();
  readonly gain = new FakeParameter(1);
  readonly threshold = new FakeParameter(-24);
  readonly knee = new FakeParameter(30);
  readonly ratio = new FakeParameter(12);
  readonly attack = new FakeParameter(0.003);
  readonly release = new FakeParameter(0.25);
  readonly frequency = new FakeParameter(440);
  readonly context: FakeContext;
  readonly ended = new Set<() => void>();
  /** What an analyser hears. */
  samples: readonly number[] = [];
  fftSize = 2048;
  readonly stream = {} as MediaStream;

  constructor(kind: string, context: FakeContext, made: unknown = null) {
    this.kind = kind;
    this.context = context;
    this.made = made;
    context.nodes.push(this);
  }

  connect(target: FakeNode): FakeNode {
    this.targets.add(target);
    return target;
  }

  disconnect(): void {
    this.targets.clear();
  }

  /** The kinds of nodes its sound passes, this one included; it has at most one way. */
  get path(): string[] {
    const [next] = this.targets;
    return [this.kind, ...(next?.path ?? [])];
  }

  start(): void {}
  stop(): void {}
  addEventListener(_type: 'ended', listener: () => void): void {
    this.ended.add(listener);
  }
  end(): void {
    for (const listener of this.ended) listener();
  }

  getFloatTimeDomainData(into: Float32Array): void {
    for (const index of into.keys()) into[index] = this.samples[index % this.samples.length] ?? 0;
  }
}

class FakeParameter {
  value: number;

  constructor(value: number) {
    this.value = value;
  }

  setTargetAtTime(value: number): void {
    this.value = value;
  }
  setValueAtTime(value: number): void {
    this.value = value;
  }
  exponentialRampToValueAtTime(value: number): void {
    this.value = value;
  }
}

export class FakeContext {
  state: 'suspended' | 'running' | 'interrupted' = 'suspended';
  readonly currentTime = 0;
  readonly nodes: FakeNode[] = [];
  readonly destination: FakeNode;
  /** Where it plays; undefined in a browser that does not let a context choose. */
  speaker: string | undefined;
  setSinkId?: (deviceId: string) => Promise<void>;
  resumes = 0;
  readonly #world: FakeAudioWorld;
  readonly #listeners = new Set<() => void>();
  #waiting: (() => void)[] = [];

  constructor(world: FakeAudioWorld) {
    this.#world = world;
    this.destination = new FakeNode('destination', this);
    if (world.contextChoosesSpeaker) {
      this.setSinkId = async (deviceId) => {
        this.speaker = deviceId;
      };
    }
  }

  createGain = () => new FakeNode('gain', this);
  createDynamicsCompressor = () => new FakeNode('limiter', this);
  createOscillator = () => new FakeNode('oscillator', this);
  createAnalyser = () => new FakeNode('analyser', this);
  createMediaStreamSource = (stream: unknown) => new FakeNode('source', this, stream);
  createMediaStreamDestination = () => new FakeNode('stream', this);

  /** As in a browser: while blocked it neither succeeds nor fails. */
  resume(): Promise<void> {
    this.resumes++;
    if (!this.#world.blocked) this.become('running');
    return this.state === 'running'
      ? Promise.resolve()
      : new Promise((resolve) => this.#waiting.push(resolve));
  }

  async suspend(): Promise<void> {
    this.become('suspended');
  }

  addEventListener(_type: 'statechange', listener: () => void): void {
    this.#listeners.add(listener);
  }

  become(state: 'suspended' | 'running' | 'interrupted'): void {
    if (state === this.state) return;
    this.state = state;
    if (state === 'running') {
      for (const resolve of this.#waiting) resolve();
      this.#waiting = [];
    }
    for (const listener of this.#listeners) listener();
  }

  /** Nodes of this kind that lead somewhere. */
  connected(kind: string): FakeNode[] {
    return this.nodes.filter((node) => node.kind === kind && node.targets.size > 0);
  }
}

/** One page's browser. */
export class FakeAudioWorld {
  /** The browser wants a tap before it plays. */
  blocked = false;
  /** As on an iPhone. */
  fixedVolume = false;
  contextChoosesSpeaker = true;
  readonly elements: FakeAudio[] = [];
  readonly contexts: FakeContext[] = [];
  readonly silentContexts: FakeContext[] = [];

  readonly createElement = (): FakeAudio => {
    const element = new FakeAudio(this);
    this.elements.push(element);
    return element;
  };

  readonly createStream = (track: MediaStreamTrack) => ({ track }) as unknown as MediaStream;

  createGraph(): AudioGraph {
    return new AudioGraph({
      createElement: this.createElement,
      createContext: () => this.#createContext(this.contexts),
      createSilentContext: () => this.#createContext(this.silentContexts),
    });
  }

  get context(): FakeContext {
    return only(this.contexts);
  }

  get silentContext(): FakeContext {
    return only(this.silentContexts);
  }

  #createContext(made: FakeContext[]): AudioContext {
    const context = new FakeContext(this);
    made.push(context);
    return context as unknown as AudioContext;
  }
}

function only([context]: readonly FakeContext[]): FakeContext {
  if (context === undefined) throw new Error('there is no context');
  return context;
}
