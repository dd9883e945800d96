/** Owns reading a roster: the participants in it who are who they claim to be, with their names opened. */

import { fromBase64Url } from '../../../main/common/bytes.ts';
import { acceptRosterEntry, type PublicIdentity } from '../../../main/common/e2ee/identity.ts';
import type { Keyring } from '../../../main/common/e2ee/keyring.ts';
import type { CryptoLike } from '../../../main/common/platform.ts';
import type { RosterEntry } from '../../../main/common/protocol/messages.ts';

export interface RosterParticipant {
  /** base64url of the id. */
  readonly id: string;
  readonly identity: PublicIdentity;
  /** From the room box: whoever has the link could have forged it. */
  readonly name: string | null;
  /** Came later than oneself. */
  readonly later: boolean;
}

export interface AcceptedRoster {
  readonly selfIn: boolean;
  /** The others, in order of joining; entries that do not hold, and repeated ones, are left out. */
  readonly participants: readonly RosterParticipant[];
}

export class RosterReader {
  readonly #crypto: CryptoLike;
  readonly #keyring: Keyring;
  readonly #ownId: string;

  constructor(crypto: CryptoLike, keyring: Keyring, ownId: string) {
    this.#crypto = crypto;
    this.#keyring = keyring;
    this.#ownId = ownId;
  }

  async read(roster: readonly RosterEntry[]): Promise<AcceptedRoster> {
    const ownIndex = roster.findIndex(({ id }) => id === this.#ownId);
    const others = roster.filter(
      ({ id }, index) => id !== this.#ownId && roster.findIndex((entry) => entry.id === id) === index,
    );
    const accepted = await Promise.all(
      others.map((entry) => this.#accept(entry, ownIndex >= 0 && roster.indexOf(entry) > ownIndex)),
    );
    return { selfIn: ownIndex >= 0, participants: accepted.filter((participant) => participant !== null) };
  }

  async #accept(entry: RosterEntry, later: boolean): Promise<RosterParticipant | null> {
    const identity = await acceptRosterEntry(this.#crypto, entry);
    const box = fromBase64Url(entry.name);
    if (identity === null || box === null) return null;
    return { id: entry.id, identity, name: await this.#keyring.openName(identity.id, box), later };
  }
}
