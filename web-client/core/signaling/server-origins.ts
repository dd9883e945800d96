/**
 * Owns the server origins a WebSocket may go to: the page's own, where the host was proven to be or says it moved, and where
 * others in the room say it is. All but the own one are hints to find the same host.
 */

import type { ClockMs } from '../../../main/common/platform.ts';
import {
  GUEST_ORIGINS_MAX,
  HINTING_GUESTS_MAX,
  HOST_ORIGINS_MAX,
} from '../../../main/common/protocol/limits.ts';

/** As the host's tunnels are named: https, a name with at least one dot, no port, no path. */
const MOVED_ORIGIN = /^https:\/\/[a-z0-9-]+(\.[a-z0-9-]+)+$/;
/** How long an origin whose server was not the room's host is left alone. */
export const FALSE_ORIGIN_MS = 60_000;

export class ServerOrigins {
  readonly #own: string;
  readonly #clock: ClockMs;
  /** Latest first. */
  #ofHost: readonly string[] = [];
  /** By the guest who hinted, the last to do so at the end; of each the latest first. */
  readonly #ofGuests = new Map<string, readonly string[]>();
  /** Until when. */
  readonly #false = new Map<string, number>();
  /** When each was tried last, counted in tries. */
  readonly #tried = new Map<string, number>();
  #tries = 0;
  #ownIsNext = true;

  constructor(own: string, clock: ClockMs) {
    this.#own = own;
    this.#clock = clock;
  }

  /** Takes one, from the host itself or because it has proven itself there, as the latest; false for what may not be one. */
  addOfHost(url: string): boolean {
    if (this.#mayBe(url)) {
      this.#ofHost = [url, ...this.#ofHost.filter((other) => other !== url)].slice(0, HOST_ORIGINS_MAX);
      this.#tried.delete(url);
    }
    return MOVED_ORIGIN.test(url);
  }

  /** Takes one more as a hint of somebody in the room; it never replaces another's hint, or the host's. */
  addOfGuest(id: string, url: string): void {
    const known = this.#ofGuests.get(id) ?? [];
    if (!this.#mayBe(url) || known.includes(url) || (this.#false.get(url) ?? 0) > this.#clock()) return;
    this.#ofGuests.delete(id);
    this.#ofGuests.set(id, [url, ...known].slice(0, GUEST_ORIGINS_MAX));
    const [longestSilent] = this.#ofGuests.keys();
    if (this.#ofGuests.size > HINTING_GUESTS_MAX && longestSilent !== undefined)
      this.#ofGuests.delete(longestSilent);
  }

  /** The server there was not the room's host. The own origin stays all the same. */
  drop(url: string): void {
    if (url === this.#own) return;
    this.#ofHost = this.#ofHost.filter((other) => other !== url);
    for (const [id, urls] of [...this.#ofGuests]) {
      const left = urls.filter((other) => other !== url);
      if (left.length > 0) this.#ofGuests.set(id, left);
      else this.#ofGuests.delete(id);
    }
    this.#tried.delete(url);
    for (const [other, untilMs] of [...this.#false]) if (untilMs <= this.#clock()) this.#false.delete(other);
    this.#false.set(url, this.#clock() + FALSE_ORIGIN_MS);
  }

  isOwn(url: string): boolean {
    return url === this.#own;
  }

  /** The own origin is tried first whenever the way is lost; the others only in turn with it, while it does not answer. */
  restart(): void {
    this.#ownIsNext = true;
  }

  /** Of the others the one not tried for longest; the host's before the guests', whose latest come first. */
  next(): string {
    const other = this.#ownIsNext ? undefined : this.#leastTried();
    this.#ownIsNext = !this.#ownIsNext;
    if (other === undefined) return this.#own;
    this.#tried.set(other, ++this.#tries);
    return other;
  }

  #leastTried(): string | undefined {
    const hints = [...this.#ofGuests.values()].reverse();
    const ranks = Array.from({ length: GUEST_ORIGINS_MAX }, (_, rank) => rank);
    const ofGuests = ranks.flatMap((rank) => hints.flatMap((urls) => urls[rank] ?? []));
    const known = [...this.#ofHost, ...ofGuests];
    for (const url of [...this.#tried.keys()]) if (!known.includes(url)) this.#tried.delete(url);
    const [first, ...others] = known;
    const when = (url: string) => this.#tried.get(url) ?? 0;
    return others.reduce((least, url) => (when(url) < when(least ?? url) ? url : least), first);
  }

  #mayBe(url: string): boolean {
    return MOVED_ORIGIN.test(url) && url !== this.#own;
  }
}
