/** Redundant packets: what is written is what RFC 2198 draws, and what is no such packet is known as none. */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  fitsBefore,
  type RedundantPacket,
  readRedundantPacket,
  sizeBytesOf,
  writeRedundantPacket,
} from '../../../../../web-client/core/audio/redundant-packet.ts';

const bytesUpTo = (maxLength: number) => fc.uint8Array({ maxLength }).map((bytes) => Uint8Array.from(bytes));
const payloadType = fc.nat({ max: 127 });

const packets: fc.Arbitrary<RedundantPacket> = fc
  .record({
    time: fc.nat({ max: 0xffff_ffff }),
    newest: fc.record({ payloadType, voice: bytesUpTo(1_500) }),
    earlier: fc.array(fc.record({ payloadType, offset: fc.nat({ max: 16_383 }), voice: bytesUpTo(1_023) }), {
      maxLength: 8,
    }),
  })
  .map(({ time, newest, earlier }) => ({
    newest: { ...newest, time },
    earlier: earlier.map(({ offset, ...block }) => ({ ...block, time: (time - offset) >>> 0 })),
  }));

it('has the bits of RFC 2198 where it draws them', () => {
  const voice = (length: number, byte: number) => new Uint8Array(length).fill(byte);
  const written = writeRedundantPacket({
    earlier: [{ payloadType: 111, time: 0xffff_fc40, voice: voice(0x102, 1) }],
    newest: { payloadType: 111, time: 0, voice: voice(2, 2) },
  });
  // F=1, PT 111 | 960 in 14 bits | 258 in 10 bits; then F=0, PT 111.
  expect([...written.slice(0, 6)]).toEqual([0xef, 0x0f, 0x01, 0x02, 0x6f, 1]);
  expect([...written.slice(5 + 0x102)]).toEqual([2, 2]);
});

it('is read as it was written', () => {
  fc.assert(
    fc.property(packets, (packet) => {
      const written = writeRedundantPacket(packet);
      expect(written.length).toBe(sizeBytesOf(packet));
      expect(readRedundantPacket(written, packet.newest.time)).toEqual(packet);
    }),
  );
});

describe('any bytes', () => {
  it('are read as what would be written so, or as nothing', () => {
    fc.assert(
      fc.property(bytesUpTo(200), fc.nat({ max: 0xffff_ffff }), (bytes, time) => {
        const packet = readRedundantPacket(bytes, time);
        if (packet !== null) expect(writeRedundantPacket(packet)).toEqual(bytes);
      }),
    );
  });

  it.each([
    ['are none', []],
    ['end in a header', [0xef, 0x0f, 0x01]],
    ['have no header of the newest', [0xef, 0x0f, 0x00, 0x01]],
    ['are fewer than a header says', [0xef, 0x0f, 0x00, 0x02, 0x6f, 1]],
  ])('are no packet where they %s', (_what, bytes) => {
    expect(readRedundantPacket(Uint8Array.from(bytes), 0)).toBeNull();
  });
});

it('has room for blocks of 1,023 bytes and 16,383 units ago, over the end of the numbers as well', () => {
  const block = (time: number, length: number) => ({ payloadType: 0, time, voice: new Uint8Array(length) });
  expect(fitsBefore(0, block(0xffff_ffff, 1_023))).toBe(true);
  expect(fitsBefore(16_383, block(0, 1))).toBe(true);
  expect(fitsBefore(16_384, block(0, 1))).toBe(false);
  expect(fitsBefore(960, block(0, 1_024))).toBe(false);
  // Of the same moment, or of a later one.
  expect(fitsBefore(960, block(960, 1))).toBe(false);
  expect(fitsBefore(960, block(1_920, 1))).toBe(false);
});
