/** Owns the proof that a page was invited. Admission only: a tunnel can relay it, so no trust rests on it. */

import { asciiBytes, type Bytes, concatBytes } from '../bytes.ts';
import type { CryptoLike } from '../platform.ts';

/** What a page says first on a socket; all of it is public. */
export interface SocketClaim {
  /** The page's raw P-256 key. */
  readonly key: Bytes;
  /** SHA-256 of the page's DTLS certificate. */
  readonly fp: Bytes;
  /** 32 random bytes of the page, new for each socket. */
  readonly nonce: Bytes;
  /** The origin to which the page opened the socket; ASCII. */
  readonly address: string;
}

/** HMAC-SHA-256(token, "secret-call/1 auth" ‖ nonce ‖ key ‖ fp ‖ address), 32 bytes. */
export async function createProof(
  { subtle }: CryptoLike,
  token: Bytes,
  { nonce, key, fp, address }: SocketClaim,
): Promise<Bytes> {
  const macKey = await subtle.importKey('raw', token, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const message = concatBytes(asciiBytes('secret-call/1 auth'), nonce, key, fp, asciiBytes(address));
  return new Uint8Array(await subtle.sign('HMAC', macKey, message));
}
