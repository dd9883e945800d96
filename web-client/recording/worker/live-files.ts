/**
 * Owns the files of a voice while it is recorded, one behind the other: the muxer keeps a cue for each cluster until its file ends, so
 * none is let grow longer than some minutes.
 */

import type { EncodedPacket } from 'mediabunny';
import { LiveFile } from './live-file.ts';
import type { OpenFile } from './recording-folder.ts';

/** By then cues take some 150 kB. */
export const FILE_MS = 300_000;

/** @param piece 0 for the first one, and each next one when the one before is full */
export type OpenPiece = (piece: number) => Promise<OpenFile>;

export class LiveFiles {
  readonly #open: OpenPiece;
  #file: LiveFile;
  #pieces = 1;
  #endedBytes = 0;
  /** When the first packet in the file is. */
  #fromMs: number | null = null;

  private constructor(open: OpenPiece, first: LiveFile) {
    this.#open = open;
    this.#file = first;
  }

  static async begin(open: OpenPiece): Promise<LiveFiles> {
    return new LiveFiles(open, await LiveFile.begin(await open(0)));
  }

  get bytes(): number {
    return this.#endedBytes + this.#file.bytes;
  }

  /** To be called once the one before is in. */
  async add(packet: EncodedPacket, config: AudioDecoderConfig): Promise<void> {
    const atMs = Math.round(packet.timestamp * 1_000);
    this.#fromMs ??= atMs;
    if (atMs >= this.#fromMs + FILE_MS) {
      await this.#goOn();
      this.#fromMs = atMs;
    }
    await this.#file.add(packet, config);
  }

  /** At any time, also while a file follows another. */
  flush(): void {
    this.#file.flush();
  }

  /** Closes the last one also where it throws. */
  end(): Promise<void> {
    return this.#file.end();
  }

  /** With what there is of it. */
  close(): void {
    this.#file.close();
  }

  async #goOn(): Promise<void> {
    const next = await LiveFile.begin(await this.#open(this.#pieces));
    this.#pieces++;
    try {
      await this.#file.end();
    } finally {
      this.#endedBytes += this.#file.bytes;
      this.#file = next;
    }
  }
}
