/** Throws damaged, forged and random bytes at what opens boxes and reads links: all refused, nothing thrown. */

import fc from 'fast-check';
import { beforeAll, expect, it } from 'vitest';
import { type Bytes, fromBase64Url, toBase64Url } from '../../main/common/bytes.ts';
import { type BoxDirection, openBox, sealBox } from '../../main/common/e2ee/box.ts';
import { acceptRosterEntry } from '../../main/common/e2ee/identity.ts';
import { formatFragment, parseFragment } from '../../main/common/e2ee/invite-link.ts';
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

it('reads no link that it would not write, but for the tail', () => {
  const part = (length: number) =>
    fc.string({ unit: fc.constantFrom(...'AEgwz09-_'), minLength: length - 1, maxLength: length + 1 });
  fc.assert(
    fc.property(part(43), part(22), fc.constantFrom('', '?a', '/', '&b#', 'x'), (secret, token, tail) => {
      const link = parseFragment(`#${secret}.${token}${tail}`);
      if (link === null) return;
      // Signs of emphasis behind a token are of its alphabet.
      const [written, added = ''] = `#${secret}.${token}`.split(/(?<=\..{22})/s);
      expect([formatFragment(link), added.replace(/[-_]/g, '')]).toEqual([written, '']);
    }),
    inputs('link fragments'),
  );
});

it('accepts no identity that was made up', async () => {
  const text = anyBytes.map(toBase64Url);
  const exact = (length: number) =>
    fc.uint8Array({ minLength: length, maxLength: length }).map((bytes) => toBase64Url(bytes));
  const entry = fc.record({
    id: fc.oneof(text, exact(16)),
    key: fc.oneof(text, exact(65), exact(33)),
    fp: fc.oneof(text, exact(32)),
  });
  await fc.assert(
    fc.asyncProperty(entry, async (claimed) => {
      expect(await acceptRosterEntry(nodeCrypto, claimed)).toBeNull();
    }),
    inputs('roster entries'),
  );
});
