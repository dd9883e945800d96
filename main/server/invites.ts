/** Owns the tokens of the links that are good now, and the check that a page has one of them (design: admission only). */

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { asciiBytes, type Bytes, toBase64Url } from '../common/bytes.ts';
import { ID_BYTES, LIVE_TOKENS_MAX } from '../common/protocol/limits.ts';
import type { ClientMessage } from '../common/protocol/messages.ts';
import type { Identity } from '../room/room-events.ts';

export type AuthMessage = Extract<ClientMessage, { readonly type: 'auth' }>;

const PROOF_LABEL = asciiBytes('secret-call/1 auth');
const ID_LABEL = asciiBytes('secret-call/1 id');

/** `size` random bytes as they travel. */
export const randomText = (size: number): string => randomBytes(size).toString('base64url');

export class Invites {
  readonly #tokens: Bytes[] = [];

  /** Makes one more link good; false when 32 are. */
  add(token: Bytes): boolean {
    if (this.#tokens.length >= LIVE_TOKENS_MAX) return false;
    this.#tokens.push(token);
    return true;
  }

  /**
   * Who proved to have a link, or null. proof = HMAC-SHA-256(T, "secret-call/1 auth" ‖ nonce ‖ key ‖ fp). Every token
   * is tried in constant time, so that the time tells neither how near a guess was nor which link was used.
   */
  check({ key, fp, proof }: AuthMessage, nonce: string): Identity | null {
    const claim = [key, fp].map((text) => Buffer.from(text, 'base64url'));
    const given = Buffer.from(proof, 'base64url');
    let matches = 0;
    for (const token of this.#tokens) {
      const hmac = createHmac('sha256', token).update(PROOF_LABEL).update(nonce, 'base64url');
      for (const part of claim) hmac.update(part);
      const expected = hmac.digest();
      if (expected.length === given.length && timingSafeEqual(expected, given)) matches++;
    }
    return matches > 0 ? { id: computeId(claim), key, fp } : null;
  }
}

/** id = first 16 bytes of SHA-256("secret-call/1 id" ‖ key ‖ fp). */
function computeId(claim: readonly Uint8Array[]): string {
  const hash = createHash('sha256').update(ID_LABEL);
  for (const part of claim) hash.update(part);
  return toBase64Url(hash.digest().subarray(0, ID_BYTES));
}
