/** Throws damaged, forged and random bytes at what opens boxes and reads links: all refused, nothing thrown. */

import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { type Bytes, fromBase64Url, toBase64Url } from '../../main/common/bytes.ts';
import { type BoxDirection, openBox, sealBox } from '../../main/common/e2ee/box.ts';
import { acceptRosterEntry } from '../../main/common/e2ee/identity.ts';
import { formatFragment, parseFragment, readPinnedFragment } from '../../main/common/e2ee/invite-link.ts';
import { ok } from '../../main/common/result.ts';
import { boxTools, importBoxKey, nodeCrypto, randomBytes, textCoder } from '../support/crypto/e2ee-tools.ts';
import { inputs } from '../support/random/fuzz-inputs.ts';

let direction: BoxDirection;
let box: Bytes;

beforeAll(async () => {
  const key = await importBoxKey(randomBytes(32), ['encrypt', 'decrypt']);
  direction = { key, from: randomBytes(16), to: randomBytes(16) };
  const header = { type: 'chat', seq: 1, base: 1, ack: 0 } as const;
  box = await sealBox(boxTools, direction, header, textCoder.encode('{"id":1,"text":"x"}'));
});

const anyBytes = fc.uint8Array({ maxLength: 1_000 }).map((bytes) => Uint8Array.from(bytes));

const exactly = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => toBase64Url(bytes));

it('opens nothing but the box itself', async () => {
  const change = fc.record({ at: fc.nat({ max: 297 }), by: fc.integer({ min: 1, max: 255 }) });
  const mutations = fc.record({
    changes: fc.array(change, { maxLength: 4 }),
    cut: fc.nat({ max: 298 }),
    tail: fc.uint8Array({ maxLength: 300 }),
  });
  await fc.assert(
    fc.asyncProperty(mutations, async ({ changes, cut, tail }) => {
      const forged = Uint8Array.from([...box.slice(0, box.length - (cut % 3 === 0 ? cut : 0)), ...tail]);
      for (const { at, by } of changes) if (at < forged.length) forged[at] = (forged[at] ?? 0) ^ by;
      const same = toBase64Url(forged) === toBase64Url(box);
      expect((await openBox(boxTools, direction, forged)).ok).toBe(same);
    }),
    inputs('boxes, damaged'),
  );
});

it('opens no random bytes', async () => {
  await fc.assert(
    fc.asyncProperty(anyBytes, async (bytes) => {
      expect((await openBox(boxTools, direction, bytes)).ok).toBe(false);
    }),
    inputs('boxes, random'),
  );
});

it('reads no text as bytes that it would not write for them', () => {
  const alphabet = fc.constantFrom(...'AQgwBCxyz019-_+/= \n.é');
  fc.assert(
    fc.property(fc.string({ unit: alphabet, maxLength: 24 }), (text) => {
      const bytes = fromBase64Url(text);
      if (bytes !== null) expect(toBase64Url(bytes)).toBe(text);
    }),
    inputs('base64url'),
  );
});

const linkPart = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'AEgwz09-_'), minLength: length - 1, maxLength: length + 1 });

it('reads no link that it would not write, but for the tail', () => {
  const tails = fc.constantFrom('', '?a', '/', '&b#', 'x');
  fc.assert(
    fc.property(linkPart(43), linkPart(22), tails, (secret, token, tail) => {
      const link = parseFragment(`#${secret}.${token}${tail}`);
      if (link === null) return;
      // Signs of emphasis behind a token are of its alphabet.
      const [written, added = ''] = `#${secret}.${token}`.split(/(?<=\..{22})/s);
      expect([formatFragment(link), added.replace(/[-_]/g, '')]).toEqual([written, '']);
    }),
    inputs('link fragments'),
  );
});

it('takes of a certificate all or none, and gives no link to who relies on it where it is damaged', () => {
  const certificates = fc
    .tuple(linkPart(43), fc.constantFrom('', '?a', '/', '.x', 'x'))
    .map((two) => two.join(''));
  fc.assert(
    fc.property(exactly(32), exactly(16), certificates, (secret, token, certificate) => {
      const browsers = parseFragment(`#${secret}.${token}.${certificate}`);
      if (browsers === null) throw new Error('a whole link was refused');
      expect(formatFragment({ ...browsers, certificate: null })).toBe(`#${secret}.${token}`);
      const pinned = readPinnedFragment(`#${secret}.${token}.${certificate}`);
      expect(pinned).toEqual(
        browsers.certificate === null ? expect.objectContaining({ ok: false }) : ok(browsers),
      );
      if (!pinned.ok) return;
      expect(formatFragment(pinned.value)).toBe(`#${secret}.${token}.${certificate.slice(0, 43)}`);
      expect(certificate.slice(43)).toMatch(/^[-_]*(?:[?/.].*)?$/);
    }),
    inputs('link certificates'),
  );
});

it('accepts no identity that was made up', async () => {
  const text = anyBytes.map(toBase64Url);
  const entry = fc.record({
    id: fc.oneof(text, exactly(16)),
    key: fc.oneof(text, exactly(65), exactly(33)),
    fp: fc.oneof(text, exactly(32)),
  });
  await fc.assert(
    fc.asyncProperty(entry, async (claimed) => {
      expect(await acceptRosterEntry(nodeCrypto, claimed)).toBeNull();
    }),
    inputs('roster entries'),
  );
});
