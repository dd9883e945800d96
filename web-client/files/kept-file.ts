/** Owns the shape of what keeps files that are received, on the disk or in memory, and when one of them is whole. */

import { type Bytes, equalBytes } from '../../main/common/bytes.ts';
import { sha256 } from '../../main/common/e2ee/hkdf.ts';
import { safeFileName } from '../../main/common/names/file-name.ts';
import type { CryptoLike } from '../../main/common/platform.ts';
import { fail, ok, type Result } from '../../main/common/result.ts';
import type { IncomingFile } from '../core/files/file-worker-port.ts';
import type { BlockDigests } from './block-digests.ts';
import type { KeptIn, PartialRow } from './file-orders.ts';

/** One file as it is kept; nobody else has it open. */
export interface KeptFile {
  /** Of the blocks that are really there. */
  readonly digests: BlockDigests;
  /** A whole block, then its digest, so that none is claimed that is not there. `bytes` are the caller's again. false: no room. */
  write(block: number, bytes: Bytes, digest: Bytes): boolean;
  /** Nothing is written to it any more. `digest`: of the whole, which it has been compared with. */
  finish(digest: Bytes): Promise<File>;
  /** It is no more to be offered to a later page. */
  markSaved(): Promise<void>;
  /** What it is stays, where it is on a disk. */
  close(): void;
  remove(): Promise<void>;
}

export interface FileStore {
  readonly keptIn: KeptIn;
  /** Takes up what is kept of that file; `no-room`: a bound of its own, or somebody else has it open. */
  open(offer: IncomingFile): Promise<Result<KeptFile, 'no-space' | 'no-room'>>;
  /** What is kept of that file goes, without a look at it; not where somebody else has it open. */
  forget(offer: IncomingFile): Promise<void>;
  /** Of former pages. */
  partials(): Promise<readonly PartialRow[]>;
  /** With the digest that it was compared with; null where it was not whole. */
  openWhole(offer: IncomingFile): Promise<{ readonly file: KeptFile; readonly digest: Bytes } | null>;
}

/** The file, if it is whole and this is its digest. */
export async function finishKept(
  crypto: CryptoLike,
  kept: KeptFile,
  digest: Bytes,
): Promise<Result<File, 'different' | 'no-space'>> {
  const own = await sha256(crypto, kept.digests.bytes);
  if (!kept.digests.isWhole || !equalBytes(own, digest)) return fail('different');
  try {
    return ok(await kept.finish(own));
  } catch {
    return fail('no-space');
  }
}

const NO_TYPE = 'application/octet-stream';

/**
 * As the person gets it: under a safe name, and of no type, so that no browser shows or runs it by what it claims to be. Of what lies on a
 * disk it is a reference, no copy.
 */
export function receivedFile(parts: BlobPart[], name: string): File {
  return new File(parts, safeFileName(name), { type: NO_TYPE });
}
