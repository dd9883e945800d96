/** Holds that a recording of several files is found whole, wherever in it the page was killed, and goes as a whole. */

import { beforeEach, describe, expect, it } from 'vitest';
import { BLOCK_MS } from '../../../../../web-client/recording/timeline/journal.ts';
import { FILE_MS, LiveFiles } from '../../../../../web-client/recording/worker/live-files.ts';
import {
  partFile,
  type RecordingFolder,
} from '../../../../../web-client/recording/worker/recording-folder.ts';
import { RecordingKeeper } from '../../../../../web-client/recording/worker/recording-keeper.ts';
import {
  addBlocks,
  blocksFrom,
  packetsIn,
  RecordingsDisk,
} from '../../../../support/recording/recordings-disk.ts';

const FILE_BLOCKS = FILE_MS / BLOCK_MS;
const STARTED_AT = Date.UTC(2026, 10, 29);
const MARK = 7;

let disk: RecordingsDisk;
let page: ReturnType<RecordingsDisk['openPage']>;
let folder: RecordingFolder;
beforeEach(async () => {
  disk = new RecordingsDisk();
  page = disk.openPage();
  folder = await new RecordingKeeper(page.parent).create(STARTED_AT);
});

const namesOnDisk = () => [...disk.folders.values()].flatMap(({ names }) => names);

async function recordOne(to: number): Promise<LiveFiles> {
  folder.note({ type: 'start', mode: 'each', startedAt: STARTED_AT });
  folder.note({ type: 'in', atMs: 0, part: 1, id: 'a', name: 'Anna' });
  const files = await LiveFiles.begin((piece) => folder.create(partFile(1, piece)));
  await addBlocks(files, MARK, blocksFrom(0, to));
  files.flush();
  return files;
}

/** Of the finished file: all packets stand one behind the other, each the one that was recorded at its time. */
async function blocksLeft(): Promise<number> {
  const [left, ...more] = await new RecordingKeeper(disk.openPage().parent).left();
  expect(more).toEqual([]);
  if (left === undefined) return 0;
  const packets = await packetsIn(left.file);
  expect(packets).toEqual(packets.map((_, block) => [block * BLOCK_MS, block & 0xff]));
  return packets.length;
}

describe('a recording of several files', () => {
  it('that was stopped is finished as one, and its parts go', async () => {
    const files = await recordOne(2 * FILE_BLOCKS + 10);
    await files.end();
    folder.note({ type: 'end', atMs: (2 * FILE_BLOCKS + 5) * BLOCK_MS });
    expect(namesOnDisk().filter((name) => name.startsWith('part-'))).toHaveLength(3);
    page.kill();
    expect(await blocksLeft()).toBe(2 * FILE_BLOCKS + 5);
    expect(namesOnDisk().filter((name) => name.startsWith('part-'))).toEqual([]);
    expect(namesOnDisk()).toHaveLength(3);
  });

  it('is there up to the last packet on the disk where the page was killed just before one follows another', async () => {
    await recordOne(FILE_BLOCKS);
    page.kill();
    expect(await blocksLeft()).toBe(FILE_BLOCKS);
  });

  it('is so where it was killed as the next one stood there empty', async () => {
    await recordOne(FILE_BLOCKS);
    await folder.create(partFile(1, 1));
    page.kill();
    expect(await blocksLeft()).toBe(FILE_BLOCKS);
  });

  it.each([20, 150])('is so where of the next one %i bytes were there', async (bytes) => {
    await recordOne(FILE_BLOCKS + 1);
    page.kill();
    const [files] = disk.folders.values();
    const newest = files?.files.get(partFile(1, 1));
    if (newest === undefined) throw new Error('there is no next one');
    expect(newest.bytes.length).toBeGreaterThan(bytes);
    newest.bytes = newest.bytes.slice(0, bytes);
    expect(await blocksLeft()).toBe(FILE_BLOCKS);
  });

  it('goes on in the next one where it was killed soon after', async () => {
    await recordOne(FILE_BLOCKS + 3);
    page.kill();
    expect(await blocksLeft()).toBe(FILE_BLOCKS + 3);
  });

  it('is gone with all its files once it is thrown away, running or left', async () => {
    const files = await recordOne(FILE_BLOCKS + 3);
    await files.end();
    page.kill();
    const keeper = new RecordingKeeper(disk.openPage().parent);
    const [left] = await keeper.left();
    await keeper.discard(left?.folder ?? '');
    expect(namesOnDisk()).toEqual([]);
    expect(await new RecordingKeeper(disk.openPage().parent).left()).toEqual([]);
  });
});
