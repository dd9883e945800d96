/** Owns reading a file that is sent: block by block, each once for all receivers, with the digest of what was read. */

import type { Bytes } from '../../main/common/bytes.ts';
import { sha256 } from '../../main/common/e2ee/hkdf.ts';
import type { CryptoLike } from '../../main/common/platform.ts';
import { FILE_BLOCK_BYTES, FILE_BLOCKS_CACHED_MAX } from '../../main/common/protocol/file-limits.ts';
import { fail, ok, type Result } from '../../main/common/result.ts';
import type { ReadFailure } from '../core/files/file-worker-port.ts';
import { BlockDigests } from './block-digests.ts';

/** The part of Blob that is used. */
export interface BlobLike {
  slice(from: number, to: number): { arrayBuffer(): Promise<ArrayBuffer> };
}

type ReadBlock = Promise<Result<Bytes, ReadFailure>>;

/** The blocks that were used last, of all files together. */
export class BlockCache {
  readonly #blocks = new Map<
    string,
    { readonly file: SendingBlob; readonly block: number; read: ReadBlock }
  >();
  readonly #onChange: (file: SendingBlob, blocks: readonly number[]) => void;

  constructor(onChange: (file: SendingBlob, blocks: readonly number[]) => void) {
    this.#onChange = onChange;
  }

  /** As it lies there, else read. */
  get(file: SendingBlob, block: number, read: () => ReadBlock): ReadBlock {
    const key = `${file.id} ${block}`;
    const known = this.#blocks.get(key);
    // Written anew it stands at the end, so the first is always the one not used for longest.
    this.#blocks.delete(key);
    const entry = known ?? { file, block, read: read() };
    this.#blocks.set(key, entry);
    if (known === undefined) this.#added(file);
    return entry.read;
  }

  drop(file: SendingBlob): void {
    for (const [key, entry] of this.#blocks) if (entry.file === file) this.#blocks.delete(key);
  }

  #added(file: SendingBlob): void {
    const [oldest] = this.#blocks;
    if (this.#blocks.size > FILE_BLOCKS_CACHED_MAX && oldest !== undefined) {
      const [key, { file: other }] = oldest;
      this.#blocks.delete(key);
      if (other !== file) this.#tell(other);
    }
    this.#tell(file);
  }

  #tell(file: SendingBlob): void {
    const own = [...this.#blocks.values()].filter((entry) => entry.file === file);
    this.#onChange(
      file,
      own.map(({ block }) => block),
    );
  }
}

export interface SendingBlobOptions {
  /** Of the page. */
  readonly id: number;
  readonly blob: BlobLike;
  readonly sizeBytes: number;
  readonly cache: BlockCache;
  readonly crypto: CryptoLike;
}

export class SendingBlob {
  readonly #options: SendingBlobOptions;
  readonly #digests: BlockDigests;

  constructor(options: SendingBlobOptions) {
    this.#options = options;
    this.#digests = new BlockDigests(options.sizeBytes);
  }

  get id(): number {
    return this.#options.id;
  }

  async block(block: number): ReadBlock {
    if (!this.#digests.isBlock(block)) return fail('unreadable');
    const read = await this.#options.cache.get(this, block, () => this.#read(block));
    // What could not be read may be there again when it is asked for next.
    if (!read.ok) this.dispose();
    return read;
  }

  /**
   * Over the digests of its blocks; reads those that nobody asked for. Firefox reads on in a file that has changed, without a word, so
   * both ends are read again: a program that writes a file anew mostly changes one.
   */
  async digest(): Promise<Result<Bytes, ReadFailure>> {
    const { have, total } = this.#digests;
    for (const block of [...have.missing(total), ...(total > 0 ? [0, total - 1] : [])]) {
      // Not through the cache: nobody is to be sent it.
      const read = await this.#read(block);
      if (!read.ok) return read;
    }
    return ok(await sha256(this.#options.crypto, this.#digests.bytes));
  }

  dispose(): void {
    this.#options.cache.drop(this);
  }

  /** A block that is read again has to be what it was: what was sent of it before counts in the digest. */
  async #read(block: number): ReadBlock {
    const { blob, crypto } = this.#options;
    const from = block * FILE_BLOCK_BYTES;
    const sizeBytes = this.#digests.sizeOf(block);
    let bytes: Bytes;
    try {
      bytes = new Uint8Array(await blob.slice(from, from + sizeBytes).arrayBuffer());
    } catch (error) {
      return fail(hasChanged(error) ? 'changed' : 'unreadable');
    }
    if (bytes.length !== sizeBytes) return fail('changed');
    const digest = await sha256(crypto, bytes);
    if (!this.#digests.have.has(block)) this.#digests.set(block, digest);
    return this.#digests.is(block, digest) ? ok(bytes) : fail('changed');
  }
}

/** W3C File API: the browser's, for a file that is not as it was when it was chosen. Of one that is gone it says NotFoundError, or AbortError. */
function hasChanged(error: unknown): boolean {
  return error instanceof Error && error.name === 'NotReadableError';
}
