/** Owns what a page leaves to its next load while the host is out of reach: by what that comes back to those who wait for it. */

import type { CryptoKeyLike } from '../../../main/common/platform.ts';
import type { IceCandidateBody } from '../../../main/common/protocol/bodies.ts';
import type { IceServer, RosterEntry } from '../../../main/common/protocol/messages.ts';

/** What it takes to be the end of a reserve that comes. */
export interface ReserveTerms {
  readonly epoch: number;
  /** Of the side that waits. */
  readonly offer: string;
  readonly answer: string;
  /** Of the side that waits. */
  readonly candidates: readonly IceCandidateBody[];
}

/** To one person. */
export interface WayBack extends ReserveTerms {
  readonly entry: RosterEntry;
  /** The host had them in. */
  readonly metBefore: boolean;
  /** Signs the word by which they know whose page it was; it cannot be read. */
  readonly key: CryptoKeyLike;
}

export interface FormerPage<Certificate> {
  /** Those who wait connect to nobody else. */
  readonly certificate: Certificate;
  /** Of the room. */
  readonly capacity: number;
  /** As the host told them last. */
  readonly iceServers: readonly IceServer[];
  /** Whether it told no address but those of relays. */
  readonly relayOnly: boolean;
  /** Whether it let those inside send files. */
  readonly filesAllowed: boolean;
  readonly ways: readonly WayBack[];
}
