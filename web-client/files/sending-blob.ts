/** Owns reading a file that is sent: block by block, once for those who receive it together, with the digest of what was read. */

import type { Bytes } from '../../main/common/bytes.ts';
import { sha256 } from '../../main/common/e2ee/hkdf.ts';
import type { CryptoLike } from '../../main/common/platform.ts';
import { FILE_BLOCK_BYTES, FILE_BLOCKS_CACHED_MAX } from '../../main/common/protocol/file-limits.ts';
import { fail, ok, type Result } from '../../main/common/result.ts';
import type { ReadFailure } from '../core/files/file-worker-port.ts';
import { type BlobLike, BlobReader } from './blob-reader.ts';
import { BlockDigests } from './block-digests.ts';

type ReadBlock = Promise<Result<Bytes, ReadFailure>>;

/**
 * The blocks that were used last, of all files together. Of a file that only one person has been sent, the last alone: another is asked
 * for again only after a link was lost, and is read anew then.
 */
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
    if (known === undefined && !file.isShared) this.drop(file);
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
  /** The browser refuses to read a file that is not as it was when it was chosen. */
  readonly noticesChange: boolean;
}

/** Of blocks that are read for the digest alone. */
const READS_AT_ONCE = 2;

export class SendingBlob {
  readonly #options: SendingBlobOptions;
  readonly #reader: BlobReader;
  readonly #digests: BlockDigests;
  #firstReceiver: string | null = null;
  #isShared = false;
  #isOver = false;

  constructor(options: SendingBlobOptions) {
    this.#options = options;
    this.#reader = new BlobReader(options.blob, options.sizeBytes);
    this.#digests = new BlockDigests(options.sizeBytes);
  }

  get id(): number {
    return this.#options.id;
  }

  /** Whether several have been sent of it. */
  get isShared(): boolean {
    return this.#isShared;
  }

  async block(block: number, receiver: string): ReadBlock {
    this.#firstReceiver ??= receiver;
    this.#isShared ||= receiver !== this.#firstReceiver;
    if (!this.#digests.isBlock(block)) return fail('unreadable');
    const read = await this.#options.cache.get(this, block, () => this.#read(block));
    // What could not be read may be there again when it is asked for next.
    if (!read.ok) this.#options.cache.drop(this);
    return read;
  }

  /**
   * Over the digests of its blocks; reads those that nobody asked for. Where the browser reads on in a file that has changed, without
   * a word, and tells no other size or time of it either (Firefox), every block is read once more after that: each being what it was,
   * all of them lay there together between the two readings. Where it refuses to open such a file, a byte is asked for once more.
   */
  async digest(): Promise<Result<Bytes, ReadFailure>> {
    const { have, total } = this.#digests;
    const read = await this.#readAll(have.missing(total));
    const again = read.ok ? await this.#lookAgain() : read;
    return again.ok ? ok(await sha256(this.#options.crypto, this.#digests.bytes)) : again;
  }

  /** Nothing more is read of it. */
  dispose(): void {
    this.#isOver = true;
    this.#reader.dispose();
    this.#options.cache.drop(this);
  }

  async #lookAgain(): Promise<Result<null, ReadFailure>> {
    const { noticesChange, sizeBytes } = this.#options;
    if (!noticesChange) return this.#readAll(blocksUpTo(this.#digests.total));
    try {
      await this.#reader.readAlone(Math.max(0, sizeBytes - 1), sizeBytes);
      return ok(null);
    } catch (error) {
      return fail(failureOf(error));
    }
  }

  /** Not through the cache: nobody is to be sent them. */
  async #readAll(blocks: Iterator<number>): Promise<Result<null, ReadFailure>> {
    let failure: ReadFailure | null = null;
    const readOn = async () => {
      for (let next = blocks.next(); !next.done && failure === null; next = blocks.next()) {
        const read = this.#isOver ? fail('unreadable' as const) : await this.#read(next.value);
        if (!read.ok) failure ??= read.error;
      }
    };
    await Promise.all(Array.from({ length: READS_AT_ONCE }, readOn));
    return failure === null ? ok(null) : fail(failure);
  }

  /** A block that is read again has to be what it was: what was sent of it before counts in the digest. */
  async #read(block: number): ReadBlock {
    const { crypto } = this.#options;
    const from = block * FILE_BLOCK_BYTES;
    const sizeBytes = this.#digests.sizeOf(block);
    let bytes: Bytes;
    try {
      bytes = await this.#reader.read(from, from + sizeBytes);
    } catch (error) {
      return fail(failureOf(error));
    }
    if (bytes.length !== sizeBytes) return fail('changed');
    const digest = await sha256(crypto, bytes);
    if (!this.#digests.have.has(block)) this.#digests.set(block, digest);
    return this.#digests.is(block, digest) ? ok(bytes) : fail('changed');
  }
}

function* blocksUpTo(total: number): Generator<number, void, undefined> {
  for (let block = 0; block < total; block++) yield block;
}

/** W3C File API: NotReadableError for a file that is not as it was when it was chosen. Of one that is gone it says NotFoundError, or AbortError. */
function failureOf(error: unknown): ReadFailure {
  return error instanceof Error && error.name === 'NotReadableError' ? 'changed' : 'unreadable';
}
