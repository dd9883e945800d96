/** Owns what the page and its file worker say to each other: a table of orders, each with what it takes and gives. */

import type { Bytes } from '../../main/common/bytes.ts';
import type { Result } from '../../main/common/result.ts';
import type { BlockRange } from '../core/files/block-set.ts';
import type {
  Fault,
  IncomingFile,
  OpenTerms,
  ReadFailure,
  SealTerms,
  TakeFailure,
} from '../core/files/file-worker-port.ts';

export type KeptIn = 'disk' | 'memory';

/** A block that became whole, and the ack to send. */
export interface WrittenBlock {
  readonly block: number;
  readonly ack: ArrayBuffer;
}

export interface PartialRow extends IncomingFile {
  readonly have: readonly BlockRange[];
  readonly whole: boolean;
}

/** `file`: the page's number of one that is sent or received, never used again. */
interface OfFile {
  readonly file: number;
}

export interface FileOrders {
  keeps: { takes: null; gives: KeptIn | null };
  /** `sizeBytes`: what the page said that it is; a browser looks it up each time it is asked. */
  send: { takes: OfFile & { readonly blob: Blob; readonly sizeBytes: number }; gives: null };
  seal: {
    /** `spare`: frames that were sent, to be filled again. */
    takes: OfFile & {
      readonly block: number;
      readonly terms: SealTerms;
      readonly spare: readonly ArrayBuffer[];
    };
    gives: Result<readonly ArrayBuffer[], ReadFailure>;
  };
  digest: { takes: OfFile; gives: Result<Bytes, ReadFailure> };
  endSending: { takes: OfFile; gives: null };
  receive: {
    takes: OfFile & { readonly offer: IncomingFile; readonly terms: OpenTerms };
    gives: Result<readonly BlockRange[], 'no-space' | 'no-room' | Fault>;
  };
  take: {
    takes: OfFile & { readonly link: number; readonly frame: ArrayBuffer };
    gives: Result<WrittenBlock | null, TakeFailure>;
  };
  dropLink: { takes: OfFile & { readonly link: number }; gives: null };
  finish: {
    takes: OfFile & { readonly digest: Bytes };
    gives: Result<File, 'different' | 'no-space' | Fault>;
  };
  /** It is not to be offered to a later page: somebody saved it. */
  markSaved: { takes: OfFile; gives: null };
  /** Lets go of it; what lies on the disk stays. */
  close: { takes: OfFile; gives: null };
  discard: { takes: OfFile; gives: null };
  forget: { takes: { readonly offer: IncomingFile }; gives: null };
  partials: { takes: null; gives: readonly PartialRow[] };
  openWhole: { takes: OfFile & { readonly offer: IncomingFile }; gives: File | null };
  preview: { takes: { readonly file: Blob }; gives: ImageBitmap | null };
}

export type FileOrderName = keyof FileOrders;

/** To the worker. */
export interface WorkerOrder<Name extends FileOrderName = FileOrderName> {
  readonly id: number;
  readonly name: Name;
  readonly takes: FileOrders[Name]['takes'];
}

/** Of those from it, in one message: an answer, or which blocks of a file lie in its memory now. */
export type FileWorkerWord =
  | { readonly id: number; readonly gives: unknown }
  | { readonly id: number; readonly failed: true }
  | { readonly cachedOf: number; readonly blocks: readonly number[] };

/** What the worker does with each. */
export type FileOrderHandlers = {
  readonly [Name in FileOrderName]: (
    takes: FileOrders[Name]['takes'],
  ) => Promise<FileOrders[Name]['gives']> | FileOrders[Name]['gives'];
};
