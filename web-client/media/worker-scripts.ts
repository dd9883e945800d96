/** Owns the scripts of the page's workers: their addresses, as its policy takes them from one source each, and starting the one that counts time. */

import type { TimerWorkerLike } from './background-timers.ts';

/** W3C Trusted Types, as far as it is used; not every browser has them. */
interface TrustedTypesLike {
  createPolicy(
    name: TrustedScript,
    rules: { createScriptURL: () => string },
  ): { createScriptURL(input: string): string };
}

declare global {
  interface Window {
    readonly trustedTypes?: TrustedTypesLike;
  }
}

/** As the page's Content-Security-Policy names the policies it lets the page make, each once. */
export type TrustedScript = 'timers' | 'voice' | 'files' | 'recorder' | 'service-worker';

/** Whatever such a policy is asked for, it gives this script. To be called once for each. */
export function trustedScriptUrl(
  { trustedTypes }: Pick<Window, 'trustedTypes'>,
  script: TrustedScript,
  url: string,
): string {
  return trustedTypes?.createPolicy(script, { createScriptURL: () => url }).createScriptURL('') ?? url;
}

export class TimerWorkerSource {
  readonly #page: Pick<Window, 'trustedTypes'>;
  #url: string | null = null;

  constructor(page: Pick<Window, 'trustedTypes'>) {
    this.#page = page;
  }

  open(): TimerWorkerLike {
    // Emitted by the build as it is, under a name that carries its hash.
    this.#url ??= trustedScriptUrl(this.#page, 'timers', new URL('./timer-worker.js', import.meta.url).href);
    return new Worker(this.#url);
  }
}
