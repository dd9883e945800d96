/** Owns one encoder and the file that its packets go into as they come, readable at any time but for its last moment. */

import { EncodedAudioPacketSource, EncodedPacket, Output, WebMOutputFormat } from 'mediabunny';
import { BLOCK_MS } from '../timeline/journal.ts';
import { FileTarget } from './file-target.ts';
import type { OpenFile } from './recording-folder.ts';

/** Of a file that was cut off inside a packet, the muxer's reader gives no packet of the last cluster. */
const CLUSTER_SECONDS = 0.5;

/** Nothing that was written is written again, so that the file can be read whenever that ends. */
export const liveFormat = () =>
  new WebMOutputFormat({ appendOnly: true, minimumClusterDuration: CLUSTER_SECONDS });

export interface PartOptions {
  readonly rate: number;
  readonly bitrate: number;
  /** At most once: nothing more is taken after that. */
  readonly onFailed: (error: unknown) => void;
}

/** W3C WebCodecs Opus Registration. Silence is encoded as it is, so that all packets stand one behind the other. */
export const encoderConfig = (rate: number, bitrate: number): AudioEncoderConfig => ({
  codec: 'opus',
  sampleRate: rate,
  numberOfChannels: 1,
  bitrate,
  opus: { frameDuration: BLOCK_MS * 1_000, usedtx: false },
});

export class PartWriter {
  readonly #options: PartOptions;
  readonly #target: FileTarget;
  readonly #output: Output;
  readonly #source = new EncodedAudioPacketSource('opus');
  readonly #encoder: AudioEncoder;
  /** Packets go in one after the other. */
  #adding: Promise<void>;
  #failed = false;

  constructor(file: OpenFile, options: PartOptions) {
    this.#options = options;
    this.#target = new FileTarget(file);
    this.#output = new Output({
      format: liveFormat(),
      target: this.#target.target,
    });
    this.#output.addAudioTrack(this.#source);
    this.#adding = this.#output.start();
    this.#encoder = new AudioEncoder({
      output: (chunk, meta) => this.#add(EncodedPacket.fromEncodedChunk(chunk), meta),
      error: (error) => this.#fail(error),
    });
    this.#encoder.configure(encoderConfig(options.rate, options.bitrate));
  }

  get bytes(): number {
    return this.#target.bytes;
  }

  write(atMs: number, samples: Float32Array<ArrayBuffer>): void {
    if (this.#failed) return;
    const data = new AudioData({
      format: 'f32-planar',
      sampleRate: this.#options.rate,
      numberOfFrames: samples.length,
      numberOfChannels: 1,
      timestamp: atMs * 1_000,
      data: samples,
    });
    this.#encoder.encode(data);
    data.close();
  }

  flush(): void {
    if (this.#failed) return;
    try {
      this.#target.flush();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What is there of it is closed, whatever becomes of its last moment. */
  async end(): Promise<void> {
    try {
      if (!this.#failed) {
        await this.#encoder.flush();
        this.#encoder.close();
        await this.#adding;
        await this.#output.finalize();
        return;
      }
    } catch (error) {
      this.#fail(error);
    }
    try {
      this.#target.close();
    } catch {
      // Its end is lost; the rest is in the file.
    }
  }

  #add(packet: EncodedPacket, meta?: EncodedAudioChunkMetadata): void {
    this.#adding = this.#adding.then(() => this.#source.add(packet, meta));
    this.#adding.catch((error) => this.#fail(error));
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    if (this.#encoder.state !== 'closed') this.#encoder.close();
    this.#options.onFailed(error);
  }
}
