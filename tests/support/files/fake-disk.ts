/** Owns a browser's own folder for tests: exclusive handles, locks that end with their page, a quota, and what is left when a page is killed. */

import type { DiskFileLike, DiskHandleLike, DiskLike } from '../../../web-client/files/disk-api.ts';

interface FileOnDisk {
  bytes: Uint8Array<ArrayBuffer>;
  changedMs: number;
  /** What whoever has it open may make it long without asking again. */
  heldBytes: number;
  openedBy: FakePageOnDisk | null;
}

/** How a browser says that there is no more room: Chromium throws, another writes less. */
export type WhenFull = 'throws' | 'writes-less';

export class FakeDisk {
  readonly files = new Map<string, FileOnDisk>();
  readonly locks = new Map<string, FakePageOnDisk>();
  quotaBytes = Number.POSITIVE_INFINITY;
  /** What the browser says it is. */
  toldQuotaBytes: number | null = null;
  /** Of the quota, by whoever has made a file longer and has it open still. */
  heldLeastBytes = 0;
  /** The disk itself: what a file is long it need not have room for. */
  isFull = false;
  /** As Chromium is where a disk is full to the last byte. */
  isUnreadable = false;
  whenFull: WhenFull = 'throws';
  nowMs = 1_000_000_000_000;

  get usedBytes(): number {
    return [...this.files.values()].reduce((sum, file) => sum + takenBy(file), 0);
  }

  /** Whether a file may become so long. */
  hold(file: FileOnDisk, sizeBytes: number): boolean {
    if (sizeBytes <= takenBy(file)) return true;
    const heldBytes = Math.max(sizeBytes, this.heldLeastBytes);
    if (heldBytes - takenBy(file) > this.quotaBytes - this.usedBytes) return false;
    file.heldBytes = heldBytes;
    return true;
  }

  /** Names of files, in order. */
  get names(): readonly string[] {
    return [...this.files.keys()].sort();
  }

  openPage(): FakePageOnDisk {
    return new FakePageOnDisk(this);
  }
}

/** The disk as one page's worker has it. */
export class FakePageOnDisk implements DiskLike {
  readonly #disk: FakeDisk;
  #isKilled = false;

  constructor(disk: FakeDisk) {
    this.#disk = disk;
  }

  readonly wallClock = () => this.#disk.nowMs;

  readonly space = {
    estimate: async () => ({
      quota: this.#disk.toldQuotaBytes ?? this.#disk.quotaBytes,
      usage: this.#disk.usedBytes,
    }),
  };

  readonly folder = {
    getFileHandle: async (name: string, { create = false } = {}): Promise<DiskFileLike> => {
      const { files } = this.#disk;
      if (!files.has(name) && !create) throw named('NotFoundError');
      if (!files.has(name))
        files.set(name, {
          ...{ bytes: new Uint8Array(), changedMs: this.#disk.nowMs },
          ...{ heldBytes: 0, openedBy: null },
        });
      return {
        createSyncAccessHandle: async () => this.#open(name),
        getFile: async () => {
          if (this.#disk.isUnreadable) throw named('InvalidStateError');
          const file = this.#fileOf(name);
          return new File([file.bytes], name, { lastModified: file.changedMs });
        },
      };
    },
    removeEntry: async (name: string) => {
      if (this.#fileOf(name).openedBy !== null) throw named('NoModificationAllowedError');
      this.#disk.files.delete(name);
    },
    keys: () => this.#names(),
  };

  readonly locks: DiskLike['locks'] = {
    request: async (name, _options, held) => {
      const { locks } = this.#disk;
      if (locks.has(name)) return held(null);
      locks.set(name, this);
      await held({});
      if (locks.get(name) === this) locks.delete(name);
    },
  };

  /** The tab is gone from one moment to the next. */
  kill(): void {
    this.#isKilled = true;
    for (const file of this.#disk.files.values()) if (file.openedBy === this) letGo(file);
    for (const [name, page] of this.#disk.locks) if (page === this) this.#disk.locks.delete(name);
  }

  async *#names(): AsyncGenerator<string> {
    yield* this.#disk.names;
  }

  #fileOf(name: string): FileOnDisk {
    const file = this.#disk.files.get(name);
    if (file === undefined) throw named('NotFoundError');
    return file;
  }

  #open(name: string): DiskHandleLike {
    const file = this.#fileOf(name);
    if (file.openedBy !== null) throw named('NoModificationAllowedError');
    file.openedBy = this;
    const disk = this.#disk;
    const isKilled = () => this.#isKilled;
    return {
      read(into, { at }) {
        const found = file.bytes.subarray(at, at + into.length);
        into.set(found);
        return found.length;
      },
      write(bytes, { at }) {
        if (isKilled()) return bytes.length;
        const end = Math.max(file.bytes.length, at + bytes.length);
        if (disk.isFull || !disk.hold(file, end)) {
          if (disk.whenFull === 'throws') throw named('QuotaExceededError');
          return bytes.length - 1;
        }
        const grown = new Uint8Array(end);
        grown.set(file.bytes);
        grown.set(bytes, at);
        file.bytes = grown;
        file.changedMs = disk.nowMs;
        return bytes.length;
      },
      truncate(sizeBytes) {
        if (!disk.hold(file, sizeBytes)) {
          if (disk.whenFull === 'throws') throw named('QuotaExceededError');
          return;
        }
        const cut = new Uint8Array(sizeBytes);
        cut.set(file.bytes.subarray(0, sizeBytes));
        file.bytes = cut;
      },
      getSize: () => file.bytes.length,
      flush() {},
      close: () => letGo(file),
    };
  }
}

const takenBy = ({ bytes, heldBytes }: FileOnDisk): number => Math.max(bytes.length, heldBytes);

function letGo(file: FileOnDisk): void {
  file.openedBy = null;
  file.heldBytes = 0;
}

function named(name: string): Error {
  return Object.assign(new Error(name), { name });
}
