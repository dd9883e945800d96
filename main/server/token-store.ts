/** Owns the tokens of the room's links, and the check which of them a page has (design: admission only). */

import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { asciiBytes, type Bytes, toBase64Url } from '../common/bytes.ts';
import { ID_BYTES } from '../common/protocol/limits.ts';
import type { ClientMessage } from '../common/protocol/messages.ts';
import type { Identity, LinkId } from '../room/room-events.ts';

export type AdmissionClaim = Extract<ClientMessage, { readonly type: 'hello' }>;

const PROOF_LABEL = asciiBytes('secret-call/1 auth');
const ID_LABEL = asciiBytes('secret-call/1 id');

/** `size` random bytes as they travel. */
export const randomText = (size: number): string => randomBytes(size).toString('base64url');

/** A page that proved to have a link, and which one. */
export interface ProvenLink {
  readonly link: LinkId;
  /** T of that link. */
  readonly token: Bytes;
  readonly identity: Identity;
}

export class TokenStore {
  readonly #tokens = new Map<LinkId, Bytes>();
  #lastId: LinkId = 0;

  /** Knows one more link from now on; what it is good for is the room's to say. */
  add(token: Bytes): LinkId {
    this.#lastId += 1;
    this.#tokens.set(this.#lastId, token);
    return this.#lastId;
  }

  /** Knows again a link of a room that goes on. */
  restore(link: LinkId, token: Bytes): void {
    this.#lastId = Math.max(this.#lastId, link);
    this.#tokens.set(link, token);
  }

  get all(): ReadonlyMap<LinkId, Bytes> {
    return new Map(this.#tokens);
  }

  tokenOf(link: LinkId): Bytes | undefined {
    return this.#tokens.get(link);
  }

  forget(link: LinkId): void {
    this.#tokens.delete(link);
  }

  /**
   * Who proved to have a link, and which, or null. proof = HMAC-SHA-256(T, "secret-call/1 auth" ‖ nonce ‖ key ‖ fp ‖ address).
   * Every token is tried, each in constant time, so that the time tells neither how near a guess was nor where among
   * the others the right one stands; which link it was is for the room alone, who decides by it who may stay.
   */
  check({ key, fp, nonce, address, proof }: AdmissionClaim): ProvenLink | null {
    const claim = [key, fp].map((text) => Buffer.from(text, 'base64url'));
    const given = Buffer.from(proof, 'base64url');
    let proven: Pick<ProvenLink, 'link' | 'token'> | null = null;
    for (const [link, token] of this.#tokens) {
      const hmac = createHmac('sha256', token).update(PROOF_LABEL).update(nonce, 'base64url');
      for (const part of claim) hmac.update(part);
      const expected = hmac.update(address).digest();
      if (expected.length === given.length && timingSafeEqual(expected, given)) proven = { link, token };
    }
    return proven === null ? null : { ...proven, identity: { id: computeId(claim), key, fp } };
  }
}

/** id = first 16 bytes of SHA-256("secret-call/1 id" ‖ key ‖ fp). */
function computeId(claim: readonly Uint8Array[]): string {
  const hash = createHash('sha256').update(ID_LABEL);
  for (const part of claim) hash.update(part);
  return toBase64Url(hash.digest().subarray(0, ID_BYTES));
}
