/** Owns one file of a voice while it is recorded: what the muxer makes is only ever appended, and can be read whenever that ends. */

import {
  EncodedAudioPacketSource,
  type EncodedPacket,
  Output,
  StreamTarget,
  type StreamTargetChunk,
  WebMOutputFormat,
} from 'mediabunny';
import { AppendedFile } from './appended-file.ts';
import type { OpenFile } from './recording-folder.ts';

/** Of a file that was cut off inside a packet, the muxer's reader gives no packet of the last cluster. */
const CLUSTER_SECONDS = 0.5;

export class LiveFile {
  readonly #file: AppendedFile;
  readonly #source = new EncodedAudioPacketSource('opus');
  readonly #output: Output;

  private constructor(file: OpenFile) {
    this.#file = new AppendedFile(file);
    this.#output = new Output({
      format: new WebMOutputFormat({ appendOnly: true, minimumClusterDuration: CLUSTER_SECONDS }),
      target: new StreamTarget(
        new WritableStream<StreamTargetChunk>({ write: ({ data }) => this.#file.append(data) }),
      ),
    });
    this.#output.addAudioTrack(this.#source);
  }

  static async begin(file: OpenFile): Promise<LiveFile> {
    const live = new LiveFile(file);
    await live.#output.start();
    return live;
  }

  get bytes(): number {
    return this.#file.bytes;
  }

  /** One after the other, in the order of their times. */
  add(packet: EncodedPacket, config: AudioDecoderConfig): Promise<void> {
    return this.#source.add(packet, { decoderConfig: config });
  }

  flush(): void {
    this.#file.flush();
  }

  /** Closes it also where it throws. */
  async end(): Promise<void> {
    try {
      await this.#output.finalize();
    } finally {
      this.close();
    }
  }

  /** With what there is of it. */
  close(): void {
    try {
      this.#file.flush();
    } finally {
      this.#file.close();
    }
  }
}
