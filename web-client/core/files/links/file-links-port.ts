/** Owns what files ask of the links that carry them, and what these hand back. */

import type { Bytes } from '../../../../main/common/bytes.ts';
import type { Disposable } from '../../../../main/common/lifecycle.ts';
import type { ClockMs, CryptoLike, TimersLike } from '../../../../main/common/platform.ts';
import type { FileLinkBody } from '../../../../main/common/protocol/file-bodies.ts';
import type { ConnectionTurn } from '../../peer/connection-turns.ts';
import type { OwnNetwork } from '../../peer/own-network.ts';
import type { PeerConnectionFactory } from '../../peer/peer-connection-factory.ts';

/** One for a pair and direction. The sending side makes and closes links by need, the receiving side takes what comes. */
export interface FileLinks extends Disposable {
  handleSignal(body: FileLinkBody): void;
  /** Whether what is sent goes by a TURN server. */
  readonly relayed: boolean;
  /** Whether any link carries now. */
  readonly open: boolean;
  /** There is something to pull again. */
  wake(): void;
  /** Whether any file is on its way; where none is, links close after some seconds. */
  setBusy(busy: boolean): void;
  sendAck(link: number, ack: ArrayBuffer): void;
  /** What a message may have now: less than the other side takes where the line is slow, so that a voice need not wait behind it. */
  readonly messageMaxBytes: number;
  /** The servers, or the way that connections are to go, are others now: links begin anew. */
  reroute(): void;
}

export interface FileLinksOptions {
  readonly crypto: CryptoLike;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly ownNetwork: OwnNetwork;
  /** SHA-256 of the other side's certificate. */
  readonly fp: Bytes;
  readonly connections: Pick<PeerConnectionFactory, 'create' | 'relayOnly'>;
  /** Of turns that are for files alone: a voice never waits behind them. */
  readonly turn: ConnectionTurn;
  /** Whether a signal reaches the other side now. */
  readonly canTalk: () => boolean;
  /** Whether the pair's voice goes by relays alone, since no direct way carries. */
  readonly byRelay: () => boolean;
}

/** The frames of one block, in order. */
export type PulledBlock = readonly ArrayBuffer[];

export interface FileLinksHandler {
  send(body: FileLinkBody): void;
  /** A link has room for a block; null: there is none now, and `wake` will tell. */
  pull(link: number): Promise<PulledBlock | null>;
  /** To who receives a frame of data, to who sends an ack. */
  onMessage(link: number, data: ArrayBuffer): void;
  /** What it carried and was not acknowledged is to be sent again. */
  onLinkEnd(link: number): void;
  /** The other side does what no page of ours does; all links of this pair and direction have ended, and no more are taken. */
  onRefused(reason: LinkRefusal): void;
  /** Some link carries now, or none does any more. */
  onChange(): void;
}

export type LinkRefusal = 'not-a-call' | 'fingerprint' | 'flooding';
