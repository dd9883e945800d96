/** What a packet carries once more: the newest earlier blocks, as far as they fit, and never anything but what was said. */

import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Bytes } from '../../../../../main/common/bytes.ts';
import { VOICE_PACKET_MAX_BYTES, VOICE_REPEATS_MAX } from '../../../../../main/common/protocol/limits.ts';
import { PacketRepeater } from '../../../../../web-client/core/audio/packet-repeater.ts';
import {
  readRedundantPacket,
  type VoiceBlock,
  writeRedundantPacket,
} from '../../../../../web-client/core/audio/redundant-packet.ts';

const FRAME = 960;
const OPUS = 111;

let repeater: PacketRepeater;

beforeEach(() => {
  repeater = new PacketRepeater();
});

const block = (index: number, lengthBytes = 80): VoiceBlock => ({
  payloadType: OPUS,
  time: (index * FRAME) >>> 0,
  voice: new Uint8Array(lengthBytes).fill(index),
});

/** As Chromium makes it: with the block before, but for the first. */
const fromBrowser = (index: number, lengthBytes?: number): Bytes =>
  writeRedundantPacket({
    earlier: index === 0 ? [] : [block(index - 1, lengthBytes)],
    newest: block(index, lengthBytes),
  });

/** The numbers of the blocks that go out in this packet. */
function sent(index: number, repeats: number, lengthBytes?: number): number[] {
  const { time } = block(index);
  const bytes = fromBrowser(index, lengthBytes);
  const packet = readRedundantPacket(repeater.repeat(bytes, time, repeats) ?? bytes, time);
  return [...(packet?.earlier ?? []), ...(packet ? [packet.newest] : [])].map((one) => one.time / FRAME);
}

const said = (count: number, repeats: number, lengthBytes?: number) =>
  Array.from({ length: count }, (_, index) => sent(index, repeats, lengthBytes)).at(-1);

it('adds as many as are asked for, once there are so many', () => {
  expect([0, 1, 2, 3, 4].map((index) => sent(index, 3))).toEqual([
    [0],
    [0, 1],
    [0, 1, 2],
    [0, 1, 2, 3],
    [1, 2, 3, 4],
  ]);
});

it('leaves a packet as it came while nothing more is asked for than the browser does', () => {
  for (const repeats of [0, 1])
    expect([0, 1, 2].map((index) => repeater.repeat(fromBrowser(index), index * FRAME, repeats))).toEqual([
      null,
      null,
      null,
    ]);
});

it('begins with what the browser repeats, and forgets when it is to stop', () => {
  expect(sent(5, 3)).toEqual([4, 5]);
  expect(sent(6, 3)).toEqual([4, 5, 6]);
  expect(sent(7, 0)).toEqual([6, 7]);
  expect(sent(8, 3)).toEqual([7, 8]);
});

it('goes on over the end of the timestamps', () => {
  const times = [0xffff_f880, 0xffff_fc40, 0];
  const packets = times.map((time) => {
    const bytes = writeRedundantPacket({ earlier: [], newest: { ...block(1), time } });
    return readRedundantPacket(repeater.repeat(bytes, time, 2) ?? bytes, time);
  });
  expect(packets.at(-1)?.earlier.map(({ time }) => time)).toEqual([0xffff_f880, 0xffff_fc40]);
});

it('repeats nothing from before a pause that is longer than a header can tell', () => {
  expect(sent(0, 3)).toEqual([0]);
  expect(sent(1, 3)).toEqual([0, 1]);
  // 17 frames are 16,320 units, 18 are more than the header has room for.
  expect(sent(18, 5)).toEqual([1, 17, 18]);
  expect(sent(19, 5)).toEqual([17, 18, 19]);
});

it('stays within what a packet may have, with fewer of long blocks', () => {
  expect(said(8, 5, 80)).toEqual([2, 3, 4, 5, 6, 7]);
  expect(said(8, 5, 300)).toEqual([5, 6, 7]);
});

describe('whatever comes', () => {
  it('sends each packet’s own voice whole, of others only what was said, and no more than asked or fits', () => {
    const steps = fc.array(
      fc.record({
        lengthBytes: fc.oneof(fc.nat({ max: 200 }), fc.nat({ max: 1_200 })),
        pause: fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 30 })),
        repeats: fc.nat({ max: VOICE_REPEATS_MAX }),
      }),
    );
    fc.assert(
      fc.property(steps, fc.nat({ max: 0xffff_ffff }), (all, start) => {
        const running = new PacketRepeater();
        const spoken = new Map<number, Bytes>();
        let time = start;
        for (const [index, { lengthBytes, pause, repeats }] of all.entries()) {
          time = (time + pause * FRAME) >>> 0;
          const voice = new Uint8Array(lengthBytes).fill(index);
          spoken.set(time, voice);
          const bytes = writeRedundantPacket({ earlier: [], newest: { payloadType: OPUS, time, voice } });
          const repeated = running.repeat(bytes, time, repeats);
          if (repeated === null) continue;
          expect(repeated.length).toBeLessThanOrEqual(VOICE_PACKET_MAX_BYTES);
          const packet = readRedundantPacket(repeated, time);
          expect(packet?.newest).toEqual({ payloadType: OPUS, time, voice });
          expect(packet?.earlier.length).toBeLessThanOrEqual(repeats);
          for (const earlier of packet?.earlier ?? [])
            expect(earlier.voice).toEqual(spoken.get(earlier.time));
        }
      }),
    );
  });

  it('lets what is no redundant packet go as it came, and goes on after it', () => {
    expect(said(3, 3)).toEqual([0, 1, 2]);
    expect(repeater.repeat(Uint8Array.of(0xef, 0x0f), 3 * FRAME, 3)).toBeNull();
    expect(sent(4, 3)).toEqual([3, 4]);
  });
});
