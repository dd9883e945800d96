/** Holds the end-to-end encryption against the known answers of protocol version 1, field by field. */

import { describe, expect, it } from 'vitest';
import { toBase64Url } from '../../../../../main/common/bytes.ts';
import { createProof } from '../../../../../main/common/e2ee/admission.ts';
import { type BoxType, openBox, sealBox } from '../../../../../main/common/e2ee/box.ts';
import { acceptRosterEntry, computeId } from '../../../../../main/common/e2ee/identity.ts';
import { formatFragment, parseFragment } from '../../../../../main/common/e2ee/invite-link.ts';
import { derivePresharedKey } from '../../../../../main/common/e2ee/keyring.ts';
import { RoomNames } from '../../../../../main/common/e2ee/room-names.ts';
import { SasRun } from '../../../../../main/common/e2ee/sas.ts';
import {
  boxTools,
  derivePairKeys,
  hexBytes,
  importBoxKey,
  importKeyPair,
  nodeCrypto,
  scriptedCrypto,
  textCoder,
  toHex,
} from '../../../../support/crypto/e2ee-tools.ts';
import {
  referenceCode,
  referenceCommit,
  referenceNameKey,
  referencePair,
  referencePerson,
  referenceProof,
} from '../../../../support/crypto/reference-e2ee.ts';
import vectors from '../../../../support/crypto/vectors.json' with { type: 'json' };

type Side = 'lo' | 'hi';

const secret = hexBytes(vectors.link.S);
const token = hexBytes(vectors.link.T);
const identityOf = (side: Side) => ({
  id: hexBytes(vectors[side].id),
  key: hexBytes(vectors[side].key),
  fp: hexBytes(vectors[side].fp),
});
const identities = { lo: identityOf('lo'), hi: identityOf('hi') };
const opposite = { lo: 'hi', hi: 'lo' } as const;
const directionKey = { lo: vectors.keys.loHi, hi: vectors.keys.hiLo };

async function keysOf(side: Side) {
  const { privateJwk, key } = vectors[side];
  const { privateKey } = await importKeyPair(privateJwk, hexBytes(key));
  const presharedKey = await derivePresharedKey(nodeCrypto, secret);
  const own = { identity: identities[side], privateKey, presharedKey };
  return derivePairKeys(own, identities[opposite[side]]);
}

function referenceOf(side: Side) {
  const jwk = vectors[side].privateJwk;
  return referencePerson(Buffer.from(jwk.d, 'base64url'), hexBytes(vectors[side].fp));
}

/** Which way a box of the vectors goes. */
const fromOf = (what: string): Side => (what.startsWith('lo') ? 'lo' : 'hi');

describe('known answers', () => {
  it('reads and writes the fragment', () => {
    const link = { secret, token, certificate: null };
    expect(parseFragment(vectors.link.fragmentB64)).toEqual(link);
    expect(formatFragment(link)).toBe(vectors.link.fragmentB64);
  });

  it.each(['lo', 'hi'] as const)('identifies %s', async (side) => {
    const { id, key, fp } = identities[side];
    expect(toHex(await computeId(nodeCrypto, key, fp))).toBe(vectors[side].id);
    expect(toBase64Url(key)).toBe(vectors[side].keyB64);
    expect(toBase64Url(id)).toBe(vectors[side].idB64);
    const entry = { id: vectors[side].idB64, key: vectors[side].keyB64, fp: toBase64Url(fp) };
    expect(await acceptRosterEntry(nodeCrypto, entry)).toEqual(identities[side]);
    expect(toHex(referenceOf(side).key)).toBe(vectors[side].key);
    expect(toHex(referenceOf(side).id)).toBe(vectors[side].id);
  });

  it('orders the ids as bytes, which is not their order as text', () => {
    expect(vectors.lo.idB64 > vectors.hi.idB64).toBe(true);
  });

  it('proves the invitation', async () => {
    const nonce = hexBytes(vectors.auth.challengeNonce);
    const { key, fp } = identities.lo;
    expect(toHex(await createProof(nodeCrypto, token, { nonce, key, fp, address: '' }))).toBe(
      vectors.auth.proof,
    );
    expect(toHex(referenceProof(token, nonce, key, fp, ''))).toBe(vectors.auth.proof);
  });

  it.each(['lo', 'hi'] as const)('derives the keys as %s', async (side) => {
    expect(toHex(await derivePresharedKey(nodeCrypto, secret))).toBe(vectors.keys.psk);
    const { role, transcript } = await keysOf(side);
    expect(role).toBe(side);
    expect(toHex(transcript)).toBe(vectors.keys.th);
    const reference = referencePair(referenceOf(side), identitiesAsBuffers(side), hexBytes(vectors.keys.psk));
    expect(toHex(reference.ecdh)).toBe(vectors.keys.ecdh);
    expect(toHex(reference.loHi)).toBe(vectors.keys.loHi);
    expect(toHex(reference.hiLo)).toBe(vectors.keys.hiLo);
    expect(toHex(referenceNameKey(secret))).toBe(vectors.keys.nameKey);
  });

  it.each(vectors.boxes.filter(({ type }) => type !== 'room'))('seals and opens: $what', async (known) => {
    const from = fromOf(known.what);
    const to = opposite[from];
    const ids = { from: identities[from].id, to: identities[to].id };
    const header = { type: known.type as BoxType, seq: known.seq, base: known.base, ack: known.ack };
    const tools = { crypto: scriptedCrypto({ random: [hexBytes(known.nonce)] }), text: textCoder };
    const { sealing } = await keysOf(from);
    const box = await sealBox(tools, { key: sealing, ...ids }, header, textCoder.encode(known.text));
    expect(toHex(box)).toBe(known.box);
    expect(toBase64Url(box)).toBe(known.boxB64);
    const opened = { ok: true, value: { header, json: JSON.parse(known.text) } };
    const { opening } = await keysOf(to);
    expect(await openBox(boxTools, { key: opening, ...ids }, box)).toEqual(opened);
    const bareKey = await importBoxKey(hexBytes(directionKey[from]), ['decrypt']);
    expect(await openBox(boxTools, { key: bareKey, ...ids }, box)).toEqual(opened);
  });

  it('seals and opens the name for the room', async () => {
    const known = vectors.boxes.find(({ type }) => type === 'room');
    if (known === undefined) throw new Error('no room box among the known answers');
    const { name } = JSON.parse(known.text);
    const crypto = scriptedCrypto({ random: [hexBytes(known.nonce)] });
    const names = await RoomNames.create({ crypto, text: textCoder }, secret);
    const box = await names.seal(identities.lo.id, known.seq, name);
    expect(toHex(box)).toBe(known.box);
    expect(toBase64Url(box)).toBe(known.boxB64);
    const opening = await RoomNames.create(boxTools, secret);
    expect(await opening.open(identities.lo.id, box)).toBe(name);
  });

  it('runs the verification code', async () => {
    const nonces = { lo: hexBytes(vectors.sas.nLo), hi: hexBytes(vectors.sas.nHi) };
    const lo = await SasRun.create(scriptedCrypto({ random: [nonces.lo] }), await keysOf('lo'));
    const hi = await SasRun.create(scriptedCrypto({ random: [nonces.hi] }), await keysOf('hi'));
    const [first] = lo.start();
    if (first === undefined) throw new Error('lo did not begin');
    expect(first).toEqual({ step: 1, commit: toBase64Url(hexBytes(vectors.sas.commit)) });
    const [second] = await hi.handle(first);
    if (second === undefined) throw new Error('hi did not answer');
    expect(second).toEqual({ step: 2, nonce: toBase64Url(nonces.hi) });
    const [third] = await lo.handle(second);
    if (third === undefined) throw new Error('lo did not reveal');
    expect(third).toEqual({ step: 3, nonce: toBase64Url(nonces.lo) });
    expect(await hi.handle(third)).toEqual([]);
    const done = { phase: 'done', code: vectors.sas.emoji };
    expect([lo.state, hi.state]).toEqual([done, done]);
  });

  it('agrees with the second implementation on commit and code', () => {
    const th = hexBytes(vectors.keys.th);
    const nonces = [hexBytes(vectors.sas.nLo), hexBytes(vectors.sas.nHi)] as const;
    const pairSecret = hexBytes(vectors.keys.ecdh + vectors.keys.psk);
    expect(toHex(referenceCommit(th, nonces[0]))).toBe(vectors.sas.commit);
    const { salt, code, emoji } = referenceCode(pairSecret, th, ...nonces);
    expect(toHex(salt)).toBe(vectors.sas.codeSalt);
    expect(toHex(code)).toBe(vectors.sas.code);
    expect(emoji).toEqual(vectors.sas.emoji);
  });
});

function identitiesAsBuffers(side: Side) {
  const { id, key, fp } = identities[opposite[side]];
  return { id: Buffer.from(id), key: Buffer.from(key), fp: Buffer.from(fp) };
}
