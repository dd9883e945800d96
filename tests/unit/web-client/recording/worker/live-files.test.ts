/** Holds that of a voice nothing is lost, doubled or moved where one file follows another. */

import { beforeEach, describe, expect, it } from 'vitest';
import { BLOCK_MS } from '../../../../../web-client/recording/timeline/journal.ts';
import { FILE_MS, LiveFiles } from '../../../../../web-client/recording/worker/live-files.ts';
import { isNoSpace, type OpenFile } from '../../../../../web-client/recording/worker/recording-folder.ts';
import { FakeDisk, type FakePageOnDisk } from '../../../../support/files/fake-disk.ts';
import {
  addBlocks,
  blocksFrom,
  CONFIG,
  packetOf,
  packetsIn,
} from '../../../../support/recording/recordings-disk.ts';

const FILE_BLOCKS = FILE_MS / BLOCK_MS;
/** Not at the recording's beginning, as of whoever comes later. */
const FIRST = 1_234;
const MARK = 7;

let disk: FakeDisk;
let page: FakePageOnDisk;
beforeEach(() => {
  disk = new FakeDisk();
  page = disk.openPage();
});

const open = async (piece: number) =>
  (await (
    await page.folder.getFileHandle(String(piece), { create: true })
  ).createSyncAccessHandle()) as OpenFile;
const fileOf = async (piece: number) => (await page.folder.getFileHandle(String(piece))).getFile();
const isClosed = () => [...disk.files.values()].every(({ openedBy }) => openedBy === null);
const told = (blocks: Iterable<number>) => [...blocks].map((block) => [block * BLOCK_MS, block & 0xff]);

/** Holds up whoever passes until it is opened. */
class Gate {
  readonly reached: Promise<void>;
  open!: () => void;
  #reach!: () => void;
  readonly #opened = new Promise<void>((resolve) => {
    this.open = resolve;
  });

  constructor() {
    this.reached = new Promise((resolve) => {
      this.#reach = resolve;
    });
  }

  pass(): Promise<void> {
    this.#reach();
    return this.#opened;
  }
}

/** What there is no room for is not written. */
function close(files: LiveFiles): void {
  try {
    files.close();
  } catch (error) {
    expect(isNoSpace(error)).toBe(true);
  }
}

describe('files that follow each other', () => {
  it('have each packet once, at its own time, and all of one before the next', async () => {
    const files = await LiveFiles.begin(open);
    const [second, third] = [FIRST + FILE_BLOCKS, FIRST + 2 * FILE_BLOCKS];
    await addBlocks(files, MARK, blocksFrom(FIRST, third + 3));
    await files.end();
    expect(disk.names).toEqual(['0', '1', '2']);
    expect(await packetsIn(await fileOf(0))).toEqual(told(blocksFrom(FIRST, second)));
    expect(await packetsIn(await fileOf(1))).toEqual(told(blocksFrom(second, third)));
    expect(await packetsIn(await fileOf(2))).toEqual(told(blocksFrom(third, third + 3)));
    expect([files.bytes, isClosed()]).toEqual([disk.usedBytes, true]);
  });

  it('are on the disk while the next one is opened, and when it is open', async () => {
    const gate = new Gate();
    const files = await LiveFiles.begin(async (piece) => {
      if (piece > 0) await gate.pass();
      return open(piece);
    });
    await addBlocks(files, MARK, [FIRST, FIRST + 1]);
    const adding = files.add(packetOf(MARK, FIRST + FILE_BLOCKS), CONFIG);
    await gate.reached;
    files.flush();
    expect(await packetsIn(await fileOf(0))).toEqual(told([FIRST, FIRST + 1]));
    gate.open();
    await adding;
    files.flush();
    expect(await packetsIn(await fileOf(1))).toEqual(told([FIRST + FILE_BLOCKS]));
    files.close();
  });

  it.each(['the next one cannot be made', 'the one before cannot be ended'])(
    'keep what is written where, on a full disk, %s',
    async (which) => {
      const files = await LiveFiles.begin(async (piece) => {
        if (piece > 0 && which === 'the next one cannot be made')
          throw new DOMException('full', 'QuotaExceededError');
        return open(piece);
      });
      const written = [...blocksFrom(FIRST, FIRST + 60)];
      await addBlocks(files, MARK, written);
      files.flush();
      disk.quotaBytes = disk.usedBytes;
      const error = await files.add(packetOf(MARK, FIRST + FILE_BLOCKS), CONFIG).catch((thrown) => thrown);
      expect(isNoSpace(error)).toBe(true);
      close(files);
      expect([isClosed(), files.bytes]).toEqual([true, disk.usedBytes]);
      expect(await packetsIn(await fileOf(0))).toEqual(told(written));
    },
  );
});
