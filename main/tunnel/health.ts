/** Owns the health record of an address: one probe after another, whether it is down; pure. */

import type { ProbeResult } from './probe.ts';

/** The edge may need a moment to know a new address. */
export const FIRST_PROBE_MS = 5_000;
export const PROBE_INTERVAL_MS = 30_000;
/** From "gone" to asking again: one such answer can be a moment's. */
export const GONE_RECHECK_MS = 5_000;

/** Probes in a row. */
const GONE_LIMIT = 2;
const SILENT_LIMIT = 3;

export type HealthVerdict = { readonly down: true } | { readonly down: false; readonly nextProbeMs: number };

/**
 * One address's record. "gone" counts always. "silent" counts only where the address has answered before: a network
 * that blocks the provider's web addresses but not its ssh would otherwise cost a working tunnel its address again
 * and again. "offline" never counts, and starts the count anew: after a short loss the session is often still good,
 * and after a long one the process notices by its own keepalive (ssh: 60 s, less than SILENT_LIMIT probes take).
 */
export class HealthRecord {
  #answered = false;
  #gone = 0;
  #silent = 0;

  handle(result: ProbeResult): HealthVerdict {
    this.#answered ||= result === 'answering';
    this.#gone = result === 'gone' ? this.#gone + 1 : 0;
    this.#silent = result === 'silent' && this.#answered ? this.#silent + 1 : 0;
    if (this.#gone >= GONE_LIMIT || this.#silent >= SILENT_LIMIT) return { down: true };
    return { down: false, nextProbeMs: result === 'gone' ? GONE_RECHECK_MS : PROBE_INTERVAL_MS };
  }
}
