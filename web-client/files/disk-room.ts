/**
 * Owns taking room on the disk. In Chromium a handle that has made its file longer holds a mebibyte of the quota at least until it is
 * closed, and one that writes only where the file is holds none (findings/growing-handle-holds-quota.sh). So what grows a file is closed
 * as soon as it has, and one does at a time: else a hundred short files would take what only long ones need.
 */

import { SerialQueue } from '../../main/common/timing/serial-queue.ts';
import type { DiskFileLike, DiskFolderLike, DiskHandleLike } from './disk-api.ts';

export class DiskRoom {
  readonly #folder: DiskFolderLike;
  readonly #growing = new SerialQueue();

  constructor(folder: DiskFolderLike) {
    this.#folder = folder;
  }

  /** A file that is so long from then on; what it gained is zeros. @throws whatever the browser does, where there is no room */
  async open(name: string, sizeBytes: number): Promise<DiskHandleLike> {
    const file = await this.#folder.getFileHandle(name, { create: true });
    await this.#growing.run(() => makeSoLong(file, sizeBytes));
    return file.createSyncAccessHandle();
  }
}

/** Where the browser has no room, one throws, another leaves the file as it is. */
async function makeSoLong(file: DiskFileLike, sizeBytes: number): Promise<void> {
  const handle = await file.createSyncAccessHandle();
  try {
    if ((await handle.getSize()) === sizeBytes) return;
    await handle.truncate(sizeBytes);
    if ((await handle.getSize()) !== sizeBytes) throw new Error('no room');
  } finally {
    await handle.close();
  }
}
