/** Owns what one peer tells whoever has it, and what is to be seen of it. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { BoxKeys } from '../../../main/common/e2ee/pair-keys.ts';
import type { CryptoKeyLike } from '../../../main/common/platform.ts';
import type { MeshBody, PeerMessage } from '../../../main/common/protocol/bodies.ts';
import type { RosterEntry, SignalType } from '../../../main/common/protocol/messages.ts';
import type { AudioTrackLike } from '../browser-api.ts';
import type { ParticipantState } from '../state/room-state.ts';
import type { ReserveTerms } from '../waiting/former-page.ts';
import type { StandingReserve } from './own-reserve.ts';

export interface PeerHandler {
  /** Puts a box on the WebSocket. */
  sendBySocket(type: SignalType, box: Bytes): void;
  /** Has somebody else pass a box on. */
  sendByPassing(type: SignalType, box: Bytes): void;
  /** The view, or whether the data channel is open, changed. */
  onChange(): void;
  /** The person's voice; null when it ends. */
  onVoice(track: AudioTrackLike | null): void;
  /** What the person says, in order and once; the peer does not read it. */
  onMessage(message: PeerMessage): void;
  /** What their page says to keep the mesh together. */
  onMeshBody(body: MeshBody): void;
  /** What was sent under this number was taken by the person, or given up. */
  onSettled(seq: number, delivered: boolean): void;
  /** The person's page was loaded anew, and is this one now; `reserve` stands, and is the mesh's to give on or to end. */
  onReturn(entry: RosterEntry, reserve: StandingReserve): void;
  /** The person, or oneself, is gone. */
  onExit(): void;
}

export interface PairWay extends ReserveTerms {
  readonly key: Promise<CryptoKeyLike>;
}

/** The name is the one that the person gave inside the pair's own stream; null until then. */
export type PeerView = Pick<
  ParticipantState,
  'name' | 'peer' | 'trust' | 'code' | 'codeless' | 'obstacle' | 'diagnosis' | 'tamperedBoxes'
>;

/** What files from the one to the other are sealed with, and need to know to go by connections of their own. */
export interface PairForFiles {
  /** SHA-256 of the other's certificate. */
  readonly fp: Bytes;
  keys(): Promise<BoxKeys>;
  /** Whether a word reaches the other now. */
  canTalk(): boolean;
  /** Whether the voice goes by relays alone, since no direct way carries. */
  byRelay(): boolean;
}
