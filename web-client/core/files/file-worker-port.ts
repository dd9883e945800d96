/** Owns what files ask of the disk and of the worker that reads, digests, seals, opens and writes; what does it lies in web-client/files. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { CryptoKeyLike } from '../../../main/common/platform.ts';
import type { Result } from '../../../main/common/result.ts';
import type { BlockSet } from './block-set.ts';

/** What a block is sealed with for one receiver. */
export interface SealTerms {
  readonly key: CryptoKeyLike;
  readonly from: Bytes;
  readonly to: Bytes;
  /** The sender's number of the file. */
  readonly file: number;
  readonly messageMaxBytes: number;
}

/** What reads and writes has broken. What is opened anew is in the hands of another; what was open is not. */
export type Fault = 'fault';

export type ReadFailure = 'unreadable' | 'changed' | Fault;

/** One a file, however many receive it: a block is read from the disk once, and kept a while. */
export interface SendingFile extends Disposable {
  readonly size: number;
  /** Blocks that lie in memory now, the best to send next. */
  readonly cached: ReadonlySet<number>;
  /** Frames of a block sealed for one receiver, in order. */
  seal(block: number, terms: SealTerms): Promise<Result<readonly ArrayBuffer[], ReadFailure>>;
  /** Of the whole file; reads what was not read yet. */
  digest(): Promise<Result<Bytes, ReadFailure>>;
}

/** What somebody's frames are opened with; of an ack, the receiver's. */
export interface OpenTerms {
  readonly key: CryptoKeyLike;
  /** Seals what goes back: the acks. */
  readonly ackKey: CryptoKeyLike;
  /** Whose frames are opened. */
  readonly from: Bytes;
  /** The own id. */
  readonly to: Bytes;
  readonly file: number;
}

/**
 * `broken`: does not open, out of order, beyond the size, or blocks that are whole already more often than lost acks explain, which
 * are acknowledged once more. `no-space`: cannot be kept, for whatever reason.
 */
export type TakeFailure = 'broken' | 'no-space' | Fault;

export interface ReceivingFile extends Disposable {
  /** Whole blocks that are kept. */
  readonly have: BlockSet;
  /** Takes one message of a link, within which a block's frames are in order. Gives the ack to send when that made a block whole. */
  take(link: number, frame: ArrayBuffer): Promise<Result<ArrayBuffer | null, TakeFailure>>;
  /** Its unfinished blocks are forgotten. */
  dropLink(link: number): void;
  /** Once all blocks are there. What is received outlives this one's `dispose`, which lets a later page take up what is not whole. */
  finish(digest: Bytes): Promise<Result<ReceivedFile, 'different' | 'no-space' | Fault>>;
  /** Nothing of it stays. */
  discard(): Promise<void>;
}

/** Whole, its digest compared, under a name that is safe. */
export interface ReceivedFile {
  readonly file: File;
  /** Nothing of it stays, but for what a download still reads from. */
  discard(): Promise<void>;
}

export interface IncomingFile {
  /** Names it over page loads. */
  readonly resume: Bytes;
  readonly senderId: string;
  readonly name: string;
  readonly size: number;
  readonly mime: string;
}

/** What a former page left, of those that no page has open. */
export interface KeptPartial extends IncomingFile {
  /** As it claims; `openReceiving` looks again. */
  readonly have: BlockSet;
  /** It had been compared with the sender's digest: `openWhole`. */
  readonly whole: boolean;
}

/** `no-folder`: there is none to be written to. */
export type SaveFailure = 'failed' | 'no-space' | 'no-folder';

export interface SavedFile {
  /** Under which it lies in the folder; null: of a download in a browser no page is told what became of it. */
  readonly name: string | null;
  /** Only in the app. */
  readonly showInFolder: (() => void) | null;
}

/** An ack that opened: of which block, and the SHA-256 of what was written. */
export interface OpenedAck {
  readonly block: number;
  readonly digest: Bytes;
}

export interface FileWorkerPort extends Disposable {
  /** Where what comes is kept: `memory` has bounds, and nothing of it outlives the page. null: nothing was there to say so. */
  readonly keeps: Promise<'disk' | 'memory' | null>;
  /** Has it at hand without the server. Rejects where it does not come. */
  prepare(): Promise<void>;
  openSending(file: Blob): SendingFile;
  /** Takes up what lies there under its `resume`. `no-room`: more than memory may hold, or another tab has it open. */
  openReceiving(
    offer: IncomingFile,
    terms: OpenTerms,
  ): Promise<Result<ReceivingFile, 'no-space' | 'no-room' | Fault>>;
  /** null: not an ack of this file to this sender. */
  openAck(frame: ArrayBuffer, terms: OpenTerms): Promise<OpenedAck | null>;
  /** Of former pages; sweeps what is older than a day, or was saved. */
  partials(): Promise<readonly KeptPartial[]>;
  /** What a former page left of it is deleted, unless another tab has it open. */
  forget(kept: IncomingFile): Promise<void>;
  /** What a former page received whole and nobody saved; null: it is not whole any more, or another tab has it open. */
  openWhole(kept: KeptPartial): Promise<ReceivedFile | null>;
  /** A download in a browser; in the app a file in the folder of downloads. */
  save(received: ReceivedFile): Promise<Result<SavedFile, SaveFailure>>;
  /** Of images alone, within bounds; nothing in them is run. */
  preview(received: ReceivedFile): Promise<ImageBitmap | null>;
}
