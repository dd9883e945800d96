/** Owns the port between the call and its files, whose code comes later. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, CryptoLike, TimersLike } from '../../../main/common/platform.ts';
import type { FileBody } from '../../../main/common/protocol/file-bodies.ts';
import type { FileIntents } from '../call-intents.ts';
import type { OwnNetwork } from '../peer/own-network.ts';
import type { PeerConnectionFactory } from '../peer/peer-connection-factory.ts';
import type { PairForFiles } from '../peer/peer-handler.ts';
import type { RoomStore } from '../state/room-store.ts';

/** What the files are told: by the person, and by those who are in. */
export interface FilesPort extends FileIntents, Disposable {
  handleBody(from: string, body: FileBody): void;
  /** What was said to this person under this number was taken, or given up. */
  handleSettled(to: string, seq: number, delivered: boolean): void;
  /** The person, or oneself, is gone. */
  handleExit(from: string): void;
  /** The servers that help to connect, or the way that connections are to go, are others now. */
  reroute(): void;
  /** One goes out oneself. */
  leave(): void;
  /** Has here what files take of the server, for a time in which that does not answer. Rejects where it does not come; may be called again. */
  prepare(): Promise<void>;
}

/** What the files have of their call. */
export interface FilesContext {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly crypto: CryptoLike;
  /** Told what the page shows of the files; tells who is in, and whether files may be sent at all. */
  readonly room: RoomStore;
  readonly connections: PeerConnectionFactory;
  readonly ownNetwork: OwnNetwork;
  /** null for who was never in. */
  pairOf(id: string): PairForFiles | null;
  /** To this person, if they are there: the number under which is told what became of it; null: they are not. */
  send(to: string, body: FileBody): number | null;
}

/** The files of one call, for as long as that. */
export type OpenFiles = (context: FilesContext) => FilesPort;
