/** Owns a file on the disk that tells how it is read, and can change or be gone. */

import { FILE_BLOCK_BYTES } from '../../../main/common/protocol/file-limits.ts';
import type { BlobLike } from '../../../web-client/files/blob-reader.ts';
import { someBytes } from './file-rig.ts';

/** What a stream brings at a time. */
const CHUNK_BYTES = 65_536;

export class ReadBlob implements BlobLike {
  readonly size: number;
  /** Blocks, as they were begun to be read. */
  readonly reads: number[] = [];
  /** Where it was opened, and how. */
  readonly opened: { readonly from: number; readonly as: 'piece' | 'stream' }[] = [];
  /** Streams that were given up before their end. */
  cancelled = 0;
  bytes: Uint8Array<ArrayBuffer>;
  /** Name of the error. */
  fails: string | null = null;
  /** Old browsers have streams that hand over buffers of their own alone. */
  fillsBuffers = true;

  constructor(sizeBytes: number) {
    this.bytes = someBytes(sizeBytes);
    this.size = sizeBytes;
  }

  slice(from: number, to: number) {
    return {
      arrayBuffer: async () => {
        this.opened.push({ from, as: 'piece' });
        if (from % FILE_BLOCK_BYTES === 0) this.reads.push(from / FILE_BLOCK_BYTES);
        this.#check();
        return this.bytes.slice(from, to).buffer;
      },
      stream: () => {
        this.opened.push({ from, as: 'stream' });
        return this.fillsBuffers ? this.#stream(from, to) : new ReadableStream<Uint8Array<ArrayBuffer>>();
      },
    };
  }

  #check(): void {
    if (this.fails !== null) throw Object.assign(new Error(), { name: this.fails });
  }

  #stream(from: number, to: number): ReadableStream<Uint8Array<ArrayBuffer>> {
    let at = from;
    return new ReadableStream({
      type: 'bytes',
      pull: (controller) => {
        const request = controller.byobRequest;
        const view = request?.view;
        if (!request || !view) throw new Error('nothing to fill');
        if (at % FILE_BLOCK_BYTES === 0 && at < to) this.reads.push(at / FILE_BLOCK_BYTES);
        this.#check();
        const piece = this.bytes.subarray(at, Math.min(to, at + Math.min(CHUNK_BYTES, view.byteLength)));
        if (piece.length === 0) controller.close();
        else new Uint8Array(view.buffer, view.byteOffset, view.byteLength).set(piece);
        at += piece.length;
        request.respond(piece.length);
      },
      cancel: () => {
        this.cancelled++;
      },
    });
  }
}
