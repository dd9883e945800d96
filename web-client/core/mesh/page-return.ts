/** Owns the return of a page that was loaded anew while the host is out of reach: the own one to others, and theirs to this one. */

import { createReturnWord, type ReturnWordTools } from '../../../main/common/e2ee/return-word.ts';
import type { RosterEntry } from '../../../main/common/protocol/messages.ts';
import type { StandingReserve } from '../peer/own-reserve.ts';
import type { Peer } from '../peer/peer.ts';
import type { WayBack } from '../waiting/former-page.ts';
import type { ParticipantList } from './participant-list.ts';
import type { PeerMap } from './peer-map.ts';
import type { RosterParticipant, RosterReader } from './roster-reader.ts';
import { wasMet } from './ways-back.ts';

export interface PageReturnOptions extends ReturnWordTools {
  readonly reader: RosterReader;
  readonly participants: ParticipantList;
  readonly peers: Pick<PeerMap, 'reaches'>;
  /** The name one is in with, or wants to be; null while out, and while there is the host, whose word it is then. */
  readonly ownName: () => string | null;
  /** Whether one is in oneself. */
  readonly takesBack: () => boolean;
  /** null: not for this one. */
  readonly peerOf: (participant: RosterParticipant) => Promise<Peer | null>;
  /** Whether this person may come in without the host's word. */
  readonly mayIntroduce: (id: string) => boolean;
  /** This person's page is another one now. */
  readonly onFormer: (id: string) => void;
  /** Somebody was put on the list. */
  readonly onListed: () => void;
}

export class PageReturn {
  readonly #options: PageReturnOptions;

  constructor(options: PageReturnOptions) {
    this.#options = options;
  }

  /** Goes to those who wait for the page that this one was. */
  async go(ways: readonly WayBack[]): Promise<void> {
    for (const way of ways) await this.#goBy(way);
  }

  /**
   * The page of this person was loaded anew, and is `entry` from now on. Nobody else can say so: the word was signed by a key that
   * page alone had, and the certificate has to be that page's, which the connection is checked against like any other.
   */
  async handle(formerId: string, entry: RosterEntry, reserve: StandingReserve): Promise<void> {
    const peer = await this.#admit(formerId, entry).catch(() => null);
    const ownName = this.#options.ownName();
    if (peer === null || peer.failed || ownName === null) reserve.end.dispose();
    else peer.enter(ownName, false, reserve);
    this.#options.onListed();
  }

  /**
   * Who was introduced by others may be somebody whose page was loaded anew, and whom this one did not wait for: a connection of
   * theirs that stands shows that they have the certificate, which nobody but that page had.
   */
  handlePeerChange(id: string): void {
    const { participants, peers, ownName, onFormer } = this.#options;
    const present = participants.get(id);
    if (present?.introduced !== true || ownName() === null || !peers.reaches(id)) return;
    for (const former of participants) {
      const isOther = former.roster.id !== id && former.roster.entry.fp === present.roster.entry.fp;
      if (!isOther || peers.reaches(former.roster.id)) continue;
      if (wasMet(former)) participants.setMetBefore(id);
      onFormer(former.roster.id);
    }
  }

  async #goBy(way: WayBack): Promise<void> {
    const { reader, participants, ownName, peerOf, onListed } = this.#options;
    const name = ownName();
    const participant = await reader.readIntroduced(way.entry);
    // Of another room, whose names do not open with this one's secret.
    if (participant === null || participant.name === null || name === null) return;
    if (participants.get(participant.id) !== undefined) return;
    participants.introduce({ ...participant, later: false }, way.metBefore);
    onListed();
    const [word, peer] = await Promise.all([
      reader.ownEntry(name).then((entry) => createReturnWord(this.#options, way.key, entry)),
      peerOf(participant),
    ]);
    if (ownName() === null) return;
    peer?.enter(name, true, { kind: 'agreed', terms: way, word });
    onListed();
  }

  /** null for whom this page does not take in. */
  async #admit(formerId: string, entry: RosterEntry): Promise<Peer | null> {
    const { reader, participants, ownName, takesBack, peerOf, mayIntroduce, onFormer, onListed } =
      this.#options;
    const former = participants.get(formerId);
    const participant = await reader.readIntroduced(entry);
    if (participant === null || participant.entry.fp !== former?.roster.entry.fp) return null;
    if (ownName() === null || !takesBack()) return null;
    onFormer(formerId);
    // Another of those inside may have introduced them before.
    if (participants.get(entry.id) === undefined) {
      if (!mayIntroduce(entry.id)) return null;
      participants.introduce({ ...participant, later: true });
      onListed();
    }
    if (wasMet(former)) participants.setMetBefore(entry.id);
    return peerOf(participant);
  }
}
