/** Owns what is written down beside a file that is received: what it was offered as, and what became of it. */

import { type Bytes, fromBase64Url, toBase64Url } from '../../main/common/bytes.ts';
import { parseJsonObject } from '../../main/common/json.ts';
import { FILE_SIZE_MAX } from '../../main/common/protocol/file-limits.ts';
import type { IncomingFile } from '../core/files/file-worker-port.ts';
import { DIGEST_BYTES } from './block-digests.ts';

export interface KeptOffer extends IncomingFile {
  /** Of the whole, once it has been compared with the sender's. */
  readonly digest: Bytes | null;
  readonly saved: boolean;
}

const VERSION = 1;

const ANY_DIGEST: Bytes = new Uint8Array(DIGEST_BYTES);

/** As long whatever became of the file. */
export function writeKeptOffer(offer: KeptOffer): string {
  const longest = jsonOf({ ...offer, digest: ANY_DIGEST, saved: false });
  return jsonOf(offer).padEnd(longest.length);
}

function jsonOf(offer: KeptOffer): string {
  const { resume, senderId, name, size, mime, digest, saved } = offer;
  return JSON.stringify({
    version: VERSION,
    resume: toBase64Url(resume),
    senderId,
    name,
    size,
    mime,
    digest: digest && toBase64Url(digest),
    saved,
  });
}

/** null for what this version did not write, or not to its end. */
export function parseKeptOffer(text: string): KeptOffer | null {
  const row = parseJsonObject(text);
  if (row?.version !== VERSION) return null;
  const { senderId, name, size, mime, saved } = row;
  const resume = bytesOf(row.resume);
  const digest = bytesOf(row.digest);
  const isText = typeof senderId === 'string' && typeof name === 'string' && typeof mime === 'string';
  const isSize = typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 && size <= FILE_SIZE_MAX;
  if (!isText || !isSize || resume === null || typeof saved !== 'boolean') return null;
  return { resume, senderId, name, size, mime, digest, saved };
}

function bytesOf(value: unknown): Bytes | null {
  const bytes = typeof value === 'string' ? fromBase64Url(value) : null;
  return bytes?.length === DIGEST_BYTES ? bytes : null;
}
