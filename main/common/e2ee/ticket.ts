/** Owns the ticket by which a socket that has proven nothing yet waits beside its own kind. A hint, never an admission. */

import { asciiBytes, type Bytes } from '../bytes.ts';
import type { CryptoLike } from '../platform.ts';
import { TICKET_BYTES } from '../protocol/limits.ts';

export const TICKET_LABEL = asciiBytes('secret-call/1 ticket');

/** First 16 bytes of HMAC-SHA-256(secret, "secret-call/1 ticket"); `secret` is T, or the `resume` of who comes back. */
export async function createTicket({ subtle }: CryptoLike, secret: Bytes): Promise<Bytes> {
  const macKey = await subtle.importKey('raw', secret, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
  return new Uint8Array(await subtle.sign('HMAC', macKey, TICKET_LABEL)).slice(0, TICKET_BYTES);
}
