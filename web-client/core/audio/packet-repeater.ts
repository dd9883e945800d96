/** Owns the packet repeater of one sender: the last blocks of the own voice, and which of them a packet carries once more. */

import type { Bytes } from '../../../main/common/bytes.ts';
import { VOICE_PACKET_MAX_BYTES, VOICE_REPEATS_MAX } from '../../../main/common/protocol/limits.ts';
import {
  fitsBefore,
  type RedundantPacket,
  readRedundantPacket,
  sizeBytesOf,
  type VoiceBlock,
  writeRedundantPacket,
} from './redundant-packet.ts';

/** So many a browser puts in by itself. */
const BROWSERS_OWN = 1;

export class PacketRepeater {
  /** The oldest first. */
  #earlier: readonly VoiceBlock[] = [];

  /**
   * The packet with so many earlier blocks, as far as there are and a packet has room for them: the newest ones. null: it is
   * to go as it came.
   */
  repeat(bytes: Bytes, time: number, repeats: number): Bytes | null {
    const packet = repeats > BROWSERS_OWN ? readRedundantPacket(bytes, time) : null;
    if (packet === null) {
      this.#earlier = [];
      return null;
    }
    const { newest, earlier: own } = packet;
    const known = [...this.#earlier.filter(({ time }) => own.every((one) => one.time !== time)), ...own];
    const earlier = known.filter((block) => fitsBefore(time, block)).slice(-repeats);
    const repeated = withinSize({ earlier, newest });
    this.#earlier = [...known, newest].slice(-VOICE_REPEATS_MAX);
    return repeated.earlier.length > own.length ? writeRedundantPacket(repeated) : null;
  }
}

function withinSize({ earlier, newest }: RedundantPacket): RedundantPacket {
  let packet = { earlier, newest };
  while (packet.earlier.length > 0 && sizeBytesOf(packet) > VOICE_PACKET_MAX_BYTES)
    packet = { earlier: packet.earlier.slice(1), newest };
  return packet;
}
