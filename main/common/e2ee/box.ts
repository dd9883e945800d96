/** Owns one sealed envelope: header, padding and AES-256-GCM, and the strict checks on the way back. */

import { type Bytes, concatBytes } from '../bytes.ts';
import type { AesGcmLike, CryptoKeyLike, CryptoLike, TextCoderLike } from '../platform.ts';
import {
  BOX_HEADER_BYTES,
  BOX_NONCE_BYTES,
  BOX_OVERHEAD_BYTES,
  BOX_PADDING_STEP_BYTES,
  BOX_PLAINTEXT_MAX_BYTES,
  BOX_VERSION,
} from '../protocol/limits.ts';
import { fail, ok, type Result } from '../result.ts';

/** Number of each type on the wire. */
export const BOX_TYPES = { offer: 1, answer: 2, ice: 3, sas: 4, chat: 5, pair: 6, ack: 7, room: 16 } as const;
export type BoxType = keyof typeof BOX_TYPES;

/** What stands before the ciphertext in the clear, and is authenticated with it. Numbers are unsigned 32-bit. */
export interface BoxHeader {
  readonly type: BoxType;
  readonly seq: number;
  readonly base: number;
  readonly ack: number;
}

export interface OpenedBox {
  readonly header: BoxHeader;
  /** Parsed, not yet checked against the type's schema. */
  readonly json: unknown;
}

/** `version`: the first byte is another version's. `box-refused`: everything else that does not open. */
export type BoxFailure = 'box-refused' | 'version';

/** What sealing and opening are done with. */
export interface BoxTools {
  readonly crypto: CryptoLike;
  readonly text: TextCoderLike;
}

/** One direction: an AES-256-GCM key and the 16-byte ids that go into every box's authenticated data. */
export interface BoxDirection {
  readonly key: CryptoKeyLike;
  readonly from: Bytes;
  readonly to: Bytes;
}

const LENGTH_BYTES = 4;
const TYPE_OF = new Map<number, BoxType>(
  Object.entries(BOX_TYPES).map(([name, number]) => [number, name as BoxType]),
);

/** A body as the UTF-8 JSON that goes into a box. */
export function encodeBody(text: TextCoderLike, body: object): Bytes {
  return text.encode(JSON.stringify(body));
}

/** Size of the whole box for so many bytes of JSON, or null when they are more than a box takes. */
export function boxSizeBytes(jsonBytes: number): number | null {
  const plaintextBytes = paddedBytes(jsonBytes);
  return plaintextBytes > BOX_PLAINTEXT_MAX_BYTES ? null : BOX_OVERHEAD_BYTES + plaintextBytes;
}

function paddedBytes(jsonBytes: number): number {
  return Math.ceil((LENGTH_BYTES + jsonBytes) / BOX_PADDING_STEP_BYTES) * BOX_PADDING_STEP_BYTES;
}

/**
 * version ‖ type ‖ seq ‖ base ‖ ack ‖ nonce ‖ AES-256-GCM(u32 length ‖ JSON ‖ zeros to the next multiple of 256), with
 * from ‖ to ‖ header as additional data. The nonce is fresh and random, so that no lost counter can repeat one.
 * @throws RangeError when the JSON is more than a box takes (`boxSizeBytes` tells beforehand)
 */
export async function sealBox(
  { crypto }: BoxTools,
  direction: BoxDirection,
  header: BoxHeader,
  json: Bytes,
): Promise<Bytes> {
  if (boxSizeBytes(json.length) === null) throw new RangeError('body too large for a box');
  const head = encodeHeader(header);
  const nonce = crypto.getRandomValues(new Uint8Array(BOX_NONCE_BYTES));
  const plaintext = new Uint8Array(paddedBytes(json.length));
  new DataView(plaintext.buffer).setUint32(0, json.length);
  plaintext.set(json, LENGTH_BYTES);
  const cipher = await crypto.subtle.encrypt(cipherOf(direction, head, nonce), direction.key, plaintext);
  return concatBytes(head, nonce, new Uint8Array(cipher));
}

/** Opens a box of this direction; nothing in its header counts unless this succeeds. Never throws. */
export async function openBox(
  { crypto, text }: BoxTools,
  direction: BoxDirection,
  box: Bytes,
): Promise<Result<OpenedBox, BoxFailure>> {
  if (box.length > 0 && box[0] !== BOX_VERSION) return fail('version');
  const plaintextBytes = box.length - BOX_OVERHEAD_BYTES;
  if (plaintextBytes < BOX_PADDING_STEP_BYTES || plaintextBytes > BOX_PLAINTEXT_MAX_BYTES) {
    return fail('box-refused');
  }
  const head = box.slice(0, BOX_HEADER_BYTES);
  const header = decodeHeader(head);
  if (header === null) return fail('box-refused');
  const cipherStart = BOX_HEADER_BYTES + BOX_NONCE_BYTES;
  const nonce = box.slice(BOX_HEADER_BYTES, cipherStart);
  try {
    const algorithm = cipherOf(direction, head, nonce);
    const plaintext = await crypto.subtle.decrypt(algorithm, direction.key, box.slice(cipherStart));
    const json = unpad(new Uint8Array(plaintext));
    return json === null ? fail('box-refused') : ok({ header, json: JSON.parse(text.decode(json)) });
  } catch {
    return fail('box-refused');
  }
}

function encodeHeader({ type, seq, base, ack }: BoxHeader): Bytes {
  const head = new Uint8Array(BOX_HEADER_BYTES);
  const view = new DataView(head.buffer);
  view.setUint8(0, BOX_VERSION);
  view.setUint8(1, BOX_TYPES[type]);
  view.setUint32(2, seq);
  view.setUint32(6, base);
  view.setUint32(10, ack);
  return head;
}

function decodeHeader(head: Bytes): BoxHeader | null {
  const view = new DataView(head.buffer);
  const type = TYPE_OF.get(view.getUint8(1));
  if (type === undefined) return null;
  return { type, seq: view.getUint32(2), base: view.getUint32(6), ack: view.getUint32(10) };
}

/** AES-256-GCM as whatever two people send each other is sealed: bound to both and to the head that stands before it. */
export function cipherOf({ from, to }: BoxDirection, head: Bytes, nonce: Bytes): AesGcmLike {
  return { name: 'AES-GCM', iv: nonce, additionalData: concatBytes(from, to, head), tagLength: 128 };
}

/** The JSON's bytes, or null unless the padding is the least that fits and all zeros. */
function unpad(plaintext: Bytes): Bytes | null {
  const jsonBytes = new DataView(plaintext.buffer).getUint32(0);
  if (plaintext.length !== paddedBytes(jsonBytes)) return null;
  const end = LENGTH_BYTES + jsonBytes;
  return plaintext.subarray(end).every((byte) => byte === 0) ? plaintext.slice(LENGTH_BYTES, end) : null;
}
