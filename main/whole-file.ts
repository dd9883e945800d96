/** Owns files that are there whole or not at all: how one is replaced, and how one that is no good is put aside and never lost. */

import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import path from 'node:path';

const PRIVATE = 0o600;

/** Writes beside the file and renames, so that a crash leaves the old content or the new. For this account's eyes only. */
export async function replaceFile(file: string, content: string | Uint8Array): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const next = nextOf(file);
  try {
    await writeThrough(next, content, PRIVATE);
    await rename(next, file);
  } catch (error) {
    await rm(next, { force: true }).catch(() => {});
    throw error;
  }
}

export interface WholeFile {
  readonly file: string;
  readonly content: string;
  /** Left out, it is for this account's eyes only. */
  readonly mode?: number;
}

/**
 * All of them or none, in folders that are there: where one cannot be put in its place, those before it are what they were.
 * @param move puts a written file in its place
 */
export async function replaceFiles(files: readonly WholeFile[], move = rename): Promise<void> {
  /** What takes back each step that was taken. */
  const undo: (() => Promise<void>)[] = [];
  const former: string[] = [];
  try {
    for (const { file, content, mode = PRIVATE } of files) {
      undo.push(() => rm(nextOf(file), { force: true }));
      await writeThrough(nextOf(file), content, mode);
      if (await copyFormer(file)) former.push(file);
    }
    for (const { file } of files) {
      await move(nextOf(file), file);
      undo.push(() => (former.includes(file) ? rename(formerOf(file), file) : rm(file)));
    }
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => {});
    throw error;
  } finally {
    for (const { file } of files) await rm(formerOf(file), { force: true }).catch(() => {});
  }
}

const nextOf = (file: string) => `${file}.${process.pid}.next`;
const formerOf = (file: string) => `${file}.${process.pid}.former`;

async function writeThrough(file: string, content: string | Uint8Array, mode: number): Promise<void> {
  const handle = await open(file, 'w', PRIVATE);
  try {
    await handle.writeFile(content);
    await handle.chmod(mode);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Whether there was one to copy. */
async function copyFormer(file: string): Promise<boolean> {
  try {
    await copyFile(file, formerOf(file));
    return true;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

/** Under a name that says why. Where it cannot be moved it can hardly be overwritten either. */
export async function putAside(file: string, why: string): Promise<void> {
  const stamp = new Date().toISOString().replace(/[:.]/g, '-');
  await rename(file, `${file}.${why}-${stamp}`).catch(() => {});
}

export const isMissing = (error: unknown): boolean => codeOf(error) === 'ENOENT';

/** The disk's, or what of it this account may use. */
export const isFull = (error: unknown): boolean => ['ENOSPC', 'EDQUOT'].includes(codeOf(error));

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '');
