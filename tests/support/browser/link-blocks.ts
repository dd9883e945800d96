/** Owns what the blocks hold that a test has links carry, alike in a page and outside of it. */

import { type Bytes, concatBytes, toBase64Url } from '../../../main/common/bytes.ts';
import { sha256 } from '../../../main/common/e2ee/hkdf.ts';
import { FILE_BLOCK_BYTES } from '../../../main/common/protocol/file-limits.ts';

const FILL_STEP = 65_537;

/** What the block of this number holds. */
export function blockWords(block: number): Uint32Array<ArrayBuffer> {
  return Uint32Array.from({ length: FILE_BLOCK_BYTES / 4 }, (_, index) => block * FILL_STEP + index);
}

/** SHA-256 over those of the blocks, in order. */
export async function digestOverBlocks(digests: readonly Bytes[]): Promise<string> {
  return toBase64Url(await sha256(crypto, concatBytes(...digests)));
}

/** The same of so many blocks as they were made. */
export async function digestOfBlocks(count: number): Promise<string> {
  const words = Array.from({ length: count }, (_, block) => new Uint8Array(blockWords(block).buffer));
  return digestOverBlocks(await Promise.all(words.map((bytes) => sha256(crypto, bytes))));
}
