/** Owns the Web Audio graph, to the chosen loudspeaker or only to be listened to, and what is used of an audio element. */

import { Emitter } from '../../main/common/emitter.ts';
import type { Disposable } from '../../main/common/lifecycle.ts';
import type { TimersLike } from '../../main/common/platform.ts';
import { attempt } from './attempt.ts';
import { type ContextUse, SharedContext } from './shared-context.ts';

export interface AudioGraphOptions {
  /** `() => new AudioContext()`, with the latency the page wants */
  readonly createContext: () => AudioContext;
  /**
   * Only to be listened to, and without a loudspeaker where the browser knows such a thing: one that is open and silent takes
   * a tenth of the processor's time in a call of five.
   */
  readonly createSilentContext: () => AudioContext;
  /** `() => new Audio()` */
  readonly createElement: () => AudioElementLike;
  readonly timers: TimersLike;
}

/** Keeps what is played going until it is disposed of. */
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
  readonly #playing: SharedContext;
  readonly #listening: SharedContext;
  readonly #changes = new Emitter<{ change: null }>();
  #built: Built | null = null;
  #speakerId: string | null = null;
  /** Whether the output leads to the chosen loudspeaker by now. */
  #routed = true;
  /** Plays the graph where a context cannot choose its loudspeaker by itself. */
  #outputElement: AudioElementLike | null = null;

  constructor(options: AudioGraphOptions) {
    this.#options = options;
    const common = { timers: options.timers, onChange: () => this.#handleChange() };
    this.#playing = new SharedContext({ ...common, rest: 'suspend', create: options.createContext });
    this.#listening = new SharedContext({
      ...common,
      rest: 'close',
      create: () => this.#createSilentContext(),
    });
  }

  /** Whether what is played is heard now, and where the person wants it. */
  get audible(): boolean {
    return this.#playing.running && this.#routed && !this.#outputElement?.paused;
  }

  /** Calls back when `audible` may have changed. */
  onChange(listener: () => void): Disposable {
    return this.#changes.on('change', listener);
  }

  /** To play something. Throws where the browser has no Web Audio for it. */
  use(): GraphUse {
    const { context, dispose } = this.#playing.use();
    try {
      if (this.#built?.context !== context) this.#built = this.#build(context);
    } catch (error) {
      dispose();
      throw error;
    }
    this.#resumeElement();
    return { context, output: this.#built.output, dispose };
  }

  /** To hear something, and play nothing. Throws as `use` does. */
  listen(): ContextUse {
    return this.#listening.use();
  }

  /** The browser held it back until a tap, or the system interrupted it. */
  resume(): void {
    this.#listening.resume();
    this.#playing.resume();
    this.#resumeElement();
  }

  setSpeaker(deviceId: string | null): void {
    if (deviceId === this.#speakerId) return;
    this.#speakerId = deviceId;
    if (this.#built !== null) void this.#route(this.#built);
  }

  /** What does not know the option takes no notice of it; what knows and refuses it opens a loudspeaker after all. */
  #createSilentContext(): AudioContext {
    try {
      return this.#options.createSilentContext();
    } catch {
      return this.#options.createContext();
    }
  }

  #handleChange(): void {
    this.resume();
    this.#changes.emit('change', null);
  }

  #build(context: AudioContext): Built {
    const output = context.createGain();
    output.connect(context.destination);
    const built = { context, output };
    this.#outputElement?.pause();
    this.#outputElement = null;
    if (this.#speakerId !== null) void this.#route(built);
    return built;
  }

  async #route(built: Built): Promise<void> {
    const speakerId = this.#speakerId;
    this.#setRouted(false);
    const routed = await this.#routeTo(built, speakerId);
    if (built === this.#built && speakerId === this.#speakerId) this.#setRouted(routed);
  }

  /** Whether the output leads to this loudspeaker now. */
  async #routeTo({ context, output }: Built, speakerId: string | null): Promise<boolean> {
    if (this.#outputElement === null) {
      if (context.setSinkId === undefined) {
        if (speakerId === null) return true;
      } else if (await attempt(() => context.setSinkId?.(speakerId ?? ''))) return true;
      if (!this.#openElement(context, output)) return false;
    }
    const element = this.#outputElement;
    if (element === null) return false;
    const chosen = chooseSpeaker(element, speakerId);
    if (element.paused) await attempt(() => element.play());
    return chosen;
  }

  /** The way through an element, which can choose. */
  #openElement(context: AudioContext, output: AudioNode): boolean {
    try {
      const { stream } = connectTo(output, context.createMediaStreamDestination());
      this.#outputElement = this.#options.createElement();
      this.#outputElement.srcObject = stream;
      return true;
    } catch {
      return false;
    }
  }

  #setRouted(routed: boolean): void {
    if (routed === this.#routed) return;
    this.#routed = routed;
    this.#changes.emit('change', null);
  }

  #resumeElement(): void {
    const element = this.#outputElement;
    if (!this.#playing.inUse || !element?.paused) return;
    void attempt(() => element.play()).then(() => this.#changes.emit('change', null));
  }
}

/** In place of where it leads now. */
function connectTo<Target extends AudioNode>(output: AudioNode, target: Target): Target {
  output.disconnect();
  output.connect(target);
  return target;
}

/** The part of HTMLAudioElement that is used. */
export interface AudioElementLike {
  srcObject: MediaProvider | null;
  muted: boolean;
  volume: number;
  readonly paused: boolean;
  /** Not everywhere. */
  setSinkId?(deviceId: string): Promise<void>;
  play(): Promise<void>;
  pause(): void;
}

/** null: the system's own. A device that is gone meanwhile changes nothing, and then it is false. */
export function chooseSpeaker(element: AudioElementLike, deviceId: string | null): Promise<boolean> {
  return attempt(() => element.setSinkId?.(deviceId ?? ''));
}

/** iPhones leave loudness to their buttons: what is set is not kept. */
export function keepsVolume(element: AudioElementLike): boolean {
  const before = element.volume;
  element.volume = 0.5;
  const kept = element.volume === 0.5;
  element.volume = before;
  return kept;
}
