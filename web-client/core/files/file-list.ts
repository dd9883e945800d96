/** Owns the list of files as the page shows it: first to last, told at most so often, and anew while anything moves. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { FILE_VIEW_RATE } from '../../../main/common/protocol/file-limits.ts';
import { LatestThrottle } from '../../../main/common/timing/latest-throttle.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { FileTransfer } from '../state/files-state.ts';
import type { RoomStore } from '../state/room-store.ts';
import type { FileEntry } from './file-entry.ts';

/** Of more, what ended first goes, whether or not somebody dismissed it. */
export const FILES_LISTED_MAX = 300;
/** How far each is, its speed and the time left are told anew, and what waits for somebody is looked at. */
const TICK_MS = 1_000;

export interface FileListOptions {
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly room: RoomStore;
  /** Whether any link that brings it carries. */
  readonly isOpen: (entry: FileEntry) => boolean;
  readonly onTick: () => void;
}

export class FileList<Entry extends FileEntry> implements Disposable, Iterable<Entry> {
  readonly #options: FileListOptions;
  readonly #show: LatestThrottle<void>;
  readonly #tick: Timeout;
  /** As people were called last. */
  readonly #names = new Map<string, string>();
  #entries: readonly Entry[] = [];
  #last = 0;

  constructor(options: FileListOptions) {
    this.#options = options;
    this.#tick = new Timeout(options.timers);
    this.#show = new LatestThrottle({ ...options, limit: FILE_VIEW_RATE, tell: () => this.#tell() });
  }

  [Symbol.iterator](): Iterator<Entry> {
    return this.#entries[Symbol.iterator]();
  }

  get(key: string): Entry | undefined {
    return this.#entries.find(({ facts }) => facts.key === key);
  }

  /** A key for one to come. */
  nextKey(): string {
    return `file-${++this.#last}`;
  }

  add(entry: Entry): void {
    this.#entries = [...this.#entries, entry];
    const oldest = this.#entries.find(({ over, standing }) => over && standing.phase !== 'whole');
    if (this.#entries.length > FILES_LISTED_MAX && oldest !== undefined) {
      // Should it be offered again after all, another one is to open what is kept of it.
      oldest.dispose();
      this.remove(oldest);
    }
    this.show();
  }

  remove(entry: Entry): void {
    this.#entries = this.#entries.filter((other) => other !== entry);
    this.show();
  }

  show(): void {
    this.#show.push();
  }

  dispose(): void {
    this.#show.dispose();
    this.#tick.dispose();
    for (const entry of this.#entries) entry.dispose();
  }

  #tell(): void {
    const { room, isOpen } = this.#options;
    for (const { id, name } of room.state.participants) if (name !== null) this.#names.set(id, name);
    const before = new Map(room.state.files.map((file) => [file.key, file]));
    const files = this.#entries.map((entry) => {
      const view = entry.view(this.#names.get(entry.person) ?? null, isOpen(entry));
      const known = before.get(view.key);
      return known !== undefined && isSameFile(known, view) ? known : view;
    });
    const same =
      files.length === before.size && files.every((file, index) => file === room.state.files[index]);
    if (!same) room.dispatch({ type: 'files', files });
    if (!this.#tick.pending && files.some(({ phase }) => phase === 'moving' || phase === 'waiting'))
      this.#tick.set(() => {
        this.#options.onTick();
        this.show();
      }, TICK_MS);
  }
}

function isSameFile(a: FileTransfer, b: FileTransfer): boolean {
  return (Object.keys(b) as (keyof FileTransfer)[]).every((key) => a[key] === b[key]);
}
