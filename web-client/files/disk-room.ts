/**
 * Owns taking room on the disk. In Chromium a handle that has made its file longer holds a mebibyte of the quota at least until it is
 * closed, and one that writes only where the file is holds none (findings/growing-handle-holds-quota.sh). So what grows a file is closed
 * as soon as it has, and one does at a time: else a hundred short files would take what only long ones need. And what a handle is refused
 * may fit all the same: a stream asks for no more than the file is to be long.
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
    await this.#growing.run(async () => {
      if (!(await isLongByHandle(file, sizeBytes))) await makeLongByStream(file, sizeBytes);
    });
    return file.createSyncAccessHandle();
  }
}

/** Where the browser has no room, one throws, another leaves the file as it is. */
async function isLongByHandle(file: DiskFileLike, sizeBytes: number): Promise<boolean> {
  const handle = await file.createSyncAccessHandle();
  try {
    if ((await handle.getSize()) !== sizeBytes) await handle.truncate(sizeBytes);
    return (await handle.getSize()) === sizeBytes;
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}

/** Until it is closed there is another file beside this one, which has what this one had: little, or it would not be refused. */
async function makeLongByStream(file: DiskFileLike, sizeBytes: number): Promise<void> {
  const stream = await file.createWritable?.({ keepExistingData: true });
  await stream?.truncate(sizeBytes);
  await stream?.close();
  if ((await file.getFile()).size !== sizeBytes) throw new Error('no room');
}
