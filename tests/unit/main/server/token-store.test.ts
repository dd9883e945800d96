import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../../../main/common/bytes.ts';
import { createProof } from '../../../../main/common/e2ee/admission.ts';
import { computeId } from '../../../../main/common/e2ee/identity.ts';
import { randomText, TokenStore } from '../../../../main/server/token-store.ts';
import { hexBytes, nodeCrypto, randomBytes } from '../../../support/crypto/e2ee-tools.ts';
import vectors from '../../../support/crypto/vectors.json' with { type: 'json' };

const text = (hex: string) => toBase64Url(hexBytes(hex));

/** The known answer was made where there was no address yet; the formula is the same with an empty one. */
const HELLO = {
  type: 'hello',
  versions: [1],
  key: vectors.lo.keyB64,
  fp: text(vectors.lo.fp),
  nonce: text(vectors.auth.challengeNonce),
  address: '',
  proof: text(vectors.auth.proof),
} as const;

function invitesOf(...tokens: Uint8Array[]): TokenStore {
  const invites = new TokenStore();
  for (const token of tokens) invites.add(Uint8Array.from(token));
  return invites;
}

describe('the proof', () => {
  it('is the known answer, and names who gave it', () => {
    expect(invitesOf(hexBytes(vectors.link.T)).check(HELLO)).toEqual({
      link: 1,
      token: hexBytes(vectors.link.T),
      identity: { id: vectors.lo.idB64, key: HELLO.key, fp: HELLO.fp },
    });
  });

  it('is the one the page makes, and tells which of the tokens it was made with', async () => {
    const [key, fp, nonce] = [65, 32, 32].map((size) => randomBytes(size));
    if (!key || !fp || !nonce) throw new Error('no bytes');
    const tokens = Array.from({ length: 3 }, () => randomBytes(16));
    for (const [index, token] of tokens.entries()) {
      const address = 'https://a.lhr.life';
      const proof = toBase64Url(await createProof(nodeCrypto, token, { nonce, key, fp, address }));
      const binary = { key: toBase64Url(key), fp: toBase64Url(fp), nonce: toBase64Url(nonce), proof };
      const admission = invitesOf(...tokens).check({ ...HELLO, ...binary, address });
      expect(admission?.token).toEqual(token);
      expect(admission?.link).toBe(index + 1);
      expect(admission?.identity.id).toBe(toBase64Url(await computeId(nodeCrypto, key, fp)));
    }
  });

  it.each([
    ['another nonce', { nonce: randomText(32) }],
    ['another key', { key: vectors.hi.keyB64 }],
    ['another fingerprint', { fp: text(vectors.hi.fp) }],
    ['another address', { address: 'https://a.lhr.life' }],
    ['a flipped bit', { proof: text(`6e${vectors.auth.proof.slice(2)}`) }],
    ['a shorter proof', { proof: text(vectors.auth.proof.slice(2)) }],
  ])('is not good for %s', (_what, change) => {
    expect(invitesOf(hexBytes(vectors.link.T)).check({ ...HELLO, ...change })).toBeNull();
  });

  it('is not good without a live token', () => {
    expect(new TokenStore().check(HELLO)).toBeNull();
    expect(invitesOf(randomBytes(16)).check(HELLO)).toBeNull();
  });
});

it('is not good for a token that was forgotten, whose number is never given again', () => {
  const invites = invitesOf(hexBytes(vectors.link.T), randomBytes(16));
  invites.forget(1);
  expect(invites.check(HELLO)).toBeNull();
  expect(invites.tokenOf(1)).toBeUndefined();
  expect(invites.add(hexBytes(vectors.link.T))).toBe(3);
  expect(invites.check(HELLO)?.link).toBe(3);
});

it('makes random text of the size asked for', () => {
  expect(fromBase64Url(randomText(32))).toHaveLength(32);
  expect(randomText(32)).not.toBe(randomText(32));
});
