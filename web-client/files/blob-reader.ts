/** Owns reading a file piece by piece: by one stream while pieces follow on each other, which costs a browser a third of reading each by itself. */

import type { Bytes } from '../../main/common/bytes.ts';
import { SerialQueue } from '../../main/common/timing/serial-queue.ts';

/** The part of Blob that is used. */
export interface BlobLike {
  slice(from: number, to: number): Pick<Blob, 'arrayBuffer' | 'stream'>;
}

/** By one stream, at most: a browser looks whether a file is as it was chosen only when it opens it. */
const STREAM_BYTES = 64 * 1_048_576;
/** So many other pieces are read by themselves before a stream is left for another. */
const OTHERS_MAX = 16;

/** Pieces that follow on each other. */
class PieceStream {
  readonly #reader: ReadableStreamBYOBReader;
  readonly #endAt: number;
  readonly #queue = new SerialQueue();
  #nextAt: number;
  #broken = false;
  /** Pieces that were read by themselves since the last of these. */
  others = 0;

  /** @throws where the browser has no stream that fills what it is given */
  constructor(blob: BlobLike, at: number, endAt: number) {
    this.#nextAt = at;
    this.#endAt = endAt;
    this.#reader = blob.slice(at, endAt).stream().getReader({ mode: 'byob' });
  }

  /** Nothing more comes of it. */
  get isOver(): boolean {
    return this.#broken || this.#nextAt === this.#endAt;
  }

  goesOnWith(from: number, to: number): boolean {
    return !this.#broken && from === this.#nextAt && to <= this.#endAt;
  }

  /** null where it broke off. */
  next(sizeBytes: number): Promise<Bytes | null> {
    this.#nextAt += sizeBytes;
    this.others = 0;
    return this.#queue.run(async () => {
      const bytes = this.#broken ? null : await this.#fill(new ArrayBuffer(sizeBytes)).catch(() => null);
      this.#broken ||= bytes === null;
      return bytes;
    });
  }

  cancel(): void {
    this.#broken = true;
    void this.#reader.cancel().catch(() => {});
  }

  async #fill(room: ArrayBuffer): Promise<Bytes | null> {
    let buffer = room;
    for (let filled = 0; filled < buffer.byteLength; ) {
      const { value, done } = await this.#reader.read(new Uint8Array(buffer, filled));
      if (value === undefined || done) return null;
      buffer = value.buffer;
      filled += value.length;
    }
    return new Uint8Array(buffer);
  }
}

export class BlobReader {
  readonly #blob: BlobLike;
  readonly #sizeBytes: number;
  #stream: PieceStream | null = null;
  /** Where a piece would begin that follows on the last one. */
  #followsAt = 0;

  constructor(blob: BlobLike, sizeBytes: number) {
    this.#blob = blob;
    this.#sizeBytes = sizeBytes;
  }

  /** Of fewer bytes where the file has become shorter. Rejects as the browser does where it cannot be read. */
  async read(from: number, to: number): Promise<Bytes> {
    const stream = this.#streamFor(from, to);
    this.#followsAt = to;
    // What broke off tells why when it is read by itself.
    return (await stream?.next(to - from)) ?? this.readAlone(from, to);
  }

  /** Opens the file for it, so that the browser looks whether it is as it was. */
  async readAlone(from: number, to: number): Promise<Bytes> {
    return new Uint8Array(await this.#blob.slice(from, to).arrayBuffer());
  }

  dispose(): void {
    this.#stream?.cancel();
    this.#stream = null;
  }

  /** null where the piece is to be read by itself. */
  #streamFor(from: number, to: number): PieceStream | null {
    const before = this.#stream;
    if (before?.goesOnWith(from, to)) return before;
    if (before !== null && !before.isOver && ++before.others < OTHERS_MAX) return null;
    if (from !== this.#followsAt) return null;
    this.dispose();
    try {
      const pieceBytes = to - from;
      const wholeBytes = Math.floor(STREAM_BYTES / pieceBytes) * pieceBytes;
      const endAt = Math.min(this.#sizeBytes, from + wholeBytes);
      this.#stream = new PieceStream(this.#blob, from, endAt);
      return this.#stream.goesOnWith(from, to) ? this.#stream : null;
    } catch {
      return null;
    }
  }
}
