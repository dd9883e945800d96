/** Owns the digests of a file's blocks, one after another as they are kept and as the file's own digest goes over them. */

import { type Bytes, equalBytes } from '../../main/common/bytes.ts';
import { FILE_BLOCK_BYTES } from '../../main/common/protocol/file-limits.ts';
import { BlockSet } from '../core/files/block-set.ts';

export const DIGEST_BYTES = 32;

const blocksIn = (sizeBytes: number): number => Math.ceil(sizeBytes / FILE_BLOCK_BYTES);

/** Of all of them. */
export const digestsLength = (sizeBytes: number): number => blocksIn(sizeBytes) * DIGEST_BYTES;

export class BlockDigests {
  /** Zeros for a block that is missing: no SHA-256 that anybody knows of is all zeros. */
  readonly bytes: Bytes;
  readonly have = new BlockSet();
  /** How many blocks the file has. */
  readonly total: number;
  readonly #sizeBytes: number;

  /** @param kept what was kept of them, of which as much counts as fits; of blocks that are to be looked at again */
  constructor(sizeBytes: number, kept: Uint8Array = new Uint8Array(0)) {
    this.#sizeBytes = sizeBytes;
    this.total = blocksIn(sizeBytes);
    this.bytes = new Uint8Array(digestsLength(sizeBytes));
    this.bytes.set(kept.subarray(0, this.bytes.length));
    for (let block = 0; block < this.total; block++) {
      if (this.of(block).some((byte) => byte !== 0)) this.have.add(block);
    }
  }

  get isWhole(): boolean {
    return this.have.count === this.total;
  }

  isBlock(block: number): boolean {
    return Number.isInteger(block) && block >= 0 && block < this.total;
  }

  /** The last is shorter. */
  sizeOf(block: number): number {
    return Math.min(FILE_BLOCK_BYTES, this.#sizeBytes - block * FILE_BLOCK_BYTES);
  }

  of(block: number): Bytes {
    return this.bytes.subarray(block * DIGEST_BYTES, (block + 1) * DIGEST_BYTES);
  }

  is(block: number, digest: Bytes): boolean {
    return equalBytes(this.of(block), digest);
  }

  set(block: number, digest: Bytes): void {
    this.bytes.set(digest, block * DIGEST_BYTES);
    this.have.add(block);
  }
}
