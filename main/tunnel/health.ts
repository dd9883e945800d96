/** Owns the health record of an address: one probe after another, whether it is down; pure. */

import type { ProbeResult } from './probe.ts';

/** The edge may need a moment to know a new address. */
export const FIRST_PROBE_MS = 5_000;
export const PROBE_INTERVAL_MS = 10_000;
/** From an answer that is no good one to asking again: one can be a moment's. */
export const RECHECK_MS = { gone: 2_000, silent: 5_000, offline: 5_000 } as const;

/** Probes in a row. */
const GONE_LIMIT = 2;
const SILENT_LIMIT = 3;
const SILENT_LIMIT_IN_DOUBT = 2;

export type HealthVerdict = { readonly down: true } | { readonly down: false; readonly nextProbeMs: number };

/**
 * One address's record. "gone" counts always. "silent" counts only where the address has answered before: a network
 * that blocks the provider's web addresses but not its ssh would otherwise cost a working tunnel its address again
 * and again. "offline" never counts, and starts the count anew: after a short loss the session is often still good.
 * After it, and after any sign that the way out is another one, fewer silent probes are enough.
 */
export class HealthRecord {
  #answered = false;
  #inDoubt = false;
  #gone = 0;
  #silent = 0;

  /** The way out may be another one: the session may be dead without anybody having said so. */
  doubt(): void {
    this.#inDoubt = true;
  }

  handle(result: ProbeResult): HealthVerdict {
    if (result === 'answering') this.#answered = true;
    this.#inDoubt = result === 'offline' || (this.#inDoubt && result !== 'answering');
    this.#gone = result === 'gone' ? this.#gone + 1 : 0;
    this.#silent = result === 'silent' && this.#answered ? this.#silent + 1 : 0;
    const silentLimit = this.#inDoubt ? SILENT_LIMIT_IN_DOUBT : SILENT_LIMIT;
    if (this.#gone >= GONE_LIMIT || this.#silent >= silentLimit) return { down: true };
    return { down: false, nextProbeMs: result === 'answering' ? PROBE_INTERVAL_MS : RECHECK_MS[result] };
  }
}
