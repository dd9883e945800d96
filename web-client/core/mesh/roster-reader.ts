/** Owns reading a roster: the participants in it who are who they claim to be, with their names opened. */

import { compareBytes, fromBase64Url, toBase64Url } from '../../../main/common/bytes.ts';
import { acceptRosterEntry, type PublicIdentity } from '../../../main/common/e2ee/identity.ts';
import type { Keyring } from '../../../main/common/e2ee/keyring.ts';
import type { CryptoLike } from '../../../main/common/platform.ts';
import type { RosterEntry } from '../../../main/common/protocol/messages.ts';

export interface RosterParticipant {
  /** As it was told. */
  readonly entry: RosterEntry;
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

/** null: the entry does not hold. */
type Reading = Pick<RosterParticipant, 'identity' | 'name'> | null;

export class RosterReader {
  readonly #crypto: CryptoLike;
  readonly #keyring: Keyring;
  readonly #ownId: string;
  /** As in the roster before: whoever still stands there in the same words is not looked at again. */
  #known: ReadonlyMap<string, Reading> = new Map();

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
      others.map(async (entry) => {
        const text = [entry.id, entry.key, entry.fp, entry.name].join(' ');
        return [text, this.#known.get(text) ?? (await this.#accept(entry))] as const;
      }),
    );
    this.#known = new Map(accepted);
    const participants = others.flatMap((entry, index) => {
      const reading = accepted[index]?.[1] ?? null;
      const later = ownIndex >= 0 && roster.indexOf(entry) > ownIndex;
      return reading === null ? [] : [{ ...reading, entry, id: entry.id, later }];
    });
    return { selfIn: ownIndex >= 0, participants };
  }

  /** One who is introduced by somebody else; of such two the one with the lower id counts as the later. */
  async readIntroduced(entry: RosterEntry): Promise<RosterParticipant | null> {
    const reading = await this.#accept(entry);
    const own = fromBase64Url(this.#ownId);
    if (reading === null || own === null) return null;
    return { ...reading, entry, id: entry.id, later: compareBytes(reading.identity.id, own) < 0 };
  }

  /** Who this page is, for those to be told who have nobody else to tell them. */
  async ownEntry(name: string): Promise<RosterEntry> {
    const { id, key, fp } = this.#keyring.identity;
    const box = await this.#keyring.sealName(name);
    return { id: toBase64Url(id), key: toBase64Url(key), fp: toBase64Url(fp), name: toBase64Url(box) };
  }

  async #accept(entry: RosterEntry): Promise<Reading> {
    const id = fromBase64Url(entry.id);
    const box = fromBase64Url(entry.name);
    if (id === null || box === null) return null;
    const [identity, name] = await Promise.all([
      acceptRosterEntry(this.#crypto, entry),
      this.#keyring.openName(id, box),
    ]);
    return identity && { identity, name };
  }
}
