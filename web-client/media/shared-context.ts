/** Owns one shared AudioContext: made when first needed, at rest while nobody needs it. */

import { type Disposable, toDisposable } from '../../main/common/lifecycle.ts';
import { attempt } from './attempt.ts';

/** Keeps the context running until it is disposed of. */
export interface ContextUse extends Disposable {
  readonly context: AudioContext;
}

export class SharedContext {
  readonly #create: () => AudioContext;
  #context: AudioContext | null = null;
  #users = 0;

  constructor(create: () => AudioContext) {
    this.#create = create;
  }

  get inUse(): boolean {
    return this.#users > 0;
  }

  /** Whether what passes through it is heard now; a browser may let one wait for a tap, or for ever. */
  get running(): boolean {
    return this.#context?.state === 'running';
  }

  /** Throws where the browser makes no context. One that was closed under the page gives way to another. */
  use(): ContextUse {
    if (this.#context?.state === 'closed') this.#context = null;
    const context = this.#context ?? this.#create();
    this.#context = context;
    this.#users++;
    this.resume();
    const { dispose } = toDisposable(() => {
      this.#users--;
      if (!this.inUse) void attempt(() => context.suspend());
    });
    return { context, dispose };
  }

  /** The browser held it back until a tap, or the system interrupted it. */
  resume(): void {
    const context = this.#context;
    if (this.inUse && context !== null && !this.running) void attempt(() => context.resume());
  }
}
