/** Owns the form of a redundant packet (RFC 2198): the newest block of a voice, and before it earlier ones once more. */

import type { Bytes } from '../../../main/common/bytes.ts';

/** What an encoder made of some 20 ms. */
export interface VoiceBlock {
  readonly payloadType: number;
  /** RTP timestamp: a number of 32 bits that begins anew after its end. */
  readonly time: number;
  readonly voice: Bytes;
}

export interface RedundantPacket {
  /** The oldest first. */
  readonly earlier: readonly VoiceBlock[];
  readonly newest: VoiceBlock;
}

/** The first bit of a header says that another one follows, and that it is one of four bytes. */
const ANOTHER_FOLLOWS = 0x80;
const EARLIER_HEADER_BYTES = 4;
const NEWEST_HEADER_BYTES = 1;
const LENGTH_BITS = 10;
const BLOCK_MAX_BYTES = 2 ** LENGTH_BITS - 1;
const OFFSET_MAX = 2 ** 14 - 1;

/** How long before that time the block was, in units of the RTP timestamp. */
export const offsetBefore = (time: number, block: VoiceBlock): number => (time - block.time) >>> 0;

/** Whether its header can say how long the block is, and how long before that time it was. */
export function fitsBefore(time: number, block: VoiceBlock): boolean {
  const offset = offsetBefore(time, block);
  return offset > 0 && offset <= OFFSET_MAX && block.voice.length <= BLOCK_MAX_BYTES;
}

export function sizeBytesOf({ earlier, newest }: RedundantPacket): number {
  const earlierBytes = earlier.reduce((sum, { voice }) => sum + EARLIER_HEADER_BYTES + voice.length, 0);
  return earlierBytes + NEWEST_HEADER_BYTES + newest.voice.length;
}

/** @param time of the packet. null: the bytes are no such packet */
export function readRedundantPacket(bytes: Bytes, time: number): RedundantPacket | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const headers: { readonly payloadType: number; readonly offset: number; readonly length: number }[] = [];
  let place = 0;
  for (; ((bytes[place] ?? 0) & ANOTHER_FOLLOWS) !== 0; place += EARLIER_HEADER_BYTES) {
    if (place + EARLIER_HEADER_BYTES > bytes.length) return null;
    const fields = view.getUint32(place);
    headers.push({
      payloadType: (fields >>> 24) & ~ANOTHER_FOLLOWS,
      offset: (fields >>> LENGTH_BITS) & OFFSET_MAX,
      length: fields & BLOCK_MAX_BYTES,
    });
  }
  const payloadType = bytes[place];
  if (payloadType === undefined) return null;
  place += NEWEST_HEADER_BYTES;
  const earlier: VoiceBlock[] = [];
  for (const header of headers) {
    const end = place + header.length;
    if (end > bytes.length) return null;
    const voice = bytes.slice(place, end);
    earlier.push({ payloadType: header.payloadType, time: (time - header.offset) >>> 0, voice });
    place = end;
  }
  return { earlier, newest: { payloadType, time, voice: bytes.slice(place) } };
}

/** @param packet its earlier blocks fit before the newest */
export function writeRedundantPacket(packet: RedundantPacket): Bytes {
  const { earlier, newest } = packet;
  const bytes = new Uint8Array(sizeBytesOf(packet));
  const view = new DataView(bytes.buffer);
  let place = 0;
  for (const block of earlier) {
    const fields = (offsetBefore(newest.time, block) << LENGTH_BITS) | block.voice.length;
    view.setUint32(place, ((ANOTHER_FOLLOWS | block.payloadType) << 24) | fields);
    place += EARLIER_HEADER_BYTES;
  }
  bytes[place] = newest.payloadType;
  place += NEWEST_HEADER_BYTES;
  for (const { voice } of [...earlier, newest]) {
    bytes.set(voice, place);
    place += voice.length;
  }
  return bytes;
}
