/** Holds the end-to-end encryption against a second implementation that knows only the formulas, on random input, both ways. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../../../../main/common/bytes.ts';
import {
  BOX_TYPES,
  type BoxType,
  encodeBody,
  openBox,
  sealBox,
} from '../../../../../main/common/e2ee/box.ts';
import { computeId } from '../../../../../main/common/e2ee/identity.ts';
import { derivePresharedKey } from '../../../../../main/common/e2ee/keyring.ts';
import { RoomNames } from '../../../../../main/common/e2ee/room-names.ts';
import { SasRun } from '../../../../../main/common/e2ee/sas.ts';
import { deriveSocketSecrets } from '../../../../../main/common/e2ee/socket-opening.ts';
import { HostKey } from '../../../../../main/server/host-key.ts';
import {
  boxTools,
  derivePairKeys,
  importKeyPair,
  nodeCrypto,
  randomBytes,
  scriptedCrypto,
  textCoder,
} from '../../../../support/crypto/e2ee-tools.ts';
import {
  type ReferencePerson,
  referenceCode,
  referenceCommit,
  referenceHeader,
  referenceNameKey,
  referenceOpen,
  referencePair,
  referencePerson,
  referencePlaintext,
  referencePresharedKey,
  referenceSaid,
  referenceSeal,
  referenceSocket,
  referenceTold,
} from '../../../../support/crypto/reference-e2ee.ts';

const RUNS = { numRuns: 40 };
/** Versions that a side speaks. */
const lists = fc
  .uniqueArray(fc.integer({ min: 1, max: 65_535 }), { minLength: 1, maxLength: 8 })
  .map((versions) => versions.toSorted((a, b) => a - b));
const asBytes = (buffer: Buffer): Bytes => new Uint8Array(buffer);
const u32 = fc.nat({ max: 0xffff_ffff });
const types = fc.constantFrom(...(Object.keys(BOX_TYPES) as BoxType[]));
const headers = fc.record({ type: types, seq: u32, base: u32, ack: u32 });
/** Bodies of all sizes up to the largest that fits. */
const bodies = fc.oneof(
  fc.record({ text: fc.string({ unit: 'grapheme', maxLength: 300 }) }),
  fc.record({ text: fc.nat({ max: 32_700 }).map((length) => 'x'.repeat(length)) }),
);

/** One person of the implementation under test, its peer of the second one. */
async function meet() {
  const secret = randomBytes(32);
  const pair = await nodeCrypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, [
    'deriveBits',
  ]);
  const key = new Uint8Array(await nodeCrypto.subtle.exportKey('raw', pair.publicKey));
  const fp = randomBytes(32);
  const identity = { id: await computeId(nodeCrypto, key, fp), key, fp };
  const peer = referencePerson();
  const presharedKey = await derivePresharedKey(nodeCrypto, secret);
  const own = { identity, privateKey: pair.privateKey, presharedKey };
  const keys = await derivePairKeys(own, publicPart(peer));
  const buffers = { id: Buffer.from(identity.id), key: Buffer.from(key), fp: Buffer.from(fp) };
  return {
    secret,
    identity,
    keys,
    peer,
    theirs: referencePair(peer, buffers, referencePresharedKey(secret)),
  };
}

function publicPart({ id, key, fp }: ReferencePerson) {
  return { id: asBytes(id), key: asBytes(key), fp: asBytes(fp) };
}

describe('second implementation', () => {
  it('opens what the first sealed', async () => {
    await fc.assert(
      fc.asyncProperty(headers, bodies, async (header, body) => {
        const { identity, keys, peer, theirs } = await meet();
        const direction = { key: keys.sealing, from: identity.id, to: asBytes(peer.id) };
        const box = await sealBox(boxTools, direction, header, encodeBody(textCoder, body));
        const opened = referenceOpen(theirs.inward, identity.id, peer.id, box);
        expect(opened.header).toEqual({ ...header, type: BOX_TYPES[header.type] });
        expect(JSON.parse(opened.json)).toEqual(body);
      }),
      RUNS,
    );
  });

  it('seals what the first opens', async () => {
    await fc.assert(
      fc.asyncProperty(headers, bodies, async (header, body) => {
        const { identity, keys, peer, theirs } = await meet();
        const head = referenceHeader({ ...header, type: BOX_TYPES[header.type] });
        const plaintext = referencePlaintext(JSON.stringify(body));
        const box = referenceSeal(theirs.outward, peer.id, identity.id, head, plaintext);
        const direction = { key: keys.opening, from: asBytes(peer.id), to: identity.id };
        expect(await openBox(boxTools, direction, box)).toEqual({ ok: true, value: { header, json: body } });
      }),
      RUNS,
    );
  });

  it('agrees on names for the room', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ minLength: 1, maxLength: 30 }), u32.filter(Boolean), async (name, seq) => {
        const secret = randomBytes(32);
        const id = randomBytes(16);
        const names = await RoomNames.create(boxTools, secret);
        const everyone = Buffer.alloc(16);
        const box = await names.seal(id, seq, name);
        const opened = referenceOpen(referenceNameKey(secret), id, everyone, box);
        expect(opened).toEqual({
          header: { type: 16, seq, base: 0, ack: 0 },
          json: JSON.stringify({ name }),
        });
        const head = referenceHeader({ type: 16, seq, base: 0, ack: 0 });
        const plaintext = referencePlaintext(JSON.stringify({ name }));
        const theirs = referenceSeal(referenceNameKey(secret), id, everyone, head, plaintext);
        expect(await names.open(id, theirs)).toBe(name);
      }),
      RUNS,
    );
  });

  it('agrees on what page and host share on a socket, and the host’s own code with both', async () => {
    const host = new HostKey();
    await fc.assert(
      fc.asyncProperty(
        fc.webUrl({ validSchemes: ['http', 'https'] }),
        lists,
        lists,
        async (url, ours, theirs) => {
          const address = new URL(url).origin;
          const page = referencePerson();
          const token = randomBytes(16);
          const claim = { nonce: randomBytes(32), address, versions: ours };
          // Which of them was taken is for others to check.
          const offer = { versions: theirs, version: ours[0] ?? 1 };
          const hostNonce = randomBytes(32);
          const hostKey = new Uint8Array(Buffer.from(host.publicKey, 'base64url'));
          const expected = referenceSocket(page, token, claim, hostKey, hostNonce, offer);

          const jwk = { kty: 'EC', crv: 'P-256', d: page.privateKey.toString('base64url') };
          const point = { x: page.key.subarray(1, 33), y: page.key.subarray(33) };
          const [x, y] = [point.x.toString('base64url'), point.y.toString('base64url')];
          const { privateKey } = await importKeyPair({ ...jwk, x, y }, asBytes(page.key));
          const { key, fp } = publicPart(page);
          const own = { ...claim, key, fp };
          const secrets = await deriveSocketSecrets(nodeCrypto, privateKey, token, own, {
            ...{ hostKey, hostNonce, hostVersions: theirs, version: offer.version },
          });
          expect(secrets).toEqual({
            hostProof: asBytes(expected.hostProof),
            said: asBytes(expected.said),
            told: asBytes(expected.told),
          });

          const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
          const binary = { key: text(key), fp: text(fp), nonce: text(claim.nonce), proof: text(hostNonce) };
          const hello = { type: 'hello', versions: ours, ...binary, address } as const;
          const shared = host.share(hello, token, { ...offer, nonce: text(hostNonce) });
          expect(shared?.hostProof).toBe(text(expected.hostProof));
          for (let number = 1; number <= 3; number++) {
            const frame = shared?.prove(`{"type":"moved","url":"${url}"}`) ?? '';
            expect(referenceSaid(expected.said, number, frame)).toEqual({
              message: `{"type":"moved","url":"${url}"}`,
              holds: true,
            });
            expect(referenceSaid(expected.said, number + 1, frame).holds).toBe(false);
            const told = `{"type":"report","id":"${number}"}`;
            expect(shared?.verify(Buffer.from(referenceTold(expected.told, number + 1, told)))).toBeNull();
            expect(shared?.verify(Buffer.from(referenceTold(expected.told, number, told)))).toBe(told);
          }
        },
      ),
      RUNS,
    );
  });

  it('agrees on the code', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constant(null), async () => {
        const { keys, theirs } = await meet();
        const nonce = randomBytes(32);
        const theirNonce = randomBytes(32);
        const own = await SasRun.create(scriptedCrypto({ random: [nonce] }), keys);
        const theirText = Buffer.from(theirNonce).toString('base64url');
        const [nonceLo, nonceHi] = theirs.isLo ? [theirNonce, nonce] : [nonce, theirNonce];
        const expected = referenceCode(theirs.secret, theirs.th, nonceLo, nonceHi).emoji;
        own.start();
        if (theirs.isLo) {
          const commit = referenceCommit(theirs.th, theirNonce).toString('base64url');
          await own.handle({ step: 1, commit });
          await own.handle({ step: 3, nonce: theirText });
        } else {
          await own.handle({ step: 2, nonce: theirText });
        }
        expect(own.state).toEqual({ phase: 'done', code: expected });
      }),
      RUNS,
    );
  });
});
