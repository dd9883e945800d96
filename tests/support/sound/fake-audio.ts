/** Owns stand-ins for an audio element and for an AudioContext with the few nodes the page uses. */

import type { AudioElementLike } from '../../../web-client/media/audio-graph.ts';
import { AudioGraph } from '../../../web-client/media/audio-graph.ts';
import { ManualTime } from '../time/manual-time.ts';

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

  setSinkId(deviceId: string): Promise<void> {
    return this.#world.ask('element.setSinkId', () => {
      this.speaker = deviceId;
    });
  }
}

export class FakeNode {
  readonly kind: string;
  readonly made: unknown;
  readonly targets = new Set<FakeNode>();
  readonly gain: FakeParameter;
  readonly threshold: FakeParameter;
  readonly knee: FakeParameter;
  readonly ratio: FakeParameter;
  readonly attack: FakeParameter;
  readonly release: FakeParameter;
  readonly frequency: FakeParameter;
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
    const parameter = (value: number) => new FakeParameter(value, context.world);
    this.gain = parameter(1);
    this.threshold = parameter(-24);
    this.knee = parameter(30);
    this.ratio = parameter(12);
    this.attack = parameter(0.003);
    this.release = parameter(0.25);
    this.frequency = parameter(440);
    context.nodes.push(this);
  }

  connect(target: FakeNode): FakeNode {
    this.context.world.refuse('connect');
    this.targets.add(target);
    return target;
  }

  disconnect(): void {
    this.targets.clear();
    this.context.world.refuse('disconnect');
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
    this.context.world.refuse('getFloatTimeDomainData');
    for (const index of into.keys()) into[index] = this.samples[index % this.samples.length] ?? 0;
  }
}

class FakeParameter {
  value: number;
  readonly #world: FakeAudioWorld;

  constructor(value: number, world: FakeAudioWorld) {
    this.value = value;
    this.#world = world;
  }

  setTargetAtTime(value: number): void {
    this.#world.refuse('setTargetAtTime');
    this.value = value;
  }
  setValueAtTime(value: number): void {
    this.value = value;
  }
  exponentialRampToValueAtTime(value: number): void {
    this.value = value;
  }
}

type ContextState = 'suspended' | 'running' | 'interrupted' | 'closed';

export class FakeContext {
  state: ContextState = 'suspended';
  readonly sampleRate: number;
  readonly nodes: FakeNode[] = [];
  readonly destination: FakeNode & { readonly maxChannelCount: number };
  readonly audioWorklet = { addModule: () => this.world.ask('addModule', () => {}) };
  /** Where it plays; undefined in a browser that does not let a context choose. */
  speaker: string | undefined;
  setSinkId?: (deviceId: string) => Promise<void>;
  resumes = 0;
  readonly world: FakeAudioWorld;
  readonly #listeners = new Set<() => void>();
  #waiting: (() => void)[] = [];
  #playedSeconds = 0;
  /** null: its time stands still. */
  #playsSinceMs: number | null = null;
  /** What says later that it runs has been stopped meanwhile. */
  #stopped = false;

  constructor(world: FakeAudioWorld) {
    this.world = world;
    this.sampleRate = world.sampleRateHz;
    const destination = new FakeNode('destination', this);
    this.destination = Object.assign(destination, { maxChannelCount: world.channelsToPlay });
    if (world.contextChoosesSpeaker) {
      this.setSinkId = (deviceId) =>
        world.ask('context.setSinkId', () => {
          this.speaker = deviceId;
        });
    }
  }

  createGain = () => this.#create('createGain', 'gain');
  createDynamicsCompressor = () => this.#create('createDynamicsCompressor', 'limiter');
  createOscillator = () => this.#create('createOscillator', 'oscillator');
  createAnalyser = () => this.#create('createAnalyser', 'analyser');
  createMediaStreamSource = (stream: unknown) => this.#create('createMediaStreamSource', 'source', stream);
  createMediaStreamDestination = () => this.#create('createMediaStreamDestination', 'stream');

  get currentTime(): number {
    if (this.#playsSinceMs === null) return this.#playedSeconds;
    return this.#playedSeconds + (this.world.time.clock() - this.#playsSinceMs) / 1_000;
  }

  /** Whether anything comes out of it. */
  get plays(): boolean {
    return this.#playsSinceMs !== null;
  }

  /** It goes on saying that it runs. */
  standStill(): void {
    this.#playedSeconds = this.currentTime;
    this.#playsSinceMs = null;
  }

  #create(call: string, kind: string, made: unknown = null): FakeNode {
    this.world.refuse(call);
    return new FakeNode(kind, this, made);
  }

  /** As in a browser: while blocked it neither succeeds nor fails. */
  resume(): Promise<void> {
    this.resumes++;
    this.world.refuse('resume');
    if (this.state === 'closed') return Promise.reject(new Error());
    if (this.state !== 'running') this.#stopped = this.world.standsStill;
    if (!this.world.blocked && !this.world.hung.has('resume')) this.become('running');
    return this.state === 'running'
      ? Promise.resolve()
      : new Promise((resolve) => this.#waiting.push(resolve));
  }

  /** As in Chromium: what is starting meanwhile stops, and says all the same that it runs once it has. */
  async suspend(): Promise<void> {
    this.world.refuse('suspend');
    this.#stopped = true;
    if (this.state !== 'closed') this.become('suspended');
  }

  async close(): Promise<void> {
    this.world.refuse('close');
    // As in a browser, where it is still open for the rest of this turn.
    await Promise.resolve();
    this.become('closed');
  }

  addEventListener(_type: 'statechange', listener: () => void): void {
    this.#listeners.add(listener);
  }

  become(state: ContextState): void {
    if (state === this.state) return;
    this.state = state;
    this.standStill();
    if (state === 'running') {
      if (!this.#stopped) this.#playsSinceMs = this.world.time.clock();
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
  /** Whatever runs from now on says so only. */
  standsStill = false;
  readonly time = new ManualTime();
  /** Of the contexts to come. */
  sampleRateHz = 48_000;
  /** Of the device to play on; as in Firefox, where it has none. */
  channelsToPlay = 2;
  /** Calls that throw, or reject where they return a promise. */
  readonly refused = new Set<string>();
  /** Calls whose promise never settles. */
  readonly hung = new Set<string>();
  readonly elements: FakeAudio[] = [];
  readonly contexts: FakeContext[] = [];
  readonly silentContexts: FakeContext[] = [];

  readonly createElement = (): FakeAudio => {
    const element = new FakeAudio(this);
    this.elements.push(element);
    return element;
  };

  readonly createStream = (track: MediaStreamTrack) => ({ track }) as unknown as MediaStream;

  refuse(call: string): void {
    if (this.refused.has(call)) throw Object.assign(new Error(call), { name: 'NotSupportedError' });
  }

  ask(call: string, act: () => void): Promise<void> {
    if (this.hung.has(call)) return new Promise(() => {});
    try {
      this.refuse(call);
      act();
      return Promise.resolve();
    } catch (error) {
      return Promise.reject(error);
    }
  }

  createGraph(): AudioGraph {
    return new AudioGraph({
      timers: this.time.timers,
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
    this.refuse(made === this.contexts ? 'AudioContext' : 'silent AudioContext');
    const context = new FakeContext(this);
    made.push(context);
    return context as unknown as AudioContext;
  }
}

function only([context]: readonly FakeContext[]): FakeContext {
  if (context === undefined) throw new Error('there is no context');
  return context;
}
