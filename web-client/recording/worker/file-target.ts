/** Owns what the muxer writes into a file: gathered for a moment, since a voice comes in packets of a hundred bytes. */

import { StreamTarget, type StreamTargetChunk } from 'mediabunny';
import { NoSpaceError, type OpenFile } from './recording-folder.ts';

/** So much is written at once, at the latest. */
const GATHERED_MAX = 64 * 1024;

export class FileTarget {
  readonly target: StreamTarget;
  readonly #file: OpenFile;
  #gathered: Uint8Array<ArrayBuffer>[] = [];
  #gatheredAt = 0;
  #gatheredBytes = 0;
  #bytes = 0;

  /** Closes it at the end. */
  constructor(file: OpenFile) {
    this.#file = file;
    file.truncate(0);
    this.target = new StreamTarget(
      new WritableStream<StreamTargetChunk>({
        write: (chunk) => this.#gather(chunk),
        close: () => this.close(),
      }),
    );
  }

  get bytes(): number {
    return this.#bytes;
  }

  /** From here on the system has it. */
  flush(): void {
    if (this.#gatheredBytes === 0) return;
    const data = new Uint8Array(this.#gatheredBytes);
    let at = 0;
    for (const piece of this.#gathered) {
      data.set(piece, at);
      at += piece.length;
    }
    this.#gathered = [];
    this.#gatheredBytes = 0;
    const end = this.#gatheredAt + data.length;
    if (this.#file.write(data, { at: this.#gatheredAt }) < data.length) throw new NoSpaceError();
    this.#bytes = Math.max(this.#bytes, end);
  }

  /** Whatever could not be written is given up. */
  close(): void {
    try {
      this.flush();
    } finally {
      this.#file.close();
    }
  }

  #gather({ data, position }: StreamTargetChunk): void {
    if (position !== this.#gatheredAt + this.#gatheredBytes) this.flush();
    if (this.#gatheredBytes === 0) this.#gatheredAt = position;
    this.#gathered.push(data);
    this.#gatheredBytes += data.length;
    if (this.#gatheredBytes >= GATHERED_MAX) this.flush();
  }
}
