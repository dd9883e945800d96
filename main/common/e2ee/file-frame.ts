/** Owns one frame of a file, and of its acknowledgement: header and AES-256-GCM, and the strict checks on the way back. */

import { type Bytes, concatBytes, joinInto } from '../bytes.ts';
import type { CryptoLike } from '../platform.ts';
import {
  FILE_BLOCK_BYTES,
  FILE_BLOCKS_MAX,
  FILE_FRAME_HEADER_BYTES,
  FILE_FRAME_NONCE_BYTES,
  FILE_FRAME_OVERHEAD_BYTES,
  FILE_FRAME_VERSION,
} from '../protocol/file-limits.ts';
import { type BoxDirection, cipherOf } from './box.ts';

/** Number of each type on the wire. */
const FRAME_TYPES = { data: 1, ack: 2 } as const;

/** Of a block; its acknowledgement says nothing else. */
const DIGEST_BYTES = 32;

/** What stands before the ciphertext in the clear, and is authenticated with it. */
export interface FileFrameHeader {
  readonly type: keyof typeof FRAME_TYPES;
  /** The sender's number of the file; in an acknowledgement that of the file it is about. */
  readonly file: number;
  readonly block: number;
  /** Where in the block it begins; 0 in an acknowledgement. */
  readonly offset: number;
}

export interface FileFrame extends FileFrameHeader {
  /** A piece of the block; of an acknowledgement the SHA-256 of the block as it was written. */
  readonly content: Bytes;
}

/** What a message claims to be, before anything of it is opened; null where it is no frame. */
export function readFileHeader(frame: Bytes): FileFrameHeader | null {
  const contentBytes = frame.length - FILE_FRAME_OVERHEAD_BYTES;
  if (contentBytes <= 0 || frame[0] !== FILE_FRAME_VERSION) return null;
  const view = new DataView(frame.buffer, frame.byteOffset, FILE_FRAME_HEADER_BYTES);
  const [file, block, offset] = [view.getUint32(2), view.getUint32(6), view.getUint32(10)];
  if (file === 0 || block >= FILE_BLOCKS_MAX) return null;
  switch (view.getUint8(1)) {
    case FRAME_TYPES.data:
      return offset + contentBytes <= FILE_BLOCK_BYTES ? { type: 'data', file, block, offset } : null;
    case FRAME_TYPES.ack:
      return offset === 0 && contentBytes === DIGEST_BYTES ? { type: 'ack', file, block, offset } : null;
    default:
      return null;
  }
}

/**
 * version ‖ type ‖ file ‖ block ‖ offset ‖ nonce ‖ AES-256-GCM(content), with from ‖ to ‖ header as additional data. The
 * nonce is random: the same block is sealed again, for another link, under the same key.
 * @param room is filled with it, where it has its length
 */
export async function sealFileFrame(
  crypto: CryptoLike,
  direction: BoxDirection,
  { content, ...header }: FileFrame,
  room: ArrayBuffer | null = null,
): Promise<ArrayBuffer> {
  const head = encodeHeader(header);
  const nonce = crypto.getRandomValues(new Uint8Array(FILE_FRAME_NONCE_BYTES));
  const cipher = await crypto.subtle.encrypt(cipherOf(direction, head, nonce), direction.key, content);
  const parts = [head, nonce, new Uint8Array(cipher)];
  if (room?.byteLength !== FILE_FRAME_OVERHEAD_BYTES + content.length) return concatBytes(...parts).buffer;
  joinInto(new Uint8Array(room), parts);
  return room;
}

/** null where it does not open: then nothing in its header counts either. Never throws. */
export async function openFileFrame(
  { subtle }: CryptoLike,
  direction: BoxDirection,
  frame: Bytes,
): Promise<FileFrame | null> {
  const header = readFileHeader(frame);
  if (header === null) return null;
  const cipherStart = FILE_FRAME_HEADER_BYTES + FILE_FRAME_NONCE_BYTES;
  const head = frame.slice(0, FILE_FRAME_HEADER_BYTES);
  const nonce = frame.slice(FILE_FRAME_HEADER_BYTES, cipherStart);
  try {
    const algorithm = cipherOf(direction, head, nonce);
    const content = await subtle.decrypt(algorithm, direction.key, frame.subarray(cipherStart));
    return { ...header, content: new Uint8Array(content) };
  } catch {
    return null;
  }
}

function encodeHeader({ type, file, block, offset }: FileFrameHeader): Bytes {
  const head = new Uint8Array(FILE_FRAME_HEADER_BYTES);
  const view = new DataView(head.buffer);
  view.setUint8(0, FILE_FRAME_VERSION);
  view.setUint8(1, FRAME_TYPES[type]);
  view.setUint32(2, file);
  view.setUint32(6, block);
  view.setUint32(10, offset);
  return head;
}
