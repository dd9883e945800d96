/** Owns the recordings that lie in the browser's storage: begun, finished, found again after a crash, saved, thrown away. */

import { BufferTarget } from 'mediabunny';
import type { FinishedFiles } from '../recorder-messages.ts';
import { chaptersText, fileNameOf } from '../timeline/chapters.ts';
import type { Journal } from '../timeline/journal.ts';
import { FileTarget } from './file-target.ts';
import { finishRecording, type TrackParts } from './finish-recording.ts';
import { isNoSpace, isPartFile, MIX_PART, partFilesOf, RecordingFolder } from './recording-folder.ts';

/** Where the disk has no room for the whole file beside its parts, it is made in memory up to here. */
const MEMORY_MAX = 128 * 1024 * 1024;

export class RecordingKeeper {
  readonly #parent: FileSystemDirectoryHandle;
  /** Those of this page: no other page can open them. */
  readonly #folders = new Map<string, RecordingFolder>();

  constructor(parent: FileSystemDirectoryHandle) {
    this.#parent = parent;
  }

  /** Throws where nothing may be kept. */
  async create(startedAt: number): Promise<RecordingFolder> {
    return this.#open(`${startedAt}-${crypto.randomUUID()}`);
  }

  /** What pages before this one left, but for what other pages have in hand; finished now. */
  async left(): Promise<readonly FinishedFiles[]> {
    const left: FinishedFiles[] = [];
    for await (const name of this.#parent.keys()) {
      if (this.#folders.has(name)) continue;
      try {
        const folder = await this.#open(name);
        const journal = folder.journal;
        // Its person has it, or there was never anything in it.
        const files = journal === null || journal.saved ? null : await this.#finish(folder, journal);
        if (files === null) await this.discard(name);
        else left.push(files);
      } catch {
        // Another page has it, or there is no room to finish it: for another time.
        this.#folders.get(name)?.close();
        this.#folders.delete(name);
      }
    }
    return left.sort((a, b) => a.startedAt - b.startedAt);
  }

  /** null where there was nothing in it. Throws where it is neither to be finished now. */
  async finish(name: string): Promise<FinishedFiles | null> {
    const folder = this.#folders.get(name) ?? (await this.#open(name));
    const { journal } = folder;
    return journal === null ? null : this.#finish(folder, journal);
  }

  markSaved(name: string): void {
    this.#folders.get(name)?.note({ type: 'saved' });
  }

  async discard(name: string): Promise<void> {
    const folder = this.#folders.get(name);
    this.#folders.delete(name);
    await folder?.discard();
  }

  async #open(name: string): Promise<RecordingFolder> {
    const folder = await RecordingFolder.open(this.#parent, name);
    this.#folders.set(name, folder);
    return folder;
  }

  async #finish(folder: RecordingFolder, journal: Journal): Promise<FinishedFiles | null> {
    const { startedAt } = journal;
    const name = fileNameOf(startedAt);
    const [wholeName, chaptersName] = [`${name}.webm`, `${name}.txt`];
    const [whole, chapters] = [await folder.file(wholeName), await folder.file(chaptersName)];
    if (journal.finished && whole !== null && chapters !== null)
      return { folder: folder.name, startedAt, file: typed(whole), chapters };
    const tracks = await tracksOf(folder, journal);
    try {
      const target = new FileTarget(await folder.create(wholeName));
      const endMs = await finishRecording(journal, tracks, target.target).finally(() => target.close());
      if (endMs === null) return null;
      const text = chaptersText(journal, endMs);
      const chaptersFile = await folder.create(chaptersName);
      try {
        chaptersFile.write(new TextEncoder().encode(text), { at: 0 });
      } finally {
        chaptersFile.close();
      }
      folder.note({ type: 'finished' });
      const [file, beside] = [await folder.file(wholeName), await folder.file(chaptersName)];
      if (file === null || beside === null) throw new Error('what was written is not there');
      for (const part of (await folder.names()).filter(isPartFile)) await folder.delete(part);
      return { folder: folder.name, startedAt, file: typed(file), chapters: beside };
    } catch (error) {
      await folder.delete(wholeName);
      const bytes = tracks.flatMap(({ files }) => files).reduce((sum, { size }) => sum + size, 0);
      if (!isNoSpace(error) || bytes > MEMORY_MAX) throw error;
      return finishInMemory(folder.name, journal, tracks, name);
    }
  }
}

async function finishInMemory(
  folder: string,
  journal: Journal,
  tracks: readonly TrackParts[],
  name: string,
): Promise<FinishedFiles | null> {
  const target = new BufferTarget();
  const endMs = await finishRecording(journal, tracks, target);
  if (endMs === null || target.buffer === null) return null;
  const { startedAt } = journal;
  return {
    folder,
    startedAt,
    file: new File([target.buffer], `${name}.webm`, { type: WEBM_TYPE }),
    chapters: new File([chaptersText(journal, endMs)], `${name}.txt`, { type: 'text/plain' }),
  };
}

const WEBM_TYPE = 'audio/webm';
/** The same bytes, on the disk as before. */
const typed = (file: File) => new File([file], file.name, { type: WEBM_TYPE });

async function tracksOf(folder: RecordingFolder, journal: Journal): Promise<readonly TrackParts[]> {
  const names = await folder.names();
  const filesOf = async (parts: readonly number[]) => {
    const files = await Promise.all(
      parts.flatMap((part) => partFilesOf(part, names)).map((name) => folder.file(name)),
    );
    return files.filter((file) => file !== null);
  };
  if (journal.mode === 'mixed') return [{ name: null, files: await filesOf([MIX_PART]) }];
  return Promise.all(
    journal.people.map(async ({ name, presences }) => ({
      name,
      files: await filesOf(presences.map(({ part }) => part)),
    })),
  );
}
