/** Owns one encoder and the file that its packets go into as they come, readable at any time but for its last moment. */

import { encoderConfig } from '../encoder-config.ts';
import { AppendedFile } from './appended-file.ts';
import { LiveWebm } from './live-webm.ts';
import type { OpenFile } from './recording-folder.ts';

const MICROSECONDS_PER_MS = 1_000;

export interface PartOptions {
  readonly rate: number;
  readonly bitrate: number;
  /** At most once: nothing more is taken after that. */
  readonly onFailed: (error: unknown) => void;
}

export class PartWriter {
  readonly #options: PartOptions;
  readonly #file: AppendedFile;
  readonly #encoder: AudioEncoder;
  /** Once the encoder has told what it makes. */
  #webm: LiveWebm | null = null;
  #failed = false;

  constructor(file: OpenFile, options: PartOptions) {
    this.#options = options;
    this.#file = new AppendedFile(file);
    this.#encoder = new AudioEncoder({
      output: (chunk, meta) => this.#add(chunk, meta),
      error: (error) => this.#fail(error),
    });
    this.#encoder.configure(encoderConfig(options.rate, options.bitrate));
  }

  get bytes(): number {
    return this.#file.bytes;
  }

  write(atMs: number, samples: Float32Array<ArrayBuffer>): void {
    if (this.#failed) return;
    const data = new AudioData({
      format: 'f32-planar',
      sampleRate: this.#options.rate,
      numberOfFrames: samples.length,
      numberOfChannels: 1,
      timestamp: atMs * MICROSECONDS_PER_MS,
      data: samples,
    });
    this.#encoder.encode(data);
    data.close();
  }

  flush(): void {
    if (!this.#failed) this.#try(() => this.#file.flush());
  }

  /** What is there of it is closed, whatever becomes of its last moment. */
  async end(): Promise<void> {
    if (!this.#failed) await this.#encoder.flush().catch((error) => this.#fail(error));
    // Also where it has failed: there may be room for this.
    this.#try(() => this.#file.flush());
    if (this.#encoder.state !== 'closed') this.#encoder.close();
    this.#file.close();
  }

  #add(chunk: EncodedAudioChunk, meta?: EncodedAudioChunkMetadata): void {
    const packet = new Uint8Array(chunk.byteLength);
    chunk.copyTo(packet);
    this.#try(() => {
      this.#webm ??= new LiveWebm({
        rate: this.#options.rate,
        identification: bytesOf(meta?.decoderConfig?.description),
        append: (bytes) => this.#file.append(bytes),
      });
      this.#webm.add(Math.round(chunk.timestamp / MICROSECONDS_PER_MS), packet);
    });
  }

  #try(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#fail(error);
    }
  }

  #fail(error: unknown): void {
    if (this.#failed) return;
    this.#failed = true;
    if (this.#encoder.state !== 'closed') this.#encoder.close();
    this.#options.onFailed(error);
  }
}

function bytesOf(source: AllowSharedBufferSource | undefined): Uint8Array | null {
  if (source === undefined) return null;
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength)
    : new Uint8Array(source);
}
