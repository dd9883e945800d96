/** Owns the proof that a page was invited. Admission only: a tunnel can relay it, so no trust rests on it. */

import { asciiBytes, type Bytes, concatBytes } from '../bytes.ts';
import type { CryptoLike } from '../platform.ts';

/**
 * HMAC-SHA-256(token, "secret-call/1 auth" ‖ nonce ‖ key ‖ fp), 32 bytes.
 * `nonce` is the server's challenge, `key` and `fp` are the page's own.
 */
export async function createProof(
  { subtle }: CryptoLike,
  token: Bytes,
  nonce: Bytes,
  key: Bytes,
  fp: Bytes,
): Promise<Bytes> {
  const macKey = await subtle.importKey('raw', token, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const message = concatBytes(asciiBytes('secret-call/1 auth'), nonce, key, fp);
  return new Uint8Array(await subtle.sign('HMAC', macKey, message));
}
