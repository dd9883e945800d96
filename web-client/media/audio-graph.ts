/** Owns the page's one AudioContext: made when first needed, at rest while nobody needs it, and its loudspeaker. */

import { type Disposable, toDisposable } from '../../main/common/lifecycle.ts';
import { type AudioElementLike, chooseSpeaker } from './audio-element.ts';

export interface AudioGraphOptions {
  /** `() => new AudioContext()`, with the latency the page wants */
  readonly createContext: () => AudioContext;
  /** `() => new Audio()` */
  readonly createElement: () => AudioElementLike;
}

/** Keeps the context running until it is disposed of. */
export interface GraphUse extends Disposable {
  readonly context: AudioContext;
  /** Leads to the chosen loudspeaker. */
  readonly output: AudioNode;
}

interface Built {
  readonly context: AudioContext & { setSinkId?(id: string): Promise<void> };
  readonly output: AudioNode;
}

export class AudioGraph {
  readonly #options: AudioGraphOptions;
  #built: Built | null = null;
  #users = 0;
  #speakerId: string | null = null;
  /** Plays the graph where a context cannot choose its loudspeaker by itself. */
  #detour: AudioElementLike | null = null;

  constructor(options: AudioGraphOptions) {
    this.#options = options;
  }

  use(): GraphUse {
    this.#built ??= this.#build();
    const { context, output } = this.#built;
    this.#users++;
    this.resume();
    const { dispose } = toDisposable(() => {
      this.#users--;
      if (this.#users === 0) context.suspend().catch(ignoreRefusal);
    });
    return { context, output, dispose };
  }

  /** The browser held it back until a tap, or the system interrupted it. */
  resume(): void {
    if (this.#users === 0) return;
    if (this.#built?.context.state !== 'running') this.#built?.context.resume().catch(ignoreRefusal);
    if (this.#detour?.paused) this.#detour.play().catch(ignoreRefusal);
  }

  setSpeaker(deviceId: string | null): void {
    if (deviceId === this.#speakerId) return;
    this.#speakerId = deviceId;
    if (this.#built !== null) this.#route(this.#built);
  }

  #build(): Built {
    const context = this.#options.createContext();
    const output = context.createGain();
    output.connect(context.destination);
    context.addEventListener('statechange', () => this.resume());
    const built = { context, output };
    this.#route(built);
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
}

/** It stays as it was; the next tap or change tries again. */
function ignoreRefusal(): void {}
