/** Owns the history of the public address: which one given out leads here no more, and since when; pure. */

import type { FormerAddress, TunnelStatus } from '../common/host-api/snapshot.ts';

export class AddressHistory {
  #given: string | null = null;
  /** Since when the given one leads nowhere. */
  #lostAtMs: number | null = null;
  /** The one before, which another has replaced. */
  #replaced: FormerAddress | null = null;

  /** @param given of a room that goes on, the address it had */
  constructor(given: string | null, nowMs: number) {
    this.#given = given;
    this.#lostAtMs = given === null ? null : nowMs;
  }

  /** Of the addresses that lead here no more the last one given out. */
  get former(): FormerAddress | null {
    return this.#given !== null && this.#lostAtMs !== null
      ? { origin: this.#given, sinceMs: this.#lostAtMs }
      : this.#replaced;
  }

  handle(status: TunnelStatus, nowMs: number): void {
    if (status.phase !== 'connected') {
      if (this.#given !== null) this.#lostAtMs ??= nowMs;
      return;
    }
    if (this.#given !== null && status.url !== this.#given)
      this.#replaced = { origin: this.#given, sinceMs: this.#lostAtMs ?? nowMs };
    if (status.url === this.#replaced?.origin) this.#replaced = null;
    this.#given = status.url;
    this.#lostAtMs = null;
  }
}
