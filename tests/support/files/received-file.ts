/** Owns receiving a file at a desk: its blocks as a sender would send them, the disk it comes onto, and whether it is the file. */

import type { Bytes } from '../../../main/common/bytes.ts';
import { FILE_BLOCK_BYTES } from '../../../main/common/protocol/file-limits.ts';
import type { ReceivingFile } from '../../../web-client/core/files/file-worker-port.ts';
import { DiskStore } from '../../../web-client/files/disk-store.ts';
import type { FakeDisk } from './fake-disk.ts';
import {
  createFileRig,
  type FileRig,
  fileCrypto,
  frameOf,
  isEqual,
  offerOf,
  type PairOfTerms,
} from './file-rig.ts';

const PIECE_BYTES = 200_000;
/** That by which all comes, where a test names no other. */
export const LINK = 1;

export const blockOf = (bytes: Bytes, block: number) =>
  bytes.slice(block * FILE_BLOCK_BYTES, (block + 1) * FILE_BLOCK_BYTES);

/** All frames of a block by one link; the last answer. */
export async function sendBlock(
  into: ReceivingFile,
  terms: PairOfTerms,
  bytes: Bytes,
  block: number,
  link = LINK,
) {
  const whole = blockOf(bytes, block);
  const taken = [];
  for (let offset = 0; offset < whole.length; offset += PIECE_BYTES) {
    const frame = await frameOf(terms, block, offset, whole.slice(offset, offset + PIECE_BYTES));
    taken.push(into.take(link, frame));
  }
  return (await Promise.all(taken)).at(-1);
}

export async function received(
  rig: FileRig,
  terms: PairOfTerms,
  bytes: Bytes,
  name?: string,
): Promise<ReceivingFile> {
  const opened = await rig.desk.openReceiving(offerOf(bytes.length, name), terms.open);
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

export const blocksOf = (bytes: Bytes) =>
  Array.from({ length: Math.ceil(bytes.length / FILE_BLOCK_BYTES) }, (_, n) => n);

export async function holdsBytes(file: File | null, bytes: Bytes): Promise<boolean> {
  return file !== null && isEqual(new Uint8Array(await file.arrayBuffer()), bytes);
}

export const diskRig = (disk: FakeDisk) => {
  const page = disk.openPage();
  return { page, ...createFileRig(new DiskStore(page, fileCrypto)) };
};
