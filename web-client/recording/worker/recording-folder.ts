/**
 * Owns where recordings lie in the origin's private file system: a folder each, which belongs to whoever holds its journal open, and in
 * it the files of each part, which are found again, and put in order, by their names alone.
 */

import { RECORDINGS_FOLDER } from '../recorder-messages.ts';
import { type Journal, type JournalEntry, journalLine, readJournal } from '../timeline/journal.ts';

/** The part of FileSystemSyncAccessHandle (WHATWG File System) that is used. */
export interface OpenFile {
  write(data: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  read(data: Uint8Array<ArrayBuffer>, options: { at: number }): number;
  getSize(): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

interface OpenableFile extends FileSystemFileHandle {
  createSyncAccessHandle(): Promise<OpenFile>;
}

const JOURNAL = 'journal';
const PART_FILE = /^part-(\d+)(?:-(\d+))?\.webm$/;
/** The one that all are in. */
export const MIX_PART = 0;

/** @param piece 0 for the first one */
export const partFile = (part: number, piece: number): string =>
  piece === 0 ? `part-${part}.webm` : `part-${part}-${piece}.webm`;

export const isPartFile = (name: string): boolean => PART_FILE.test(name);

/** @param names of all that is in the folder */
export function partFilesOf(part: number, names: readonly string[]): readonly string[] {
  return names
    .flatMap((name) => {
      const [, own, piece = '0'] = PART_FILE.exec(name) ?? [];
      return own !== undefined && Number(own) === part ? { name, piece: Number(piece) } : [];
    })
    .sort((a, b) => a.piece - b.piece)
    .map(({ name }) => name);
}

export async function recordingsFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory();
  return root.getDirectoryHandle(RECORDINGS_FOLDER, { create: true });
}

export class RecordingFolder {
  readonly name: string;
  readonly #parent: FileSystemDirectoryHandle;
  readonly #directory: FileSystemDirectoryHandle;
  readonly #journal: OpenFile;

  private constructor(
    parent: FileSystemDirectoryHandle,
    directory: FileSystemDirectoryHandle,
    journal: OpenFile,
  ) {
    this.name = directory.name;
    this.#parent = parent;
    this.#directory = directory;
    this.#journal = journal;
  }

  /** Throws where another page has it. */
  static async open(parent: FileSystemDirectoryHandle, name: string): Promise<RecordingFolder> {
    const directory = await parent.getDirectoryHandle(name, { create: true });
    return new RecordingFolder(parent, directory, await openFile(directory, JOURNAL));
  }

  get journal(): Journal | null {
    const bytes = new Uint8Array(this.#journal.getSize());
    this.#journal.read(bytes, { at: 0 });
    return readJournal(new TextDecoder().decode(bytes));
  }

  note(entry: JournalEntry): void {
    const line = new TextEncoder().encode(journalLine(entry));
    if (this.#journal.write(line, { at: this.#journal.getSize() }) < line.length) throw new NoSpaceError();
    this.#journal.flush();
  }

  create(name: string): Promise<OpenFile> {
    return openFile(this.#directory, name);
  }

  /** Of all files that are in it. */
  async names(): Promise<readonly string[]> {
    const names: string[] = [];
    for await (const name of this.#directory.keys()) names.push(name);
    return names;
  }

  /** null where there is none. */
  async file(name: string): Promise<File | null> {
    try {
      return await (await this.#directory.getFileHandle(name)).getFile();
    } catch {
      return null;
    }
  }

  async delete(name: string): Promise<void> {
    await this.#directory.removeEntry(name).catch(() => {});
  }

  /** With all that is in it. */
  async discard(): Promise<void> {
    this.#journal.close();
    await this.#parent.removeEntry(this.name, { recursive: true });
  }

  /** As it is, for another time. */
  close(): void {
    this.#journal.close();
  }
}

/** The disk is full, or what the browser gives the page of it. */
export class NoSpaceError extends Error {}

export function isNoSpace(error: unknown): boolean {
  return error instanceof NoSpaceError || (error instanceof Error && error.name === 'QuotaExceededError');
}

async function openFile(directory: FileSystemDirectoryHandle, name: string): Promise<OpenFile> {
  const handle = (await directory.getFileHandle(name, { create: true })) as OpenableFile;
  return handle.createSyncAccessHandle();
}
