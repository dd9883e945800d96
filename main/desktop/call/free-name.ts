/** Owns putting a whole file into a folder under a name that is free there: nothing is overwritten, and nothing stands there before it is whole. */

import { open, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileNameParts, safeFileName } from '../../common/names/file-name.ts';

/** A folder with so many of one name is somebody's doing. */
const COPIES_MAX = 10_000;

/** @returns where it is now */
export async function moveToFreeName(part: string, folder: string, name: string): Promise<string> {
  const { stem, extension } = fileNameParts(safeFileName(name));
  for (let copy = 1; copy <= COPIES_MAX; copy += 1) {
    const file = path.join(folder, copy === 1 ? `${stem}${extension}` : `${stem} (${copy})${extension}`);
    if (!(await take(file))) continue;
    try {
      await rename(part, file);
    } catch (error) {
      await rm(file, { force: true });
      throw error;
    }
    return file;
  }
  throw new Error('no name is free');
}

/** Not by looking first: another program may want the same name in this moment. */
async function take(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.close();
    return true;
  } catch (error) {
    // A folder of that name, too, is `EEXIST`.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}
