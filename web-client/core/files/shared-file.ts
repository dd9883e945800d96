/** Owns one file that is sent to several: open as long as somebody is to have it, and its digest worked out once. */

import type { Bytes } from '../../../main/common/bytes.ts';
import { fail, type Result } from '../../../main/common/result.ts';
import type { FileWorkerPort, ReadFailure, SealTerms, SendingFile } from './file-worker-port.ts';

export class SharedFile {
  /** As it was offered. */
  readonly size: number;
  readonly #file: File;
  readonly #changedMs: number;
  readonly #worker: Pick<FileWorkerPort, 'openSending'>;
  readonly #users = new Set<object>();
  #open: SendingFile | null = null;
  /** What had it open broke. */
  #broke = false;
  #digest: Promise<Result<Bytes, ReadFailure>> | null = null;

  constructor(file: File, worker: Pick<FileWorkerPort, 'openSending'>) {
    this.#file = file;
    this.size = file.size;
    this.#changedMs = file.lastModified;
    this.#worker = worker;
  }

  /** Blocks that lie in memory. */
  get cached(): Iterable<number> {
    return this.#open?.cached ?? [];
  }

  /** Opens it, unless somebody has it open; anew where what had it open broke. What is read then is what the file is then. */
  acquire(user: object): void {
    this.#users.add(user);
    if (this.#broke) this.#close();
    this.#open ??= this.#worker.openSending(this.#file);
  }

  /** The last one closes it. */
  release(user: object): void {
    if (this.#users.delete(user) && this.#users.size === 0) this.#close();
  }

  async seal(block: number, terms: SealTerms): Promise<Result<readonly ArrayBuffer[], ReadFailure>> {
    if (!this.#asOffered) return fail('changed');
    const open = this.#open;
    return this.#noted(open, (await open?.seal(block, terms)) ?? fail('unreadable'));
  }

  async digest(): Promise<Result<Bytes, ReadFailure>> {
    if (!this.#asOffered) return fail('changed');
    const open = this.#open;
    this.#digest ??= open?.digest() ?? null;
    return this.#noted(open, (await this.#digest) ?? fail('unreadable'));
  }

  /** Where a browser looks it up anew; of most it is what it was when the file was chosen. */
  get #asOffered(): boolean {
    const { size, lastModified } = this.#file;
    return size === this.size && lastModified === this.#changedMs && (this.#open?.size ?? size) === size;
  }

  #noted<Read extends Result<unknown, ReadFailure>>(open: SendingFile | null, read: Read): Read {
    if (!read.ok && read.error === 'fault' && open === this.#open) this.#broke = true;
    return read;
  }

  #close(): void {
    this.#open?.dispose();
    this.#open = null;
    this.#digest = null;
    this.#broke = false;
  }
}
