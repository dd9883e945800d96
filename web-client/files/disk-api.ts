/**
 * Owns the few members of the browser's own folder that are used (WHATWG File System, Web Locks), stated so that a test hands in its own;
 * which folder in it has the received files, and whether anything lies there.
 */

/** FileSystemSyncAccessHandle; what gives a promise in Safari before 16.4 may. */
export interface DiskHandleLike {
  read(into: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  write(bytes: Uint8Array<ArrayBuffer>, options: { readonly at: number }): number;
  flush(): void | Promise<void>;
  close(): void | Promise<void>;
  getSize(): number | Promise<number>;
  truncate(sizeBytes: number): void | Promise<void>;
}

export interface DiskFileLike {
  /** Exclusive. @throws NoModificationAllowedError where somebody has one */
  createSyncAccessHandle(): Promise<DiskHandleLike>;
  getFile(): Promise<File>;
}

export interface DiskFolderLike {
  getFileHandle(name: string, options?: { readonly create: boolean }): Promise<DiskFileLike>;
  removeEntry(name: string): Promise<void>;
  keys(): AsyncIterable<string>;
}

export interface DiskLocksLike {
  /** Calls back with null where somebody holds it; it is held until what is given back settles, or the page is gone. */
  request(
    name: string,
    options: { readonly ifAvailable: true },
    held: (lock: object | null) => Promise<void>,
  ): Promise<void>;
}

/** The part of StorageManager that is used. */
export interface DiskSpaceLike {
  estimate(): Promise<{ readonly quota?: number; readonly usage?: number }>;
}

/** What a worker has of the disk. */
export interface DiskLike {
  /** Of received files alone. */
  readonly folder: DiskFolderLike;
  readonly locks: DiskLocksLike;
  readonly space: DiskSpaceLike;
  /** Milliseconds since 1970. */
  readonly wallClock: () => number;
}

/** null: there is none. @throws whatever else the browser does, as where the disk cannot be read now */
export async function fileIn(folder: DiskFolderLike, name: string): Promise<DiskFileLike | null> {
  try {
    return await folder.getFileHandle(name);
  } catch (error) {
    if (error instanceof Error && error.name === 'NotFoundError') return null;
    throw error;
  }
}

/** Others keep theirs beside it. */
export const FILES_FOLDER = 'files';

/** The part of StorageManager that is used. */
export interface OwnFolderLike {
  getDirectory(): Promise<{ getDirectoryHandle(name: string): Promise<{ keys(): AsyncIterable<string> }> }>;
}

/** Whether a former page left something, which then is to be taken up or swept. */
export async function hasKeptFiles(storage: OwnFolderLike): Promise<boolean> {
  try {
    const folder = await (await storage.getDirectory()).getDirectoryHandle(FILES_FOLDER);
    for await (const _ of folder.keys()) return true;
  } catch {
    // There is no folder, or it may not be looked at.
  }
  return false;
}
