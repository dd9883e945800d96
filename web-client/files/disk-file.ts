/**
 * Owns one received file in the browser's own folder: `.part`, its blocks; `.blocks`, their digests, 32 bytes each, zeros for one that is
 * missing; `.json`, what it was offered as.
 */

import { type Bytes, toBase64Url } from '../../main/common/bytes.ts';
import { sha256 } from '../../main/common/e2ee/hkdf.ts';
import type { CryptoLike } from '../../main/common/platform.ts';
import { FILE_BLOCK_BYTES } from '../../main/common/protocol/file-limits.ts';
import { SerialQueue } from '../../main/common/timing/serial-queue.ts';
import { BlockDigests, DIGEST_BYTES, digestsLength } from './block-digests.ts';
import { type DiskFolderLike, type DiskHandleLike, fileIn } from './disk-api.ts';
import type { DiskRoom } from './disk-room.ts';
import { type KeptFile, receivedFile } from './kept-file.ts';
import { type KeptOffer, parseKeptOffer, writeKeptOffer } from './kept-offer.ts';

const PART = '.part';
const BLOCKS = '.blocks';
const OFFER = '.json';

/** Where it lies. */
export interface DiskPlace {
  readonly folder: DiskFolderLike;
  /** In that folder. */
  readonly room: DiskRoom;
}

export class DiskFile implements KeptFile {
  readonly digests: BlockDigests;
  readonly #place: DiskPlace;
  readonly #offer: KeptOffer;
  readonly #part: DiskHandleLike;
  readonly #blocks: DiskHandleLike;
  readonly #onClosed: () => void;
  /** What is deleted is so after all that is still written down of it. */
  readonly #steps = new SerialQueue();
  #isClosed = false;

  private constructor(
    place: DiskPlace,
    offer: KeptOffer,
    handles: { readonly part: DiskHandleLike; readonly blocks: DiskHandleLike },
    digests: BlockDigests,
    onClosed: () => void,
  ) {
    this.#place = place;
    this.#offer = offer;
    this.#part = handles.part;
    this.#blocks = handles.blocks;
    this.digests = digests;
    this.#onClosed = onClosed;
  }

  /**
   * Takes up what lies there. Each block that is said to be there is looked at: the system may have been cut off before it was written
   * to its end. That is why nothing has to be flushed on the way, too. Room for all of it is taken at once: what a browser
   * estimates is not what it gives.
   * @param onClosed once nothing of it is open any more
   * @throws whatever the browser does, where it cannot be kept
   */
  static async open(
    place: DiskPlace,
    offer: KeptOffer,
    crypto: CryptoLike,
    onClosed: () => void,
  ): Promise<DiskFile> {
    const stem = toBase64Url(offer.resume);
    await writeOffer(place, offer);
    const part = await place.room.open(stem + PART, offer.size);
    const opened = [part];
    try {
      const blocks = await place.room.open(stem + BLOCKS, digestsLength(offer.size));
      opened.push(blocks);
      const digests = await digestsIn(blocks, part, offer.size, crypto);
      return new DiskFile(place, offer, { part, blocks }, digests, onClosed);
    } catch (error) {
      for (const handle of opened) await handle.close();
      throw error;
    }
  }

  write(block: number, bytes: Bytes, digest: Bytes): boolean {
    const isWritten =
      writeAll(this.#part, bytes, block * FILE_BLOCK_BYTES) &&
      writeAll(this.#blocks, digest, block * DIGEST_BYTES);
    if (isWritten) this.digests.set(block, digest);
    return isWritten;
  }

  finish(digest: Bytes): Promise<File> {
    return this.#steps.run(() => this.#finish(digest));
  }

  markSaved(): Promise<void> {
    return this.#steps.run(() => writeOffer(this.#place, { ...this.#offer, saved: true }));
  }

  close(): void {
    void this.#closeHandles();
    this.#onClosed();
  }

  remove(): Promise<void> {
    return this.#steps.run(async () => {
      await this.#closeHandles();
      await removeFrom(this.#place.folder, toBase64Url(this.#offer.resume));
      this.#onClosed();
    });
  }

  async #finish(digest: Bytes): Promise<File> {
    if (this.#isClosed) throw new Error('it is in other hands, or in none');
    await this.#part.flush();
    await this.#blocks.flush();
    await this.#closeHandles();
    await writeOffer(this.#place, { ...this.#offer, digest });
    const part = await this.#place.folder.getFileHandle(toBase64Url(this.#offer.resume) + PART);
    return receivedFile([await part.getFile()], this.#offer.name);
  }

  async #closeHandles(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    await Promise.all([this.#part.close(), this.#blocks.close()]);
  }
}

/** null where there is none, or a damaged one. @throws whatever the browser does, where the disk cannot be read now */
export async function offerKeptIn(folder: DiskFolderLike, stem: string): Promise<KeptOffer | null> {
  const file = await fileIn(folder, stem + OFFER);
  if (file === null) return null;
  const offer = parseKeptOffer(await (await file.getFile()).text());
  return offer !== null && toBase64Url(offer.resume) === stem ? offer : null;
}

/** As far as it can: what somebody has open stays until the next time. */
export async function removeFrom(folder: DiskFolderLike, stem: string): Promise<void> {
  // The offer last: what lies there without one is swept all the same, and one without blocks is none.
  for (const ending of [PART, BLOCKS, OFFER]) await folder.removeEntry(stem + ending).catch(() => {});
}

/** Over what was there before: a file that is whole needs no more room to be said to be. */
async function writeOffer({ room }: DiskPlace, offer: KeptOffer): Promise<void> {
  const bytes = new TextEncoder().encode(writeKeptOffer(offer));
  const handle = await room.open(toBase64Url(offer.resume) + OFFER, bytes.length);
  try {
    if (!writeAll(handle, bytes, 0)) throw new Error('no room');
    await handle.flush();
  } finally {
    await handle.close();
  }
}

/** Of those blocks that are what their digests say. */
async function digestsIn(
  blocks: DiskHandleLike,
  part: DiskHandleLike,
  sizeBytes: number,
  crypto: CryptoLike,
): Promise<BlockDigests> {
  const kept = new Uint8Array(await blocks.getSize());
  blocks.read(kept, { at: 0 });
  const claimed = new BlockDigests(sizeBytes, kept);
  const found = new BlockDigests(sizeBytes);
  for (const [from, to] of claimed.have.ranges())
    for (let block = from; block < to; block++) {
      const bytes = new Uint8Array(claimed.sizeOf(block));
      part.read(bytes, { at: block * FILE_BLOCK_BYTES });
      const digest = await sha256(crypto, bytes);
      if (claimed.is(block, digest)) found.set(block, digest);
    }
  return found;
}

/** false where the browser gives no more room: one throws, another writes less. */
function writeAll(handle: DiskHandleLike, bytes: Bytes, at: number): boolean {
  try {
    return handle.write(bytes, { at }) === bytes.length;
  } catch {
    return false;
  }
}
