/** Owns an AudioContext that several share: it runs while anyone needs it, and is only said to run while its time goes on. */

import { type Disposable, toDisposable } from '../../main/common/lifecycle.ts';
import type { TimersLike } from '../../main/common/platform.ts';
import { Timeout } from '../../main/common/timing/timeout.ts';
import { attempt } from './attempt.ts';

/** How often it is looked whether time goes on: nobody is to hear nothing for longer than two of these. */
export const STANDSTILL_CHECK_MS = 1_000;

/** Keeps the context running until it is disposed of. */
export interface ContextUse extends Disposable {
  readonly context: AudioContext;
  /** Whether what passes through it is heard now; a browser may let one wait for a tap, or for ever. */
  readonly running: boolean;
}

export interface SharedContextOptions {
  /**
   * What is done with it while nobody needs it. To play, one is kept, for a browser may ask for a tap again; to listen, another
   * is made each time: in Chromium whatever listens to a stream stays, with its buffers, as long as its context.
   */
  readonly rest: 'suspend' | 'close';
  /** May throw. */
  readonly create: () => AudioContext;
  /** `running` may have changed. */
  readonly onChange: () => void;
  readonly timers: TimersLike;
}

/** Made when first needed. */
export class SharedContext {
  readonly #options: SharedContextOptions;
  readonly #nextCheck: Timeout;
  #context: AudioContext | null = null;
  #users = 0;
  /** The newest call of `resume` that has not been answered. */
  #starting: Promise<void> | null = null;
  /** What the last check saw. */
  #seen: { readonly running: boolean; readonly seconds: number } | null = null;
  #standsStill = false;

  constructor(options: SharedContextOptions) {
    this.#options = options;
    this.#nextCheck = new Timeout(options.timers);
  }

  get inUse(): boolean {
    return this.#users > 0;
  }

  get running(): boolean {
    return this.#saysRunning && !this.#standsStill;
  }

  get #saysRunning(): boolean {
    return this.#context?.state === 'running';
  }

  /** Throws where the browser makes no context. One that was closed under the page gives way to another. */
  use(): ContextUse {
    if (this.#context?.state === 'closed') this.#forget();
    const context = this.#context ?? this.#create();
    this.#users++;
    this.resume();
    if (!this.#nextCheck.pending) this.#check();
    const { dispose } = toDisposable(() => {
      this.#users--;
      this.#restUnlessNeeded();
    });
    const runs = () => context === this.#context && this.running;
    return {
      context,
      get running() {
        return runs();
      },
      dispose,
    };
  }

  /** The browser held it back until a tap, or the system interrupted it. */
  resume(): void {
    const context = this.#context;
    if (!this.inUse || context === null || this.#saysRunning) return;
    const starting = attempt(() => context.resume()).then(() => {
      if (starting !== this.#starting) return;
      this.#starting = null;
      this.#restUnlessNeeded();
    });
    this.#starting = starting;
  }

  #create(): AudioContext {
    const context = this.#options.create();
    context.addEventListener('statechange', this.#options.onChange);
    this.#context = context;
    return context;
  }

  /**
   * Never while it is being started: Chromium stops it then, and says that it runs as soon as it gets to it. From then on it
   * stands still, and further calls of `resume` are answered without anything being done.
   */
  #restUnlessNeeded(): void {
    const context = this.#context;
    if (this.inUse || context === null) return;
    this.#endChecks();
    if (this.#options.rest === 'close') this.#forget();
    else if (this.#starting !== null) return;
    void attempt(() => context[this.#options.rest]());
  }

  #forget(): void {
    this.#endChecks();
    this.#context = null;
    this.#starting = null;
  }

  #endChecks(): void {
    this.#nextCheck.clear();
    this.#seen = null;
    this.#standsStill = false;
  }

  /** What says that it runs and stands still, for whatever reason, is started anew until it goes on. */
  #check(): void {
    const context = this.#context;
    if (context === null) return;
    const stoodStill = this.#standsStill;
    this.#standsStill = this.#sees(context.currentTime);
    if (this.#standsStill && this.#saysRunning)
      void attempt(() => context.suspend()).then(() => this.resume());
    if (this.#standsStill !== stoodStill) this.#options.onChange();
    this.#nextCheck.set(() => this.#check(), STANDSTILL_CHECK_MS);
  }

  /** Whether it stands still; what did does so until its time is seen to go on, whatever it says of itself. */
  #sees(seconds: number): boolean {
    const before = this.#seen;
    const running = this.#saysRunning;
    this.#seen = { running, seconds };
    if (before === null || before.seconds !== seconds) return false;
    return this.#standsStill || (before.running && running);
  }
}
