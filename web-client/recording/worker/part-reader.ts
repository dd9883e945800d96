/** Owns reading back what was recorded of one track, packet by packet; a part that was cut off is read as far as it goes. */

import { BlobSource, type EncodedPacket, EncodedPacketSink, Input, WEBM } from 'mediabunny';
import { BLOCK_MS } from '../timeline/journal.ts';

/** Half a block: times in a file are whole milliseconds. */
const TOLERANCE = 0.5;
const blockOf = ({ timestamp }: EncodedPacket) => Math.floor((timestamp * 1_000) / BLOCK_MS + TOLERANCE);

interface ReadPart {
  readonly config: AudioDecoderConfig;
  readonly packets: AsyncIterator<EncodedPacket>;
}

export class PartReader {
  #files: readonly File[];
  #part: ReadPart | null = null;
  /** The next one. */
  #packet: EncodedPacket | null = null;
  #config: AudioDecoderConfig | null = null;

  /** Of one track, in order. */
  private constructor(files: readonly File[]) {
    this.#files = files;
  }

  static async open(files: readonly File[]): Promise<PartReader> {
    const reader = new PartReader(files);
    await reader.#advance();
    return reader;
  }

  /** null where there is no packet in it. */
  get config(): AudioDecoderConfig | null {
    return this.#config;
  }

  get ended(): boolean {
    return this.#packet === null;
  }

  /** To be asked for each block in turn; null where there is none. */
  async take(block: number): Promise<Uint8Array | null> {
    while (this.#packet !== null && blockOf(this.#packet) < block) await this.#advance();
    if (this.#packet === null || blockOf(this.#packet) > block) return null;
    const { data } = this.#packet;
    await this.#advance();
    return data;
  }

  async #advance(): Promise<void> {
    for (;;) {
      this.#part ??= await this.#openNext();
      if (this.#part === null) {
        this.#packet = null;
        return;
      }
      const next = await this.#part.packets.next().catch(() => null);
      if (next !== null && !next.done) {
        this.#config ??= this.#part.config;
        this.#packet = next.value;
        return;
      }
      this.#part = null;
    }
  }

  async #openNext(): Promise<ReadPart | null> {
    for (;;) {
      const [file, ...rest] = this.#files;
      if (file === undefined) return null;
      this.#files = rest;
      const part = await openPart(file).catch(() => null);
      if (part !== null) return part;
    }
  }
}

/** Throws, or null, where not even its beginning was written. */
async function openPart(file: File): Promise<ReadPart | null> {
  const input = new Input({ source: new BlobSource(file), formats: [WEBM] });
  const track = await input.getPrimaryAudioTrack();
  const config = await track?.getDecoderConfig();
  if (track === null || !config) return null;
  return { config, packets: new EncodedPacketSink(track).packets() };
}
