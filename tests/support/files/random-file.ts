/** Owns files of a size for tests: nothing in them comes twice, and no line packs them smaller. */

import { randomFillSync } from 'node:crypto';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

export const MIB = 1_048_576;

/** Its path. */
export async function writeRandomFile(directory: string, name: string, mebibytes: number): Promise<string> {
  const path = join(directory, name);
  const file = await open(path, 'w');
  try {
    const piece = Buffer.alloc(MIB);
    for (let written = 0; written < mebibytes; written++) await file.write(randomFillSync(piece));
  } finally {
    await file.close();
  }
  return path;
}
