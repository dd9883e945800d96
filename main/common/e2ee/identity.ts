/** Owns who somebody is: a public key and a certificate's fingerprint, and the id that is computed from both. */

import { asciiBytes, type Bytes, concatBytes, equalBytes, fromBase64Url } from '../bytes.ts';
import type { CryptoKeyLike, CryptoLike } from '../platform.ts';
import { FINGERPRINT_BYTES, ID_BYTES, PUBLIC_KEY_BYTES } from '../protocol/limits.ts';
import type { RosterEntry } from '../protocol/messages.ts';
import { sha256 } from './hkdf.ts';

export interface PublicIdentity {
  /** 16 bytes, computed from the other two. */
  readonly id: Bytes;
  /** Raw P-256 point, uncompressed: 65 bytes, the first 0x04. */
  readonly key: Bytes;
  /** SHA-256 of the DTLS certificate, 32 bytes. */
  readonly fp: Bytes;
}

const UNCOMPRESSED_POINT = 4;

/** The first 16 bytes of SHA-256("secret-call/1 id" ‖ key ‖ fp). */
export async function computeId(crypto: CryptoLike, key: Bytes, fp: Bytes): Promise<Bytes> {
  const digest = await sha256(crypto, concatBytes(asciiBytes('secret-call/1 id'), key, fp));
  return digest.slice(0, ID_BYTES);
}

/** Imports a public key for ECDH, or null: wrong length or form (WebCrypto itself would take 33 bytes), or no point. */
export async function importPublicKey({ subtle }: CryptoLike, key: Bytes): Promise<CryptoKeyLike | null> {
  if (key.length !== PUBLIC_KEY_BYTES || key[0] !== UNCOMPRESSED_POINT) return null;
  try {
    return await subtle.importKey('raw', key, { name: 'ECDH', namedCurve: 'P-256' }, true, []);
  } catch {
    return null;
  }
}

/**
 * The identity that a roster entry claims, or null unless the lengths fit, the key imports and the id is the one
 * computed from key and fingerprint. Whether it is one's own or barred is the keyring's to say.
 */
export async function acceptRosterEntry(
  crypto: CryptoLike,
  entry: Pick<RosterEntry, 'id' | 'key' | 'fp'>,
): Promise<PublicIdentity | null> {
  const id = fromBase64Url(entry.id);
  const key = fromBase64Url(entry.key);
  const fp = fromBase64Url(entry.fp);
  if (id === null || key === null || fp === null || fp.length !== FINGERPRINT_BYTES) return null;
  const [publicKey, computed] = await Promise.all([importPublicKey(crypto, key), computeId(crypto, key, fp)]);
  return publicKey !== null && equalBytes(computed, id) ? { id, key, fp } : null;
}

const FINGERPRINT = /^[0-9a-f]{2}(?::[0-9a-f]{2}){31}$/i;

/** The 32 bytes of a sha-256 fingerprint as RTCCertificate.getFingerprints and SDP write it, "AB:CD:…" in either case. */
export function parseFingerprint(text: string): Bytes | null {
  if (!FINGERPRINT.test(text)) return null;
  return Uint8Array.from(text.split(':'), (pair) => Number.parseInt(pair, 16));
}

/** Whether a certificate (DER), as a browser tells of whom DTLS really connected to, is the one of this fingerprint. */
export async function hasFingerprint(
  crypto: CryptoLike,
  certificate: ArrayBuffer,
  fp: Bytes,
): Promise<boolean> {
  return equalBytes(await sha256(crypto, new Uint8Array(certificate)), fp);
}
