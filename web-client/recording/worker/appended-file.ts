/** Owns a file that is only appended to: gathered for a moment, since a voice comes in packets of a hundred bytes. */

import { NoSpaceError, type OpenFile } from './recording-folder.ts';

/** So much is written at once, but for what comes in one larger piece. */
export const GATHERED_MAX = 16 * 1024;

export class AppendedFile {
  readonly #file: OpenFile;
  readonly #gathered = new Uint8Array(GATHERED_MAX);
  #gatheredBytes = 0;
  #bytes = 0;
  #cut = false;

  constructor(file: OpenFile) {
    this.#file = file;
    file.truncate(0);
  }

  /** What the system has. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Throws where there is no room for what is gathered. */
  append(data: Uint8Array<ArrayBuffer>): void {
    if (this.#gatheredBytes + data.length > GATHERED_MAX) this.flush();
    if (data.length > GATHERED_MAX) {
      this.#write(data);
      return;
    }
    this.#gathered.set(data, this.#gatheredBytes);
    this.#gatheredBytes += data.length;
  }

  /** From here on the system has it; what it has no room for is given up, and tells by throwing. */
  flush(): void {
    const data = this.#gathered.subarray(0, this.#gatheredBytes);
    this.#gatheredBytes = 0;
    this.#write(data);
  }

  /** As far as it is written. */
  close(): void {
    this.#file.close();
  }

  #write(data: Uint8Array<ArrayBuffer>): void {
    if (data.length === 0) return;
    // Nothing stands behind what is missing.
    if (this.#cut) throw new NoSpaceError();
    this.#cut = true;
    const written = this.#file.write(data, { at: this.#bytes });
    this.#bytes += written;
    if (written < data.length) throw new NoSpaceError();
    this.#cut = false;
  }
}
