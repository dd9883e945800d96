/** Attacks one sealed box: every bit of it, its padding, its text and its direction. */

import { beforeAll, describe, expect, it } from 'vitest';
import { type Bytes, concatBytes, fromBase64Url, toBase64Url } from '../../../../../main/common/bytes.ts';
import {
  type BoxDirection,
  boxSizeBytes,
  encodeBody,
  openBox,
  sealBox,
} from '../../../../../main/common/e2ee/box.ts';
import { parseClientMessage, parseServerMessage } from '../../../../../main/common/protocol/codec.ts';
import { boxTools, importBoxKey, randomBytes, textCoder } from '../../../../support/crypto/e2ee-tools.ts';
import {
  referenceHeader,
  referencePlaintext,
  referenceSeal,
} from '../../../../support/crypto/reference-e2ee.ts';

const keyBytes = randomBytes(32);
const from = randomBytes(16);
const to = randomBytes(16);
const header = { type: 'chat', seq: 7, base: 5, ack: 3 } as const;
const head = referenceHeader({ ...header, type: 5 });
const body = { id: 1, text: 'hello' };
const refused = { ok: false, error: 'box-refused' };
let direction: BoxDirection;
let box: Bytes;

beforeAll(async () => {
  direction = { key: await importBoxKey(keyBytes, ['encrypt', 'decrypt']), from, to };
  box = await sealBox(boxTools, direction, header, encodeBody(textCoder, body));
});

/** A box with a true tag around any plaintext. */
const around = (plaintext: Uint8Array) => referenceSeal(keyBytes, from, to, head, plaintext);
const open = (bytes: Bytes) => openBox(boxTools, direction, bytes);

describe('box', () => {
  it('opens to what was sealed', async () => {
    expect(await open(box)).toEqual({ ok: true, value: { header, json: body } });
  });

  it('never repeats a nonce', async () => {
    const json = encodeBody(textCoder, body);
    const again = await sealBox(boxTools, direction, header, json);
    expect(again.slice(14, 26)).not.toEqual(box.slice(14, 26));
  });

  it('is refused with any one bit flipped, and one of another version is told apart', async () => {
    for (let bit = 0; bit < box.length * 8; bit++) {
      const forged = box.slice();
      const index = bit >> 3;
      forged[index] = (forged[index] ?? 0) ^ (1 << (bit & 7));
      const expected = index === 0 ? { ok: false, error: 'version' } : refused;
      expect(await open(forged), `bit ${bit}`).toEqual(expected);
    }
  });

  it('is refused cut, lengthened and empty', async () => {
    for (const length of [0, 1, 13, 26, 41, 42, box.length - 1]) {
      expect(await open(box.slice(0, length)), `${length} bytes`).toEqual(refused);
    }
    expect(await open(concatBytes(box, new Uint8Array(1)))).toEqual(refused);
    expect(await open(concatBytes(box, new Uint8Array(256)))).toEqual(refused);
  });

  it('is refused the other way round, from or to others, and with another key', async () => {
    const otherKey = await importBoxKey(randomBytes(32), ['decrypt']);
    const wrong = [
      { ...direction, from: to, to: from },
      { ...direction, from: randomBytes(16) },
      { ...direction, to: randomBytes(16) },
      { ...direction, to: new Uint8Array(16) },
      { ...direction, key: otherKey },
    ];
    for (const other of wrong) expect(await openBox(boxTools, other, box)).toEqual(refused);
  });

  it('is refused under a type that there is not', async () => {
    for (const type of [0, 8, 15, 17, 255]) {
      const odd = referenceSeal(
        keyBytes,
        from,
        to,
        referenceHeader({ ...header, type }),
        referencePlaintext('{}'),
      );
      expect(await open(odd)).toEqual(refused);
    }
  });

  it('is padded to the next multiple of 256', async () => {
    const sizes = [1, 252, 253, 508, 509].map((jsonBytes) => boxSizeBytes(jsonBytes));
    expect(sizes).toEqual([298, 298, 554, 554, 810]);
    for (const jsonBytes of [252, 253]) {
      const json = textCoder.encode(JSON.stringify('x'.repeat(jsonBytes - 2)));
      const sealed = await sealBox(boxTools, direction, header, json);
      expect(sealed.length).toBe(boxSizeBytes(jsonBytes));
      expect((await open(sealed)).ok).toBe(true);
    }
  });

  it('takes 32,764 bytes of JSON and not one more', async () => {
    const largest = textCoder.encode(JSON.stringify('x'.repeat(32_762)));
    const sealed = await sealBox(boxTools, direction, header, largest);
    expect(sealed.length).toBe(42 + 32_768);
    expect((await open(sealed)).ok).toBe(true);
    expect(boxSizeBytes(32_765)).toBeNull();
    await expect(sealBox(boxTools, direction, header, new Uint8Array(32_765))).rejects.toThrow(RangeError);
    const tooLarge = around(referencePlaintext(JSON.stringify('x'.repeat(32_764))));
    expect(await open(tooLarge)).toEqual(refused);
  });

  it('is refused with padding that is not zero, too long, too short or no whole step', async () => {
    const plaintext = referencePlaintext('{}');
    expect((await open(around(plaintext))).ok).toBe(true);
    for (const index of [6, 100, 255]) {
      const dirty = Buffer.from(plaintext);
      dirty[index] = 1;
      expect(await open(around(dirty)), `byte ${index}`).toEqual(refused);
    }
    const longer = Buffer.concat([plaintext, Buffer.alloc(256)]);
    const uneven = Buffer.concat([plaintext, Buffer.alloc(1)]);
    const full = referencePlaintext(`"${'x'.repeat(251)}"`);
    const short = full.subarray(0, 256);
    for (const bad of [longer, uneven, short]) expect(await open(around(bad))).toEqual(refused);
  });

  it('is refused with a length that its plaintext does not have', async () => {
    for (const length of [0, 253, 256, 0x7fff_ffff, 0xffff_ffff]) {
      const lying = referencePlaintext('{}');
      lying.writeUInt32BE(length);
      expect(await open(around(lying)), `length ${length}`).toEqual(refused);
    }
  });

  it.each([
    ['a lone continuation byte', [0x22, 0x80, 0x22]],
    ['an overlong form', [0x22, 0xc0, 0xaf, 0x22]],
    ['a surrogate', [0x22, 0xed, 0xa0, 0x80, 0x22]],
    ['a cut sequence', [0x22, 0xd0, 0x22]],
    ['a byte order mark', [0xef, 0xbb, 0xbf, 0x7b, 0x7d]],
  ])('is refused with %s for UTF-8', async (_, bytes) => {
    expect(await open(around(referencePlaintext(Uint8Array.from(bytes))))).toEqual(refused);
  });

  it.each(['', '{', '{}{}', "{'a':1}", 'undefined', '[1,]'])(
    'is refused when its text is %j',
    async (text) => {
      expect(await open(around(referencePlaintext(text)))).toEqual(refused);
    },
  );

  it('does not get past the parser as text that does not encode again to itself', () => {
    // A whole box of 298 bytes leaves one byte, and four stray bits, in its last two characters.
    const text = toBase64Url(box);
    const last = text.at(-1) ?? '';
    const stray = text.slice(0, -1) + ({ A: 'B', Q: 'R', g: 'h', w: 'x' }[last] ?? '');
    const idText = toBase64Url(from);
    const asServer = (boxText: string) =>
      parseServerMessage(JSON.stringify({ type: 'chat', from: idText, box: boxText })).ok;
    const asClient = (boxText: string) =>
      parseClientMessage(JSON.stringify({ type: 'chat', to: idText, box: boxText })).ok;
    expect([asServer(text), asClient(text)]).toEqual([true, true]);
    for (const bad of [stray, `${text}=`, `${text}\n`, text.replace(/.$/, '+')]) {
      expect([asServer(bad), asClient(bad), fromBase64Url(bad)]).toEqual([false, false, null]);
    }
  });
});
