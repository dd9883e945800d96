/** Owns the worker that reads, digests, seals, opens and writes files: ties it to the disk, or to memory where there is none, and answers the page. */

import type { TimersLike } from '../../main/common/platform.ts';
import { type DiskFolderLike, type DiskLike, FILES_FOLDER } from './disk-api.ts';
import { DiskStore } from './disk-store.ts';
import type { FileOrderHandlers, FileOrderName, FileWorkerWord, WorkerOrder } from './file-orders.ts';
import { fileOrderHandlers } from './file-worker-desk.ts';
import type { FileStore } from './kept-file.ts';
import { MemoryStore } from './memory-store.ts';
import { previewOf } from './preview.ts';
import { WordsToPage } from './words-to-page.ts';

/** The part of DedicatedWorkerGlobalScope that is used. */
interface WorkerScope {
  postMessage(words: readonly FileWorkerWord[], handedOver: readonly object[]): void;
}

const scope = globalThis as unknown as WorkerScope & TimersLike;
const page = new WordsToPage(scope, (words, handedOver) => scope.postMessage(words, handedOver));

/** Rejects where the browser keeps nothing for this page, or not in the way that outlives a killed tab. */
async function openDisk(): Promise<DiskLike> {
  const { storage, locks } = navigator;
  const root = await storage.getDirectory();
  const folder = await root.getDirectoryHandle(FILES_FOLDER, { create: true });
  if (!('createSyncAccessHandle' in FileSystemFileHandle.prototype)) throw new Error('no handles');
  return {
    folder: folder as unknown as DiskFolderLike,
    locks: locks as DiskLike['locks'],
    space: storage,
    wallClock: Date.now,
  };
}

/** Known of Chromium alone. */
const noticesChange = /Chrom(?:e|ium)\//.test(navigator.userAgent);

const store: Promise<FileStore> = openDisk().then(
  (disk) => new DiskStore(disk, crypto),
  () => new MemoryStore(),
);

const handlers: Promise<FileOrderHandlers> = store.then((opened) =>
  fileOrderHandlers({
    crypto,
    store: opened,
    noticesChange,
    preview: (file) => previewOf(file, (image, options) => createImageBitmap(image, options)),
    onCached: (file, blocks) => page.add({ cachedOf: file, blocks }),
  }),
);

async function carryOut<Name extends FileOrderName>({ id, name, takes }: WorkerOrder<Name>): Promise<void> {
  try {
    const handle = (await handlers)[name];
    const gives = await handle(takes);
    if (saysNothingNew(gives)) page.add({ id, gives });
    else page.say({ id, gives }, transferredOf(gives));
  } catch {
    page.say({ id, failed: true });
  }
}

/** As of a frame in the middle of a block. */
function saysNothingNew(gives: unknown): boolean {
  const result = gives as { readonly ok?: unknown; readonly value?: unknown } | null;
  return result?.ok === true && result.value === null;
}

/** What is handed over instead of copied: frames of a block, an ack, a picture. */
function transferredOf(gives: unknown): readonly object[] {
  if (typeof ImageBitmap !== 'undefined' && gives instanceof ImageBitmap) return [gives];
  const value = (gives as { readonly value?: unknown } | null)?.value;
  if (Array.isArray(value)) return value.filter((item) => item instanceof ArrayBuffer);
  return [];
}

addEventListener('message', ({ data }) => void carryOut(data));
// No word, but a sign that it runs: some orders take long.
scope.postMessage([], []);
