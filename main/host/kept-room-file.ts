/** Owns the kept room's file in the data folder: gone once the room is over, put aside where it cannot be gone on with. */

import { readdir } from 'node:fs/promises';
import { formatKept, type KeptRoom, type KeptRoomFault, parseKept } from './kept-room.ts';
import { SealedFile, type Sealer } from './sealed-file.ts';

export type KeptReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly kept: KeptRoom }
  /** It cannot be gone on with, and lies beside its place under a name that says why. */
  | { readonly kind: 'put-aside'; readonly fault: KeptRoomFault };

export class KeptRoomFile {
  readonly #file: SealedFile;
  /** What the run before left; nothing unless looked for. */
  found: KeptReading = { kind: 'none' };

  /** Looks for what the run before left. Never fails: a new room always does. */
  static async open(directory: string, askSealer: () => Sealer | null): Promise<KeptRoomFile> {
    const file = new KeptRoomFile(directory, askSealer);
    const names = await readdir(directory).catch((): string[] => []);
    if (file.#file.names.some((name) => names.includes(name))) file.found = await file.#read();
    return file;
  }

  constructor(directory: string, askSealer: () => Sealer | null) {
    this.#file = new SealedFile(directory, 'kept-room', askSealer);
  }

  get sealed(): boolean {
    return this.#file.sealed;
  }

  get knownSealed(): boolean {
    return this.#file.knownSealed;
  }

  write(kept: KeptRoom): Promise<void> {
    return this.#file.write(formatKept(kept));
  }

  remove(): Promise<void> {
    return this.#file.remove();
  }

  async #read(): Promise<KeptReading> {
    const read = await this.#file.read();
    if (read.kind === 'none') return read;
    if (read.kind !== 'text') return this.#putAside(read.kind === 'foreign' ? read.kind : 'damaged');
    const parsed = parseKept(read.text);
    return parsed.ok ? { kind: 'found', kept: parsed.value } : this.#putAside(parsed.error);
  }

  async #putAside(fault: KeptRoomFault): Promise<KeptReading> {
    await this.#file.putAside(fault);
    return { kind: 'put-aside', fault };
  }
}
