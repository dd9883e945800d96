/** Owns what a page proves to the server of its link: the admission proof, and the ticket before it. A tunnel can relay both, so no trust rests on them. */

import { asciiBytes, type Bytes, concatBytes } from '../bytes.ts';
import type { CryptoLike } from '../platform.ts';
import { TICKET_BYTES } from '../protocol/limits.ts';

/** What a page says first on a socket; all of it is public. */
export interface SocketClaim {
  /** Those the page speaks. */
  readonly versions: readonly number[];
  /** The page's raw P-256 key. */
  readonly key: Bytes;
  /** SHA-256 of the page's DTLS certificate. */
  readonly fp: Bytes;
  /** 32 random bytes of the page, new for each socket. */
  readonly nonce: Bytes;
  /** The origin to which the page opened the socket; ASCII. */
  readonly address: string;
}

/**
 * HMAC-SHA-256(token, "secret-call/1 auth" ‖ nonce ‖ key ‖ fp ‖ address), 32 bytes. Of all versions, since it comes before
 * there is one; that the page's list was changed on the way shows in what follows.
 */
export async function createProof(
  { subtle }: CryptoLike,
  token: Bytes,
  { nonce, key, fp, address }: Omit<SocketClaim, 'versions'>,
): Promise<Bytes> {
  const macKey = await subtle.importKey('raw', token, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  const message = concatBytes(asciiBytes('secret-call/1 auth'), nonce, key, fp, asciiBytes(address));
  return new Uint8Array(await subtle.sign('HMAC', macKey, message));
}

export const TICKET_LABEL = asciiBytes('secret-call/1 ticket');

/** By it a socket that has proven nothing yet waits beside its own kind. First 16 bytes of HMAC-SHA-256(secret, "secret-call/1 ticket"); `secret` is T, or the `resume` of who comes back. */
export async function createTicket({ subtle }: CryptoLike, secret: Bytes): Promise<Bytes> {
  const macKey = await subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', macKey, TICKET_LABEL)).slice(0, TICKET_BYTES);
}
