/** Owns a text of the data folder that others are not to read: sealed by the system's key store where there is one. */

import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Bytes } from '../common/bytes.ts';
import { isMissing, putAside, replaceFile } from '../whole-file.ts';

/** The system's key store: what it seals opens for this account on this computer only. Both throw where it will not. */
export interface Sealer {
  seal(text: string): Bytes;
  open(sealed: Bytes): string;
}

export type SealedReading =
  | { readonly kind: 'none' }
  | { readonly kind: 'text'; readonly text: string }
  /** The disk does not give it, or another computer or account sealed it. */
  | { readonly kind: 'unreadable' | 'foreign' };

export class SealedFile {
  readonly #directory: string;
  readonly #name: string;
  readonly #askSealer: () => Sealer | null;
  /** undefined until it is asked for. */
  #sealer: Sealer | null | undefined;

  /** @param askSealer called once, and not before it is needed: the system may take its time, or ask the person */
  constructor(directory: string, name: string, askSealer: () => Sealer | null) {
    this.#directory = directory;
    this.#name = name;
    this.#askSealer = askSealer;
  }

  /** The names it may have: what lies there is not looked at, nor the system asked, before one of them is. */
  get names(): readonly string[] {
    return [`${this.#name}.json`, `${this.#name}.sealed`];
  }

  /** Whether nobody but this account on this computer can read it. */
  get sealed(): boolean {
    return this.#getSealer() !== null;
  }

  /** The same without asking the system for it: false until somebody has. */
  get knownSealed(): boolean {
    return this.#sealer !== undefined && this.#sealer !== null;
  }

  async read(): Promise<SealedReading> {
    let content: Buffer;
    try {
      content = await readFile(this.#file);
    } catch (error) {
      return { kind: isMissing(error) ? 'none' : 'unreadable' };
    }
    const sealer = this.#getSealer();
    try {
      const text = sealer ? sealer.open(new Uint8Array(content)) : content.toString('utf8');
      return { kind: 'text', text };
    } catch {
      return { kind: 'foreign' };
    }
  }

  async write(text: string): Promise<void> {
    const sealer = this.#getSealer();
    await replaceFile(this.#file, sealer ? sealer.seal(text) : text);
  }

  async remove(): Promise<void> {
    await rm(this.#file, { force: true });
  }

  /** Under a name that says why. */
  putAside(why: string): Promise<void> {
    return putAside(this.#file, why);
  }

  get #file(): string {
    return path.join(this.#directory, `${this.#name}.${this.sealed ? 'sealed' : 'json'}`);
  }

  #getSealer(): Sealer | null {
    if (this.#sealer === undefined) this.#sealer = this.#askSealer();
    return this.#sealer;
  }
}
