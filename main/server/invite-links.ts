/** Owns the host's word on who may come in: it makes links and ends them, and has people leave. */

import type { Bytes } from '../common/bytes.ts';
import type { ClockMs } from '../common/platform.ts';
import { LIVE_TOKENS_MAX } from '../common/protocol/limits.ts';
import type { Room } from '../room/room.ts';
import type { LinkId, LinkTerms, RoomHostEvent } from '../room/room-events.ts';
import type { TokenStore } from './token-store.ts';

/** A link besides the room's own. */
export type InvitationWish =
  | { readonly kind: 'one-time' }
  | { readonly kind: 'expiring'; readonly lifetimeMs: number };

/** A link that lets people in. */
export interface LiveLink {
  readonly id: LinkId;
  readonly kind: LinkTerms['kind'];
  readonly token: Bytes;
  /** Time left from now; null for a link that does not die of age. */
  readonly expiresInMs: number | null;
}

export interface InviteLinksSetup {
  readonly room: Room;
  /** Carries what the host decides to the room, and the room's deliveries to the sockets. */
  readonly gateway: { handleHost(event: RoomHostEvent): void };
  readonly invites: TokenStore;
  readonly newToken: () => Bytes;
  readonly clock: ClockMs;
}

export class InviteLinks {
  readonly #setup: InviteLinksSetup;

  constructor(setup: InviteLinksSetup) {
    this.#setup = setup;
  }

  /** The links that let people in, in the order they were made; exactly one of them is `main`. */
  links(): readonly LiveLink[] {
    const { room, invites, clock } = this.#setup;
    const nowMs = clock();
    return room.links.flatMap(({ id, terms }) => {
      const token = invites.tokenOf(id);
      const expiresInMs = terms.kind === 'expiring' ? Math.max(0, terms.expiresAtMs - nowMs) : null;
      return token ? [{ id, kind: terms.kind, token, expiresInMs }] : [];
    });
  }

  /** A new main link. The one before lets nobody new in, and whoever had only opened it is put out. */
  newLink(): void {
    this.#add({ kind: 'main' });
  }

  /** False when there are as many links as there may be. */
  invite(wish: InvitationWish): boolean {
    const { room, clock } = this.#setup;
    if (room.links.length >= LIVE_TOKENS_MAX) return false;
    this.#add(wish.kind === 'one-time' ? wish : { kind: 'expiring', expiresAtMs: clock() + wish.lifetimeMs });
    return true;
  }

  /** False for the main link, and for one that lets nobody in any more. */
  revoke(link: LinkId): boolean {
    const { room, gateway } = this.#setup;
    if (!room.links.some(({ id, terms }) => id === link && terms.kind !== 'main')) return false;
    gateway.handleHost({ type: 'revoked', link });
    return true;
  }

  /** Puts somebody out, by id, and ends the links they came with; a main link is replaced. False if they are not in. */
  remove(id: string): boolean {
    const { room, gateway, invites, newToken } = this.#setup;
    if (!room.roster().some((entry) => entry.id === id)) return false;
    gateway.handleHost({ type: 'removed', id, spare: invites.add(newToken()) });
    return true;
  }

  /** Puts out whoever has the page open without a place, and ends the links they came with; a main link is replaced. */
  shutOut(): void {
    const { gateway, invites, newToken } = this.#setup;
    gateway.handleHost({ type: 'shut-out', spare: invites.add(newToken()) });
  }

  #add(terms: LinkTerms): void {
    const { gateway, invites, newToken } = this.#setup;
    gateway.handleHost({ type: 'invited', link: invites.add(newToken()), terms });
  }
}
