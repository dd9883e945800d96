/** Owns the kept room's file in the data folder: sealed by the system's key store where there is one, gone once the room is over. */

import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Bytes } from '../common/bytes.ts';
import { isMissing, putAside, replaceFile } from '../whole-file.ts';
import { formatKept, type KeptRoom, type KeptRoomFault, parseKept } from './kept-room.ts';

/** The system's key store: what it seals opens for this account on this computer only. Both throw where it will not. */
export interface Sealer {
  seal(text: string): Bytes;
  open(sealed: Bytes): string;
}

export type KeptReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'found'; readonly kept: KeptRoom }
  /** It cannot be gone on with, and lies beside its place under a name that says why. */
  | { readonly kind: 'put-aside'; readonly fault: KeptRoomFault };

export class KeptRoomFile {
  readonly #file: string;
  readonly #sealer: Sealer | null;
  /** What the run before left; nothing unless looked for. */
  found: KeptReading = { kind: 'none' };

  /** Looks for what the run before left. Never fails: a new room always does. */
  static async open(directory: string, sealer: Sealer | null): Promise<KeptRoomFile> {
    const file = new KeptRoomFile(directory, sealer);
    file.found = await file.#read();
    return file;
  }

  constructor(directory: string, sealer: Sealer | null) {
    this.#file = path.join(directory, sealer ? 'kept-room.sealed' : 'kept-room.json');
    this.#sealer = sealer;
  }

  /** Whether nobody but this account on this computer can read it. */
  get sealed(): boolean {
    return this.#sealer !== null;
  }

  async write(kept: KeptRoom): Promise<void> {
    const text = formatKept(kept);
    await replaceFile(this.#file, this.#sealer ? this.#sealer.seal(text) : text);
  }

  async remove(): Promise<void> {
    await rm(this.#file, { force: true });
  }

  async #read(): Promise<KeptReading> {
    let content: Buffer;
    try {
      content = await readFile(this.#file);
    } catch (error) {
      return isMissing(error) ? { kind: 'none' } : this.#putAside('damaged');
    }
    const text = this.#open(content);
    if (text === null) return this.#putAside('foreign');
    const parsed = parseKept(text);
    return parsed.ok ? { kind: 'found', kept: parsed.value } : this.#putAside(parsed.error);
  }

  #open(content: Buffer): string | null {
    try {
      return this.#sealer ? this.#sealer.open(new Uint8Array(content)) : content.toString('utf8');
    } catch {
      return null;
    }
  }

  async #putAside(fault: KeptRoomFault): Promise<KeptReading> {
    await putAside(this.#file, fault);
    return { kind: 'put-aside', fault };
  }
}
