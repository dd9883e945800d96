/** Owns the kept room's file in the data folder: sealed by the system's key store where there is one, gone once the room is over. */

import { readdir, readFile, rm } from 'node:fs/promises';
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

const PLAIN_FILE = 'kept-room.json';
const SEALED_FILE = 'kept-room.sealed';

export class KeptRoomFile {
  readonly #directory: string;
  readonly #askSealer: () => Sealer | null;
  /** undefined until it is asked for. */
  #sealer: Sealer | null | undefined;
  /** What the run before left; nothing unless looked for. */
  found: KeptReading = { kind: 'none' };

  /** Looks for what the run before left. Never fails: a new room always does. */
  static async open(directory: string, askSealer: () => Sealer | null): Promise<KeptRoomFile> {
    const file = new KeptRoomFile(directory, askSealer);
    const names = await readdir(directory).catch((): string[] => []);
    if (names.includes(PLAIN_FILE) || names.includes(SEALED_FILE)) file.found = await file.#read();
    return file;
  }

  /** @param askSealer called once, and not before it is needed: the system may take its time, or ask the person */
  constructor(directory: string, askSealer: () => Sealer | null) {
    this.#directory = directory;
    this.#askSealer = askSealer;
  }

  /** Whether nobody but this account on this computer can read it. */
  get sealed(): boolean {
    return this.#getSealer() !== null;
  }

  /** The same without asking the system for it: false until somebody has. */
  get knownSealed(): boolean {
    return this.#sealer !== undefined && this.#sealer !== null;
  }

  async write(kept: KeptRoom): Promise<void> {
    const text = formatKept(kept);
    const sealer = this.#getSealer();
    await replaceFile(this.#file, sealer ? sealer.seal(text) : text);
  }

  async remove(): Promise<void> {
    await rm(this.#file, { force: true });
  }

  get #file(): string {
    return path.join(this.#directory, this.sealed ? SEALED_FILE : PLAIN_FILE);
  }

  #getSealer(): Sealer | null {
    if (this.#sealer === undefined) this.#sealer = this.#askSealer();
    return this.#sealer;
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
    const sealer = this.#getSealer();
    try {
      return sealer ? sealer.open(new Uint8Array(content)) : content.toString('utf8');
    } catch {
      return null;
    }
  }

  async #putAside(fault: KeptRoomFault): Promise<KeptReading> {
    await putAside(this.#file, fault);
    return { kind: 'put-aside', fault };
  }
}
