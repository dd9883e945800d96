/** Owns the link book: which let people in, and which are over but still known because of those they brought. */

import type { LinkId, LinkTerms } from './room-events.ts';

export interface RoomLinkEntry {
  readonly id: LinkId;
  readonly terms: LinkTerms;
}

export class LinkBook {
  #live: readonly RoomLinkEntry[] = [];
  /** They let back in whoever came with them, and nobody else. */
  readonly #retired = new Set<LinkId>();

  /** Those that let people in, in the order they were made; a new list at every change. */
  get live(): readonly RoomLinkEntry[] {
    return this.#live;
  }

  get main(): RoomLinkEntry | undefined {
    return this.#live.find(({ terms }) => terms.kind === 'main');
  }

  /** Those that let back in whoever came with them. */
  get retired(): readonly LinkId[] {
    return [...this.#retired];
  }

  isLive(id: LinkId): boolean {
    return this.#live.some((link) => link.id === id);
  }

  add(link: RoomLinkEntry): void {
    this.#live = [...this.#live, link];
  }

  retire(id: LinkId): void {
    this.#live = this.#live.filter((link) => link.id !== id);
    this.#retired.add(id);
  }

  /** Those whose time is up. */
  expired(nowMs: number): readonly LinkId[] {
    return this.#live.filter(({ terms }) => (expiryOf(terms) ?? Infinity) <= nowMs).map(({ id }) => id);
  }

  deadlines(): readonly number[] {
    return this.#live.map(({ terms }) => expiryOf(terms)).filter((expiry) => expiry !== null);
  }

  /** Drops the retired links that nobody needs any more, and returns them. */
  forget(isNeeded: (id: LinkId) => boolean): readonly LinkId[] {
    const forgotten = [...this.#retired].filter((id) => !isNeeded(id));
    for (const id of forgotten) this.#retired.delete(id);
    return forgotten;
  }
}

function expiryOf(terms: LinkTerms): number | null {
  return terms.kind === 'expiring' ? terms.expiresAtMs : null;
}
