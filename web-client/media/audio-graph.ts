/** Owns what of the page's sound passes through Web Audio: to the chosen loudspeaker, or only to be listened to. */

import { type AudioElementLike, chooseSpeaker } from './audio-element.ts';
import { type ContextUse, ignoreRefusal, SharedContext } from './shared-context.ts';

export interface AudioGraphOptions {
  /** `() => new AudioContext()`, with the latency the page wants */
  readonly createContext: () => AudioContext;
  /**
   * The same without a loudspeaker, where the browser knows such a thing: one that is open and silent takes a tenth of the
   * processor's time in a call of five.
   */
  readonly createSilentContext: () => AudioContext;
  /** `() => new Audio()` */
  readonly createElement: () => AudioElementLike;
}

export interface GraphUse extends ContextUse {
  /** Leads to the chosen loudspeaker. */
  readonly output: AudioNode;
}

interface Built {
  readonly context: AudioContext & { setSinkId?(id: string): Promise<void> };
  readonly output: AudioNode;
}

export class AudioGraph {
  readonly #options: AudioGraphOptions;
  readonly #playing: SharedContext;
  readonly #listening: SharedContext;
  #built: Built | null = null;
  #speakerId: string | null = null;
  /** Plays the graph where a context cannot choose its loudspeaker by itself. */
  #detour: AudioElementLike | null = null;

  constructor(options: AudioGraphOptions) {
    this.#options = options;
    this.#playing = new SharedContext(() => this.#watch(options.createContext()));
    this.#listening = new SharedContext(() => this.#watch(options.createSilentContext()));
  }

  /** To play something. */
  use(): GraphUse {
    const { context, dispose } = this.#playing.use();
    this.#built ??= this.#build(context);
    this.#resumeDetour();
    return { context, output: this.#built.output, dispose };
  }

  /** To hear something, and play nothing. */
  listen(): ContextUse {
    return this.#listening.use();
  }

  /** The browser held it back until a tap, or the system interrupted it. */
  resume(): void {
    this.#listening.resume();
    this.#playing.resume();
    this.#resumeDetour();
  }

  setSpeaker(deviceId: string | null): void {
    if (deviceId === this.#speakerId) return;
    this.#speakerId = deviceId;
    if (this.#built !== null) this.#route(this.#built);
  }

  #watch(context: AudioContext): AudioContext {
    context.addEventListener('statechange', () => this.resume());
    return context;
  }

  #build(context: AudioContext): Built {
    const output = context.createGain();
    output.connect(context.destination);
    const built = { context, output };
    if (this.#speakerId !== null) this.#route(built);
    return built;
  }

  #route({ context, output }: Built): void {
    if (context.setSinkId !== undefined) {
      context.setSinkId(this.#speakerId ?? '').catch(ignoreRefusal);
      return;
    }
    if (this.#detour === null && this.#speakerId !== null) {
      const stream = context.createMediaStreamDestination();
      output.disconnect();
      output.connect(stream);
      this.#detour = this.#options.createElement();
      this.#detour.srcObject = stream.stream;
      this.#detour.play().catch(ignoreRefusal);
    }
    if (this.#detour !== null) chooseSpeaker(this.#detour, this.#speakerId);
  }

  #resumeDetour(): void {
    if (this.#playing.inUse && this.#detour?.paused) this.#detour.play().catch(ignoreRefusal);
  }
}
