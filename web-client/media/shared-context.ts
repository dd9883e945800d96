/** Owns one AudioContext for all who need it: made when first needed, at rest while nobody needs it. */

import { type Disposable, toDisposable } from '../../main/common/lifecycle.ts';

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

  use(): ContextUse {
    const context = this.#context ?? this.#create();
    this.#context = context;
    this.#users++;
    this.resume();
    const { dispose } = toDisposable(() => {
      this.#users--;
      if (!this.inUse) context.suspend().catch(ignoreRefusal);
    });
    return { context, dispose };
  }

  /** The browser held it back until a tap, or the system interrupted it. */
  resume(): void {
    if (this.inUse && this.#context?.state !== 'running') this.#context?.resume().catch(ignoreRefusal);
  }
}

/** What was refused stays as it was; the next tap or change tries again. */
export function ignoreRefusal(): void {}
