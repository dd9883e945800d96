/** Owns one encoder, whose packets go into files as they come, readable at any time but for the last moment. */

import { EncodedPacket } from 'mediabunny';
import { encoderConfig } from '../encoder-config.ts';
import { LiveFiles, type OpenPiece } from './live-files.ts';

export interface PartOptions {
  readonly rate: number;
  readonly bitrate: number;
  readonly openPiece: OpenPiece;
  /** At most once: nothing more is taken after that. */
  readonly onFailed: (error: unknown) => void;
}

export class PartWriter {
  readonly #options: PartOptions;
  readonly #files: LiveFiles;
  readonly #encoder: AudioEncoder;
  /** Told with the first packet alone. */
  #config: AudioDecoderConfig | null = null;
  /** Packets go in one after the other. Never rejects. */
  #adding: Promise<void> = Promise.resolve();
  #failed = false;

  private constructor(files: LiveFiles, options: PartOptions) {
    this.#options = options;
    this.#files = files;
    this.#encoder = new AudioEncoder({
      output: (chunk, meta) => this.#add(EncodedPacket.fromEncodedChunk(chunk), meta),
      error: (error) => this.#fail(error),
    });
    this.#encoder.configure(encoderConfig(options.rate, options.bitrate));
  }

  static async open(options: PartOptions): Promise<PartWriter> {
    return new PartWriter(await LiveFiles.begin(options.openPiece), options);
  }

  get bytes(): number {
    return this.#files.bytes;
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
      this.#files.flush();
    } catch (error) {
      this.#fail(error);
    }
  }

  /** What is there of it is closed, whatever becomes of its last moment. */
  async end(): Promise<void> {
    if (!this.#failed) await this.#encoder.flush().catch((error) => this.#fail(error));
    if (this.#encoder.state !== 'closed') this.#encoder.close();
    await this.#adding;
    try {
      // Also where it has failed: there may be room for this.
      if (this.#failed) this.#files.close();
      else await this.#files.end();
    } catch (error) {
      this.#fail(error);
    }
  }

  #add(packet: EncodedPacket, meta?: EncodedAudioChunkMetadata): void {
    this.#config = meta?.decoderConfig ?? this.#config;
    const config = this.#config;
    this.#adding = this.#adding
      .then(() => {
        if (this.#failed) return;
        if (config === null) throw new Error('the encoder does not say what it makes');
        return this.#files.add(packet, config);
      })
      .catch((error) => this.#fail(error));
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    if (this.#encoder.state !== 'closed') this.#encoder.close();
    this.#options.onFailed(error);
  }
}
