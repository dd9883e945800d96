/**
 * Owns received files in the browser's own folder: which there are, who has one open, and whether there is room for another. What nobody
 * has had open for a day, or was saved, is swept.
 */

import { type Bytes, toBase64Url } from '../../main/common/bytes.ts';
import type { CryptoLike } from '../../main/common/platform.ts';
import { FILE_KEPT_MAX_MS } from '../../main/common/protocol/file-limits.ts';
import { fail, ok, type Result } from '../../main/common/result.ts';
import type { IncomingFile } from '../core/files/file-worker-port.ts';
import { BlockDigests } from './block-digests.ts';
import { type DiskLike, fileIn } from './disk-api.ts';
import { DiskFile, type DiskPlace, offerKeptIn, removeFrom } from './disk-file.ts';
import { DiskRoom } from './disk-room.ts';
import type { PartialRow } from './file-orders.ts';
import type { FileStore, KeptFile } from './kept-file.ts';

/** For what is written beside the blocks. */
const SPACE_MARGIN_BYTES = 1_048_576;

export class DiskStore implements FileStore {
  readonly keptIn = 'disk';
  readonly #disk: DiskLike;
  readonly #place: DiskPlace;
  readonly #crypto: CryptoLike;

  constructor(disk: DiskLike, crypto: CryptoLike) {
    this.#disk = disk;
    this.#place = { folder: disk.folder, room: new DiskRoom(disk.folder) };
    this.#crypto = crypto;
  }

  async open(offer: IncomingFile): Promise<Result<KeptFile, 'no-space' | 'no-room'>> {
    const { folder } = this.#disk;
    const stem = toBase64Url(offer.resume);
    const release = await this.#hold(stem);
    if (release === null) return fail('no-room');
    // Until it is known that it is not, since it stays then.
    let isKnown = true;
    try {
      isKnown = (await offerKeptIn(folder, stem))?.size === offer.size;
      if (!isKnown) await removeFrom(folder, stem);
      if (isKnown || (await this.#hasRoom(offer.size)))
        return ok(
          await DiskFile.open(this.#place, { ...offer, digest: null, saved: false }, this.#crypto, release),
        );
    } catch {
      // What lies there from before stays: there may be room another time.
      if (!isKnown) await removeFrom(folder, stem);
    }
    release();
    return fail('no-space');
  }

  async openWhole(offer: IncomingFile): Promise<{ readonly file: KeptFile; readonly digest: Bytes } | null> {
    const { folder } = this.#disk;
    const stem = toBase64Url(offer.resume);
    const release = await this.#hold(stem);
    if (release === null) return null;
    try {
      const known = await offerKeptIn(folder, stem);
      if (known !== null && known.digest !== null)
        return { file: await DiskFile.open(this.#place, known, this.#crypto, release), digest: known.digest };
    } catch {
      // As if it were not there.
    }
    release();
    return null;
  }

  async forget({ resume }: IncomingFile): Promise<void> {
    const stem = toBase64Url(resume);
    const release = await this.#hold(stem);
    if (release === null) return;
    await removeFrom(this.#disk.folder, stem);
    release();
  }

  async partials(): Promise<readonly PartialRow[]> {
    const stems = new Set<string>();
    for await (const name of this.#disk.folder.keys()) stems.add(name.replace(/\.[^.]*$/, ''));
    const rows: PartialRow[] = [];
    for (const stem of stems) {
      const release = await this.#hold(stem);
      if (release === null) continue;
      // What cannot be read now, as on a full disk, may be another time.
      const row = await this.#rowOf(stem).catch(() => undefined);
      if (row === null) await removeFrom(this.#disk.folder, stem);
      else if (row !== undefined) rows.push(row);
      release();
    }
    return rows;
  }

  /** null where it is not worth keeping. */
  async #rowOf(stem: string): Promise<PartialRow | null> {
    const { folder, wallClock } = this.#disk;
    const offer = await offerKeptIn(folder, stem);
    if (offer === null || offer.saved) return null;
    const blocks = await fileIn(folder, `${stem}.blocks`);
    if (blocks === null) return null;
    const kept = await blocks.getFile();
    if (kept.lastModified < wallClock() - FILE_KEPT_MAX_MS) return null;
    const { have } = new BlockDigests(offer.size, new Uint8Array(await kept.arrayBuffer()));
    const { resume, senderId, name, size, mime, digest } = offer;
    return { resume, senderId, name, size, mime, have: have.ranges(), whole: digest !== null };
  }

  /** As far as the browser says; what others have taken counts as used. */
  async #hasRoom(sizeBytes: number): Promise<boolean> {
    const { quota, usage } = await this.#disk.space.estimate();
    return quota === undefined || usage === undefined || sizeBytes + SPACE_MARGIN_BYTES <= quota - usage;
  }

  /** Until what it gives is called, or the page is gone; null where somebody else has it. */
  #hold(stem: string): Promise<(() => void) | null> {
    return new Promise((resolve) => {
      const held = (lock: object | null) => {
        if (lock !== null) return new Promise<void>((release) => resolve(release));
        resolve(null);
        return Promise.resolve();
      };
      this.#disk.locks
        .request(`secret-call file ${stem}`, { ifAvailable: true }, held)
        .catch(() => resolve(null));
    });
  }
}
