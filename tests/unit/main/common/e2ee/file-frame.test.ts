/** Holds a file's frames against the known answers, a second implementation, and everything that must not open. */

import { describe, expect, it } from 'vitest';
import { type Bytes, equalBytes } from '../../../../../main/common/bytes.ts';
import type { BoxDirection } from '../../../../../main/common/e2ee/box.ts';
import {
  type FileFrameHeader,
  openFileFrame,
  readFileHeader,
  sealFileFrame,
} from '../../../../../main/common/e2ee/file-frame.ts';
import { derivePresharedKey } from '../../../../../main/common/e2ee/keyring.ts';
import { agreeOnSecret, deriveBoxKeys } from '../../../../../main/common/e2ee/pair-keys.ts';
import { FILE_BLOCK_BYTES, FILE_BLOCKS_MAX } from '../../../../../main/common/protocol/file-limits.ts';
import {
  hexBytes,
  importKeyPair,
  nodeCrypto,
  randomBytes,
  scriptedCrypto,
  toHex,
} from '../../../../support/crypto/e2ee-tools.ts';
import {
  referenceHeader,
  referencePair,
  referencePerson,
  referenceSeal,
} from '../../../../support/crypto/reference-e2ee.ts';
import vectors from '../../../../support/crypto/vectors.json' with { type: 'json' };

type Side = 'lo' | 'hi';
const opposite = { lo: 'hi', hi: 'lo' } as const;
const identityOf = (side: Side) => ({
  id: hexBytes(vectors[side].id),
  key: hexBytes(vectors[side].key),
  fp: hexBytes(vectors[side].fp),
});
const keyOf = { lo: hexBytes(vectors.keys.fileLoHi), hi: hexBytes(vectors.keys.fileHiLo) };

async function keysOf(side: Side) {
  const { privateKey } = await importKeyPair(vectors[side].privateJwk, hexBytes(vectors[side].key));
  const presharedKey = await derivePresharedKey(nodeCrypto, hexBytes(vectors.link.S));
  const own = { identity: identityOf(side), privateKey, presharedKey };
  const secret = await agreeOnSecret(nodeCrypto, own, identityOf(opposite[side]));
  return deriveBoxKeys(nodeCrypto, secret, 'file');
}

const idsOf = (from: Side) => ({ from: identityOf(from).id, to: identityOf(opposite[from]).id });
const outward = async (from: Side) => ({ key: (await keysOf(from)).sealing, ...idsOf(from) });
const inward = async (from: Side) => ({ key: (await keysOf(opposite[from])).opening, ...idsOf(from) });

const TYPES = { data: 1, ack: 2 } as const;
const DATA: FileFrameHeader = { type: 'data', file: 7, block: 3, offset: 262_102 };
const ACK: FileFrameHeader = { type: 'ack', file: 7, block: 3, offset: 0 };

const sealTo = async (direction: BoxDirection, header: FileFrameHeader, size: number) =>
  new Uint8Array(await sealFileFrame(nodeCrypto, direction, { ...header, content: new Uint8Array(size) }));

/** As the second implementation makes a frame, wrong ones too. */
function foreign(
  from: Side,
  head: { type: number; file: number; block: number; offset: number },
  content: Bytes,
) {
  const { id } = identityOf(from);
  const header = referenceHeader({ type: head.type, seq: head.file, base: head.block, ack: head.offset });
  return referenceSeal(keyOf[from], id, idsOf(from).to, header, content);
}

describe('the keys of files', () => {
  it('are the known ones, and none of the boxes', () => {
    const lo = referencePerson(Buffer.from(vectors.lo.privateJwk.d, 'base64url'), hexBytes(vectors.lo.fp));
    const { id, key, fp } = identityOf('hi');
    const other = { id: Buffer.from(id), key: Buffer.from(key), fp: Buffer.from(fp) };
    const { fileLoHi, fileHiLo } = referencePair(lo, other, hexBytes(vectors.keys.psk));
    expect([toHex(fileLoHi), toHex(fileHiLo)]).toEqual([vectors.keys.fileLoHi, vectors.keys.fileHiLo]);
    const all = Object.values(vectors.keys);
    expect(new Set(all).size).toBe(all.length);
  });
});

describe('a frame', () => {
  it.each(vectors.frames)('is the known one: $what', async (known) => {
    const from = known.from as Side;
    const header = {
      type: known.type as FileFrameHeader['type'],
      file: known.file,
      block: known.block,
      offset: known.offset,
    };
    const crypto = scriptedCrypto({ random: [hexBytes(known.nonce)] });
    const content = hexBytes(known.content);
    const frame = new Uint8Array(await sealFileFrame(crypto, await outward(from), { ...header, content }));
    expect(toHex(frame)).toBe(known.frame);
    const opened = await openFileFrame(nodeCrypto, await inward(from), frame);
    expect(opened).toEqual({ ...header, content });
  });

  it.each(['lo', 'hi'] as const)('opens as %s’s second implementation seals it', async (from) => {
    for (const [header, content] of [
      [DATA, randomBytes(5_000)],
      [ACK, randomBytes(32)],
    ] as const) {
      const frame = foreign(from, { ...header, type: TYPES[header.type] }, content);
      expect(await openFileFrame(nodeCrypto, await inward(from), frame)).toEqual({ ...header, content });
    }
  });

  it('is never the same twice', async () => {
    const direction = await outward('lo');
    const [one, two] = await Promise.all([1, 2].map(() => sealTo(direction, DATA, 100)));
    expect(one !== undefined && two !== undefined && equalBytes(one, two)).toBe(false);
  });

  it('opens where it lies in the middle of a larger buffer', async () => {
    const frame = await sealTo(await outward('lo'), ACK, 32);
    const larger = new Uint8Array(frame.length + 20);
    larger.set(frame, 10);
    const within = larger.subarray(10, 10 + frame.length);
    expect(await openFileFrame(nodeCrypto, await inward('lo'), within)).toMatchObject(ACK);
  });

  it('does not open after any of its bits was changed', async () => {
    const direction = await inward('lo');
    const frame = await sealTo(await outward('lo'), ACK, 32);
    for (let bit = 0; bit < frame.length * 8; bit++) {
      const changed = frame.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await openFileFrame(nodeCrypto, direction, changed), `bit ${bit}`).toBeNull();
    }
  });

  it('does not open for anybody else, the other way round, or as a box', async () => {
    const frame = await sealTo(await outward('lo'), DATA, 10);
    const right = await inward('lo');
    const stranger = randomBytes(16);
    for (const direction of [
      { ...right, to: stranger },
      { ...right, from: stranger },
      { ...right, from: right.to, to: right.from },
      await inward('hi'),
      {
        ...right,
        key: await nodeCrypto.subtle.importKey(
          'raw',
          hexBytes(vectors.keys.loHi),
          { name: 'AES-GCM' },
          false,
          ['decrypt'],
        ),
      },
    ])
      expect(await openFileFrame(nodeCrypto, direction, frame)).toBeNull();
  });

  it.each([
    ['of no bytes', { ...DATA, type: 1 }, 0],
    ['of another type', { ...DATA, type: 3 }, 10],
    ['of file 0', { ...DATA, type: 1, file: 0 }, 10],
    ['of a block beyond the largest file', { ...DATA, type: 1, block: FILE_BLOCKS_MAX }, 10],
    ['that goes beyond its block', { ...DATA, type: 1, offset: FILE_BLOCK_BYTES - 9 }, 10],
    ['that acknowledges with more than a digest', { ...ACK, type: 2 }, 33],
    ['that acknowledges the middle of a block', { ...ACK, type: 2, offset: 1 }, 32],
  ])('is refused, though it was sealed well, if it is one %s', async (_what, head, size) => {
    const frame = foreign('lo', head, new Uint8Array(size));
    expect(readFileHeader(frame)).toBeNull();
    expect(await openFileFrame(nodeCrypto, await inward('lo'), frame)).toBeNull();
  });

  it('is refused if it is too short to be one, or of another version', async () => {
    const frame = foreign('lo', { ...DATA, type: 1 }, new Uint8Array(10));
    for (let length = 0; length < 43; length++) expect(readFileHeader(frame.slice(0, length))).toBeNull();
    frame[0] = 2;
    expect(readFileHeader(frame)).toBeNull();
  });
});
