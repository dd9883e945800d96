/** Owns starting the worker that counts time, in a page whose policy takes an address for a script from one source only. */

import type { TimerWorkerLike } from './background-timers.ts';

/** W3C Trusted Types, as far as it is used; not every browser has them. */
interface TrustedTypesLike {
  createPolicy(
    name: 'timers',
    rules: { createScriptURL: () => string },
  ): { createScriptURL(input: string): string };
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypesLike;
  }
}

/** The one policy that the page's Content-Security-Policy lets it make: whatever it is asked for, this script. */
export class TimerWorkerSource {
  readonly #trustedTypes: TrustedTypesLike | undefined;
  #url: string | null = null;

  constructor({ trustedTypes }: Pick<Window, 'trustedTypes'>) {
    this.#trustedTypes = trustedTypes;
  }

  open(): TimerWorkerLike {
    this.#url ??= this.#trustedUrl();
    return new Worker(this.#url);
  }

  #trustedUrl(): string {
    // Emitted by the build as it is, under a name that carries its hash.
    const url = new URL('./timer-worker.js', import.meta.url).href;
    return (
      this.#trustedTypes?.createPolicy('timers', { createScriptURL: () => url }).createScriptURL('') ?? url
    );
  }
}
