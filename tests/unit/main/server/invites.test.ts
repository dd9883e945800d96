import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../../../main/common/bytes.ts';
import { createProof } from '../../../../main/common/sealing/admission.ts';
import { computeId } from '../../../../main/common/sealing/identity.ts';
import { Invites, randomText } from '../../../../main/server/invites.ts';
import { hexBytes, nodeCrypto, randomBytes } from '../../../support/sealing-tools.ts';
import vectors from '../../../support/vectors.json' with { type: 'json' };

const text = (hex: string) => toBase64Url(hexBytes(hex));

const NONCE = text(vectors.auth.challengeNonce);
const AUTH = {
  type: 'auth',
  key: vectors.lo.keyB64,
  fp: text(vectors.lo.fp),
  proof: text(vectors.auth.proof),
} as const;

function invitesOf(...tokens: Uint8Array[]): Invites {
  const invites = new Invites();
  for (const token of tokens) invites.add(Uint8Array.from(token));
  return invites;
}

describe('the proof', () => {
  it('is the known answer, and names who gave it', () => {
    expect(invitesOf(hexBytes(vectors.link.T)).check(AUTH, NONCE)).toEqual({
      link: 1,
      identity: { id: vectors.lo.idB64, key: AUTH.key, fp: AUTH.fp },
    });
  });

  it('is the one the page makes, and tells which of the tokens it was made with', async () => {
    const [key, fp, nonce] = [65, 32, 32].map((size) => randomBytes(size));
    if (!key || !fp || !nonce) throw new Error('no bytes');
    const tokens = Array.from({ length: 3 }, () => randomBytes(16));
    for (const [index, token] of tokens.entries()) {
      const proof = toBase64Url(await createProof(nodeCrypto, token, nonce, key, fp));
      const auth = { type: 'auth', key: toBase64Url(key), fp: toBase64Url(fp), proof } as const;
      const admission = invitesOf(...tokens).check(auth, toBase64Url(nonce));
      expect(admission?.link).toBe(index + 1);
      expect(admission?.identity.id).toBe(toBase64Url(await computeId(nodeCrypto, key, fp)));
    }
  });

  it.each([
    ['another nonce', AUTH, randomText(32)],
    ['another key', { ...AUTH, key: vectors.hi.keyB64 }, NONCE],
    ['another fingerprint', { ...AUTH, fp: text(vectors.hi.fp) }, NONCE],
    ['a flipped bit', { ...AUTH, proof: text(`6e${vectors.auth.proof.slice(2)}`) }, NONCE],
    ['a shorter proof', { ...AUTH, proof: text(vectors.auth.proof.slice(2)) }, NONCE],
  ])('is not good for %s', (_what, auth, nonce) => {
    expect(invitesOf(hexBytes(vectors.link.T)).check(auth, nonce)).toBeNull();
  });

  it('is not good without a live token', () => {
    expect(new Invites().check(AUTH, NONCE)).toBeNull();
    expect(invitesOf(randomBytes(16)).check(AUTH, NONCE)).toBeNull();
  });
});

it('is not good for a token that was forgotten, whose number is never given again', () => {
  const invites = invitesOf(hexBytes(vectors.link.T), randomBytes(16));
  invites.forget(1);
  expect(invites.check(AUTH, NONCE)).toBeNull();
  expect(invites.tokenOf(1)).toBeUndefined();
  expect(invites.add(hexBytes(vectors.link.T))).toBe(3);
  expect(invites.check(AUTH, NONCE)?.link).toBe(3);
});

it('makes random text of the size asked for', () => {
  expect(fromBase64Url(randomText(32))).toHaveLength(32);
  expect(randomText(32)).not.toBe(randomText(32));
});
