/** Checks the names in the roster: one size, the newest holds, forgeries of another shape do not. */

import { beforeAll, describe, expect, it } from 'vitest';
import { fitName, RoomNames } from '../../../../../main/common/e2ee/room-names.ts';
import { boxTools, randomBytes, textCoder } from '../../../../support/crypto/e2ee-tools.ts';
import {
  referenceHeader,
  referenceNameKey,
  referencePlaintext,
  referenceSeal,
} from '../../../../support/crypto/reference-e2ee.ts';

const secret = randomBytes(32);
const id = randomBytes(16);
const everyone = new Uint8Array(16);
let names: RoomNames;
/** Of another computer that has the secret. */
let theirs: RoomNames;

beforeAll(async () => {
  theirs = await RoomNames.create(boxTools, secret);
});

async function fresh(): Promise<RoomNames> {
  names = await RoomNames.create(boxTools, secret);
  return names;
}

/** A box with any header and JSON, sealed as somebody with the secret can. */
function forged(
  header: { type?: number; seq?: number; base?: number; ack?: number },
  json = '{"name":"Eve"}',
) {
  const head = referenceHeader({ type: 16, seq: 9, base: 0, ack: 0, ...header });
  return referenceSeal(referenceNameKey(secret), id, everyone, head, referencePlaintext(json));
}

describe('room names', () => {
  it('are one size for every name', async () => {
    const long = fitName('Ж'.repeat(100));
    for (const name of ['A', 'Ада', '👩‍👩‍👧', long]) {
      const box = await theirs.seal(id, 1, name);
      expect(box.length).toBe(298);
      expect(await (await fresh()).open(id, box)).toBe(name);
    }
  });

  it('hold the newest: a repeated or older box changes nothing', async () => {
    const first = await theirs.seal(id, 1, 'Ada');
    const second = await theirs.seal(id, 2, 'Ada L.');
    await fresh();
    expect(await names.open(id, first)).toBe('Ada');
    expect(await names.open(id, first)).toBe('Ada');
    expect(await names.open(id, second)).toBe('Ada L.');
    expect(await names.open(id, first)).toBe('Ada L.');
    expect(await names.open(id, await theirs.seal(id, 2, 'Eve'))).toBe('Ada L.');
  });

  it('belong to one id', async () => {
    const box = await theirs.seal(id, 1, 'Ada');
    const other = randomBytes(16);
    await fresh();
    expect(await names.open(other, box)).toBeNull();
    expect(await names.open(id, box)).toBe('Ada');
    expect(await names.open(other, await theirs.seal(other, 1, 'Bob'))).toBe('Bob');
  });

  it('do not open without the secret', async () => {
    const outsider = await RoomNames.create(boxTools, randomBytes(32));
    expect(await outsider.open(id, await theirs.seal(id, 1, 'Ada'))).toBeNull();
  });

  it('keep the name known when a damaged box comes', async () => {
    await fresh();
    await names.open(id, await theirs.seal(id, 1, 'Ada'));
    const damaged = await theirs.seal(id, 2, 'Bob');
    damaged[100] = (damaged[100] ?? 0) ^ 1;
    expect(await names.open(id, damaged)).toBe('Ada');
  });

  it.each([
    ['a true box', forged({}), 'Eve'],
    ['another type', forged({ type: 6 }), null],
    ['number 0', forged({ seq: 0 }), null],
    ['a base', forged({ base: 1 }), null],
    ['an ack', forged({ ack: 1 }), null],
    ['another size', forged({}, JSON.stringify({ name: '\u0001'.repeat(64) })), null],
    ['a further field', forged({}, '{"name":"Eve","admin":true}'), null],
    ['an empty name', forged({}, '{"name":""}'), null],
    ['65 units', forged({}, JSON.stringify({ name: 'x'.repeat(65) })), null],
  ])('are refused with %s', async (_, box, expected) => {
    expect(await (await fresh()).open(id, box)).toBe(expected);
  });

  it('are remembered for 4,096 ids, the longest unheard of goes first', async () => {
    await fresh();
    const kept = randomBytes(16);
    await names.open(id, await theirs.seal(id, 2, 'Ada'));
    await names.open(kept, await theirs.seal(kept, 1, 'Bob'));
    for (let count = 0; count < 4_094; count++) {
      const other = randomBytes(16);
      await names.open(other, await theirs.seal(other, 1, 'x'));
    }
    const older = await theirs.seal(id, 1, 'Eve');
    expect(await names.open(id, older)).toBe('Ada');
    await names.open(kept, await theirs.seal(kept, 2, 'Bob 2'));
    const last = randomBytes(16);
    await names.open(last, await theirs.seal(last, 1, 'y'));
    expect(await names.open(id, older)).toBe('Eve');
    expect(await names.open(kept, older)).toBe('Bob 2');
  });

  it('are not sealed when empty or too long', async () => {
    for (const name of ['', 'x'.repeat(65), '\u0000'.repeat(64)]) {
      await expect(theirs.seal(id, 1, name)).rejects.toThrow(RangeError);
    }
  });
});

describe('fitName', () => {
  it('leaves what fits', () => {
    for (const name of ['', 'Ada', 'Ж'.repeat(64), '😀'.repeat(32)]) expect(fitName(name)).toBe(name);
  });

  it('cuts whole characters at 64 units', () => {
    expect(fitName('x'.repeat(65))).toBe('x'.repeat(64));
    expect(fitName(`${'x'.repeat(63)}😀`)).toBe('x'.repeat(63));
  });

  it('cuts at 240 bytes of JSON, counting escapes as they are written', () => {
    for (const character of ['\u0000', '\ud800', '\n', '"', '\u007f', '߿', '￿', '😀', '\u2028']) {
      const fitted = fitName(character.repeat(64));
      const jsonBytes = (name: string) => textCoder.encode(JSON.stringify({ name })).length;
      expect(jsonBytes(fitted)).toBeLessThanOrEqual(240);
      const more = fitted + character;
      expect(more.length > 64 || jsonBytes(more) > 240).toBe(true);
    }
  });
});
