/** Owns a disk so small that a test can fill it, in memory (Linux, as root). */

import { execFile } from 'node:child_process';
import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export class SmallDisk {
  readonly #folder: string;
  readonly #fillers: string[] = [];

  private constructor(folder: string) {
    this.#folder = folder;
  }

  /** In the place of that folder; null where none can be had. */
  static async mount(folder: string, sizeBytes: number): Promise<SmallDisk | null> {
    if (process.platform !== 'linux' || process.getuid?.() !== 0) return null;
    try {
      await run('mount', ['-t', 'tmpfs', '-o', `size=${sizeBytes}`, 'secret-call-test', folder]);
      return new SmallDisk(folder);
    } catch {
      return null;
    }
  }

  async freeBytes(): Promise<number> {
    const { bavail, bsize } = await statfs(this.#folder);
    return bavail * bsize;
  }

  /** Others have so much left of it. */
  async fillUpTo(leftBytes: number): Promise<void> {
    const sizeBytes = (await this.freeBytes()) - leftBytes;
    const filler = join(this.#folder, `filler-${this.#fillers.length}`);
    this.#fillers.push(filler);
    await run('fallocate', ['--length', `${sizeBytes}`, filler]);
  }

  async makeRoom(): Promise<void> {
    for (const filler of this.#fillers.splice(0)) await rm(filler);
  }

  /** Also while a process that ends still has something of it open. */
  async unmount(): Promise<void> {
    await run('umount', ['--lazy', this.#folder]);
  }
}
