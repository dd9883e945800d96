/** Owns files that are there whole or not at all: how one is replaced, and how one that is no good is put aside and never lost. */

import { mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/** Writes beside the file and renames, so that a crash leaves the old content or the new. For this account's eyes only. */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const next = `${file}.${process.pid}.next`;
  try {
    const handle = await open(next, 'w', 0o600);
    try {
      await handle.writeFile(content);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(next, file);
  } catch (error) {
    await rm(next, { force: true }).catch(() => {});
    throw error;
  }
}

/** Under a name that says why. Where it cannot be moved it can hardly be overwritten either. */
export async function putAside(file: string, why: string): Promise<void> {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  await rename(file, `${file}.${why}-${stamp}`).catch(() => {});
}

export function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
