/** Owns the two hashes that every key and id comes from: HKDF-SHA-256 (RFC 5869) and SHA-256, over WebCrypto. */

import { asciiBytes, type Bytes } from '../bytes.ts';
import type { CryptoKeyLike, CryptoLike, HkdfLike } from '../platform.ts';

/** Imports input keying material; what comes back can only be derived from. */
export function importKeyingMaterial({ subtle }: CryptoLike, material: Bytes): Promise<CryptoKeyLike> {
  return subtle.importKey('raw', material, { name: 'HKDF' }, false, ['deriveBits', 'deriveKey']);
}

/** HKDF(material, salt, label, sizeBytes). */
export async function deriveLabelled(
  { subtle }: CryptoLike,
  material: CryptoKeyLike,
  salt: Bytes,
  label: string,
  sizeBytes: number,
): Promise<Bytes> {
  return new Uint8Array(await subtle.deriveBits(labelled(salt, label), material, sizeBytes * 8));
}

/** HKDF(material, salt, label, 32) as a key that seals boxes (`encrypt`) or opens them (`decrypt`). */
export function deriveBoxKey(
  { subtle }: CryptoLike,
  material: CryptoKeyLike,
  salt: Bytes,
  label: string,
  uses: ('encrypt' | 'decrypt')[],
): Promise<CryptoKeyLike> {
  return subtle.deriveKey(labelled(salt, label), material, { name: 'AES-GCM', length: 256 }, false, uses);
}

function labelled(salt: Bytes, label: string): HkdfLike {
  return { name: 'HKDF', hash: 'SHA-256', salt, info: asciiBytes(label) };
}

/** SHA-256 of the parts, joined. */
export async function sha256({ subtle }: CryptoLike, joined: Bytes): Promise<Bytes> {
  return new Uint8Array(await subtle.digest('SHA-256', joined));
}
