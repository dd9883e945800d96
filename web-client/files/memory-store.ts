/** Owns received files where the browser keeps nothing on the disk: in memory, within a bound, and gone with the page. */

import type { Bytes } from '../../main/common/bytes.ts';
import { FILE_MEMORY_MAX } from '../../main/common/protocol/file-limits.ts';
import { fail, ok, type Result } from '../../main/common/result.ts';
import type { IncomingFile } from '../core/files/file-worker-port.ts';
import { BlockDigests } from './block-digests.ts';
import { type FileStore, type KeptFile, receivedFile } from './kept-file.ts';

export class MemoryStore implements FileStore {
  readonly keptIn = 'memory';
  #takenBytes = 0;

  async open(offer: IncomingFile): Promise<Result<KeptFile, 'no-room'>> {
    if (this.#takenBytes + offer.size > FILE_MEMORY_MAX) return fail('no-room');
    this.#takenBytes += offer.size;
    return ok(
      new MemoryFile(offer, () => {
        this.#takenBytes -= offer.size;
      }),
    );
  }

  /** Nothing lies there that nobody has open. */
  async forget(): Promise<void> {}

  async partials(): Promise<readonly []> {
    return [];
  }

  async openWhole(): Promise<null> {
    return null;
  }
}

class MemoryFile implements KeptFile {
  readonly digests: BlockDigests;
  readonly #offer: IncomingFile;
  readonly #onRemoved: () => void;
  #blocks: Bytes[] = [];
  #isRemoved = false;

  constructor(offer: IncomingFile, onRemoved: () => void) {
    this.#offer = offer;
    this.#onRemoved = onRemoved;
    this.digests = new BlockDigests(offer.size);
  }

  write(block: number, bytes: Bytes, digest: Bytes): boolean {
    this.#blocks[block] = bytes.slice();
    this.digests.set(block, digest);
    return true;
  }

  async finish(): Promise<File> {
    const file = receivedFile(this.#blocks, this.#offer.name);
    // The browser has its own copy from here on.
    this.#blocks = [];
    return file;
  }

  async markSaved(): Promise<void> {}

  /** Nothing of it outlives what has it open. */
  close(): void {
    void this.remove();
  }

  async remove(): Promise<void> {
    if (this.#isRemoved) return;
    this.#isRemoved = true;
    this.#blocks = [];
    this.#onRemoved();
  }
}
