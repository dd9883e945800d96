/** Checks whose key, fingerprint and id are believed. */

import { describe, expect, it } from 'vitest';
import { type Bytes, concatBytes, toBase64Url } from '../../../../../main/common/bytes.ts';
import {
  acceptRosterEntry,
  computeId,
  importPublicKey,
  type PublicIdentity,
  parseFingerprint,
} from '../../../../../main/common/e2ee/identity.ts';
import { nodeCrypto, randomBytes } from '../../../../support/crypto/e2ee-tools.ts';
import { referencePerson } from '../../../../support/crypto/reference-e2ee.ts';

function stranger(): PublicIdentity {
  const { id, key, fp } = referencePerson();
  return { id: new Uint8Array(id), key: new Uint8Array(key), fp: new Uint8Array(fp) };
}

const entryOf = ({ id, key, fp }: PublicIdentity) => ({
  id: toBase64Url(id),
  key: toBase64Url(key),
  fp: toBase64Url(fp),
});

/** An entry whose id fits, whatever key and fingerprint are. */
async function claim(key: Bytes, fp: Bytes) {
  return entryOf({ id: await computeId(nodeCrypto, key, fp), key, fp });
}

describe('roster entry', () => {
  it('is accepted as it is', async () => {
    const person = stranger();
    expect(await acceptRosterEntry(nodeCrypto, entryOf(person))).toEqual(person);
  });

  it('is refused with an id that was not computed from key and fingerprint', async () => {
    const person = stranger();
    const other = stranger();
    for (const swapped of [{ id: other.id }, { key: other.key }, { fp: other.fp }]) {
      expect(await acceptRosterEntry(nodeCrypto, entryOf({ ...person, ...swapped }))).toBeNull();
    }
  });

  it('is refused with a point of 33 bytes, which WebCrypto imports', async () => {
    const { key, fp } = stranger();
    const compressed = concatBytes(Uint8Array.of(2 + ((key[64] ?? 0) & 1)), key.slice(1, 33));
    const curve = { name: 'ECDH', namedCurve: 'P-256' };
    await expect(nodeCrypto.subtle.importKey('raw', compressed, curve, true, [])).resolves.toBeDefined();
    expect(await importPublicKey(nodeCrypto, compressed)).toBeNull();
    expect(await acceptRosterEntry(nodeCrypto, await claim(compressed, fp))).toBeNull();
  });

  it('is refused with 65 bytes that are no point, in another form, or none of the curve', async () => {
    const { key, fp } = stranger();
    const hybrid = concatBytes(Uint8Array.of(6), key.slice(1));
    const offCurve = key.slice();
    offCurve[64] = (offCurve[64] ?? 0) ^ 1;
    for (const bad of [new Uint8Array(65), hybrid, offCurve]) {
      expect(await acceptRosterEntry(nodeCrypto, await claim(bad, fp))).toBeNull();
    }
  });

  it('is refused with a fingerprint or id of another length', async () => {
    const person = stranger();
    expect(await acceptRosterEntry(nodeCrypto, await claim(person.key, randomBytes(31)))).toBeNull();
    const shortId = { ...person, id: person.id.slice(0, 15) };
    expect(await acceptRosterEntry(nodeCrypto, entryOf(shortId))).toBeNull();
  });

  it('is refused when its text is not canonical', async () => {
    const entry = entryOf(stranger());
    const last = entry.id.at(-1) ?? '';
    const stray = { A: 'B', Q: 'R', g: 'h', w: 'x' }[last] ?? '';
    expect(await acceptRosterEntry(nodeCrypto, { ...entry, id: entry.id.slice(0, -1) + stray })).toBeNull();
    expect(await acceptRosterEntry(nodeCrypto, { ...entry, fp: `${entry.fp}=` })).toBeNull();
  });
});

describe('fingerprint', () => {
  const bytes = randomBytes(32);
  const text = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join(':');

  it('is read in either case', () => {
    expect(parseFingerprint(text)).toEqual(bytes);
    expect(parseFingerprint(text.toUpperCase())).toEqual(bytes);
  });

  it.each([
    ['31 bytes', text.slice(3)],
    ['33 bytes', `${text}:00`],
    ['no colons', text.replaceAll(':', '')],
    ['a space', ` ${text}`],
    ['a line end', `${text}\n`],
    ['no hex', text.replace(/^../, 'gg')],
  ])('is refused with %s', (_, bad) => {
    expect(parseFingerprint(bad)).toBeNull();
  });
});
