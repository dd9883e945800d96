import { describe, expect, it } from 'vitest';
import type { Bytes } from '../../../../main/common/bytes.ts';
import {
  FILE_BACKLOG_MAX_BYTES,
  FILE_BLOCK_BYTES,
  FILE_KEPT_MAX_MS,
  FILE_MEMORY_MAX,
  FILE_WINDOW_BYTES,
  FILES_OPEN_MAX,
} from '../../../../main/common/protocol/file-limits.ts';
import type { ReceivingFile } from '../../../../web-client/core/files/file-worker-port.ts';
import { DIGEST_BYTES } from '../../../../web-client/files/block-digests.ts';
import { DiskStore } from '../../../../web-client/files/disk-store.ts';
import type { FileStore } from '../../../../web-client/files/kept-file.ts';
import { MemoryStore } from '../../../../web-client/files/memory-store.ts';
import { FakeDisk, type WhenFull } from '../../../support/files/fake-disk.ts';
import {
  createFileRig,
  createTerms,
  digestOf,
  type FileRig,
  fileCrypto,
  frameOf,
  isAckOf,
  isEqual,
  offerOf,
  type PairOfTerms,
  someBytes,
} from '../../../support/files/file-rig.ts';

const MIB = 1_048_576;
const PIECE_BYTES = 200_000;
const [LINK, OTHER_LINK] = [1, 2];
const STEM = 'CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk';

const blockOf = (bytes: Bytes, block: number) =>
  bytes.slice(block * FILE_BLOCK_BYTES, (block + 1) * FILE_BLOCK_BYTES);

/** All frames of a block by one link; the last answer. */
async function sendBlock(into: ReceivingFile, terms: PairOfTerms, bytes: Bytes, block: number, link = LINK) {
  const whole = blockOf(bytes, block);
  const taken = [];
  for (let offset = 0; offset < whole.length; offset += PIECE_BYTES) {
    const frame = await frameOf(terms, block, offset, whole.slice(offset, offset + PIECE_BYTES));
    taken.push(into.take(link, frame));
  }
  return (await Promise.all(taken)).at(-1);
}

async function received(
  rig: FileRig,
  terms: PairOfTerms,
  bytes: Bytes,
  name?: string,
): Promise<ReceivingFile> {
  const opened = await rig.desk.openReceiving(offerOf(bytes.length, name), terms.open);
  if (!opened.ok) throw new Error(opened.error);
  return opened.value;
}

const blocksOf = (bytes: Bytes) =>
  Array.from({ length: Math.ceil(bytes.length / FILE_BLOCK_BYTES) }, (_, n) => n);

async function holds(file: File | null, bytes: Bytes): Promise<boolean> {
  return file !== null && isEqual(new Uint8Array(await file.arrayBuffer()), bytes);
}

/** Changes a byte of what lies on the disk. */
function spoil(disk: FakeDisk, name: string, at: number): void {
  const bytes = disk.files.get(name)?.bytes ?? new Uint8Array();
  bytes[at] = (bytes[at] ?? 0) ^ 1;
}

const diskRig = (disk: FakeDisk) => {
  const page = disk.openPage();
  return { page, ...createFileRig(new DiskStore(page, fileCrypto)) };
};

const stores: readonly (readonly [string, () => FileStore])[] = [
  ['on the disk', () => new DiskStore(new FakeDisk().openPage(), fileCrypto)],
  ['in memory', () => new MemoryStore()],
];

describe.each(stores)('receiving a file %s', (_, createStore) => {
  it.each([0, 1, FILE_BLOCK_BYTES, 2 * FILE_BLOCK_BYTES + 5])(
    'gets all of its %i bytes',
    async (sizeBytes) => {
      const rig = createFileRig(createStore());
      const terms = await createTerms();
      const bytes = someBytes(sizeBytes);
      const file = await received(rig, terms, bytes, 'a\u202egpj.exe');
      for (const block of blocksOf(bytes).reverse()) {
        const taken = await sendBlock(file, terms, bytes, block);
        expect(taken?.ok && (await isAckOf(terms, taken.value, block))).toBe(true);
      }
      const finished = await file.finish(await digestOf(bytes));
      if (!finished.ok) throw new Error(finished.error);
      expect(await holds(finished.value.file, bytes)).toBe(true);
      expect(finished.value.file.name).toBe('agpj.exe');
      expect(finished.value.file.type).toBe('application/octet-stream');
    },
  );

  it('takes blocks of several links at once, each in its own order', async () => {
    const rig = createFileRig(createStore());
    const terms = await createTerms();
    const bytes = someBytes(2 * FILE_BLOCK_BYTES);
    const file = await received(rig, terms, bytes);
    await Promise.all([sendBlock(file, terms, bytes, 1), sendBlock(file, terms, bytes, 0, OTHER_LINK)]);
    expect(file.have.ranges()).toEqual([[0, 2]]);
    expect((await file.finish(await digestOf(bytes))).ok).toBe(true);
  });

  it('says so when it is not the file it should be, or not whole', async () => {
    const rig = createFileRig(createStore());
    const terms = await createTerms();
    const bytes = someBytes(FILE_BLOCK_BYTES + 1);
    const file = await received(rig, terms, bytes);
    await sendBlock(file, terms, bytes, 0);
    expect(await file.finish(await digestOf(blockOf(bytes, 0)))).toEqual({ ok: false, error: 'different' });
    const other = await received(createFileRig(createStore()), terms, bytes);
    for (const block of blocksOf(bytes)) await sendBlock(other, terms, bytes, block);
    expect(await other.finish(new Uint8Array(32))).toEqual({ ok: false, error: 'different' });
  });

  it('forgets what a link began that ended', async () => {
    const rig = createFileRig(createStore());
    const terms = await createTerms();
    const bytes = someBytes(FILE_BLOCK_BYTES);
    const file = await received(rig, terms, bytes);
    await file.take(LINK, await frameOf(terms, 0, 0, bytes.slice(0, 9)));
    file.dropLink(LINK);
    await sendBlock(file, terms, bytes, 0, LINK);
    expect(file.have.count).toBe(1);
  });

  it('acknowledges again what is there, as often as acks can be lost', async () => {
    const rig = createFileRig(createStore());
    const terms = await createTerms();
    const bytes = someBytes(100);
    const file = await received(rig, terms, bytes);
    for (let times = 0; times <= FILE_WINDOW_BYTES / FILE_BLOCK_BYTES; times++) {
      const taken = await sendBlock(file, terms, bytes, 0);
      expect(taken?.ok && (await isAckOf(terms, taken.value, 0))).toBe(true);
    }
    expect(await sendBlock(file, terms, bytes, 0)).toEqual({ ok: false, error: 'broken' });
  });

  it('lets nobody write over a block that is there', async () => {
    const rig = createFileRig(createStore());
    const terms = await createTerms();
    const bytes = someBytes(100);
    const file = await received(rig, terms, bytes);
    await sendBlock(file, terms, bytes, 0);
    await sendBlock(file, terms, new Uint8Array(100).fill(1), 0);
    const finished = await file.finish(await digestOf(bytes));
    expect(finished.ok && (await holds(finished.value.file, bytes))).toBe(true);
  });

  const attacks: readonly (readonly [string, (terms: PairOfTerms) => Promise<readonly ArrayBuffer[]>])[] = [
    ['no frame', async () => [new ArrayBuffer(3)]],
    ['a frame of another key', async () => [await frameOf(await createTerms(), 0, 0, new Uint8Array(9))]],
    [
      'another file of the same sender',
      async ({ seal, ...terms }) => [
        await frameOf({ ...terms, seal: { ...seal, file: 8 } }, 0, 0, new Uint8Array(9)),
      ],
    ],
    [
      'an own frame, thrown back',
      async ({ seal, open, acks }) => [
        await frameOf(
          { seal: { ...seal, from: seal.to, to: seal.from }, open, acks },
          0,
          0,
          new Uint8Array(9),
        ),
      ],
    ],
    ['an ack', async (terms) => [await frameOf(terms, 0, 0, new Uint8Array(32), 'ack')]],
    ['a block beyond the size', async (terms) => [await frameOf(terms, 2, 0, new Uint8Array(9))]],
    [
      'more than a block has',
      async (terms) => [
        await frameOf(terms, 1, 0, new Uint8Array(50)),
        await frameOf(terms, 1, 50, new Uint8Array(51)),
      ],
    ],
    [
      'a piece that is not the next',
      async (terms) => [
        await frameOf(terms, 0, 0, new Uint8Array(9)),
        await frameOf(terms, 0, 10, new Uint8Array(9)),
      ],
    ],
    [
      'a piece twice',
      async (terms) => [
        await frameOf(terms, 0, 0, new Uint8Array(9)),
        await frameOf(terms, 0, 0, new Uint8Array(9)),
      ],
    ],
    [
      'another block before the first is whole',
      async (terms) => [
        await frameOf(terms, 0, 0, new Uint8Array(9)),
        await frameOf(terms, 1, 0, new Uint8Array(9)),
      ],
    ],
    ['a block from its middle', async (terms) => [await frameOf(terms, 0, 9, new Uint8Array(9))]],
  ];

  it.each(attacks)('takes nothing more after %s', async (_name, createFrames) => {
    const rig = createFileRig(createStore());
    const terms = await createTerms();
    const bytes = someBytes(FILE_BLOCK_BYTES + 100);
    const file = await received(rig, terms, bytes);
    const frames = await createFrames(terms);
    const taken = await Promise.all(frames.map((frame) => file.take(LINK, frame)));
    expect(taken.at(-1)).toEqual({ ok: false, error: 'broken' });
    expect(await sendBlock(file, terms, bytes, 0, OTHER_LINK)).toEqual({ ok: false, error: 'broken' });
    expect(file.have.count).toBe(0);
  });

  it('takes frames by no more links than there can be', async () => {
    const rig = createFileRig(createStore());
    const terms = await createTerms();
    const file = await received(rig, terms, someBytes(FILE_BLOCK_BYTES));
    const taken = [];
    for (let link = 0; link < 17; link++)
      taken.push(await file.take(link, await frameOf(terms, 0, 0, new Uint8Array(9))));
    expect(taken.filter(({ ok }) => ok)).toHaveLength(16);
  });

  it('bounds what waits for the worker', async () => {
    const rig = createFileRig(createStore());
    const terms = await createTerms();
    const file = await received(rig, terms, someBytes(FILE_BLOCK_BYTES));
    rig.worker.isStuck = true;
    for (let taken = 0; taken < 32; taken++)
      void file.take(LINK, new ArrayBuffer(FILE_BACKLOG_MAX_BYTES / 32));
    expect(await file.take(LINK, new ArrayBuffer(1))).toEqual({ ok: false, error: 'broken' });
  });
});

describe('a file on the disk', () => {
  it('goes on where a page that was killed left it', async () => {
    const disk = new FakeDisk();
    const terms = await createTerms();
    const bytes = someBytes(3 * FILE_BLOCK_BYTES);
    const former = diskRig(disk);
    const begun = await received(former, terms, bytes);
    await sendBlock(begun, terms, bytes, 2);
    await begun.take(LINK, await frameOf(terms, 0, 0, bytes.slice(0, 9)));
    former.page.kill();

    const rig = diskRig(disk);
    const [partial] = await rig.desk.partials();
    expect(partial).toMatchObject({ name: 'film.mkv', size: bytes.length, senderId: 'anna', whole: false });
    expect(partial?.have.ranges()).toEqual([[2, 3]]);
    const file = await received(rig, terms, bytes);
    expect(file.have.ranges()).toEqual([[2, 3]]);
    for (const block of file.have.missing(3)) await sendBlock(file, terms, bytes, block);
    const finished = await file.finish(await digestOf(bytes));
    expect(finished.ok && (await holds(finished.value.file, bytes))).toBe(true);
  });

  it('counts no block that is not what its digest says', async () => {
    const disk = new FakeDisk();
    const terms = await createTerms();
    const bytes = someBytes(3 * FILE_BLOCK_BYTES);
    const former = diskRig(disk);
    const begun = await received(former, terms, bytes);
    for (const block of blocksOf(bytes)) await sendBlock(begun, terms, bytes, block);
    former.page.kill();
    const part = disk.files.get(`${STEM}.part`);
    if (part === undefined) throw new Error('no blocks');
    // One was written half, the last not at all.
    part.bytes = part.bytes.slice(0, 2 * FILE_BLOCK_BYTES);
    spoil(disk, `${STEM}.part`, FILE_BLOCK_BYTES + 3);
    expect((await received(diskRig(disk), terms, bytes)).have.ranges()).toEqual([[0, 1]]);
  });

  it('begins anew where what lies there is of another size', async () => {
    const disk = new FakeDisk();
    const terms = await createTerms();
    const former = diskRig(disk);
    const bytes = someBytes(2 * FILE_BLOCK_BYTES);
    await sendBlock(await received(former, terms, bytes), terms, bytes, 0);
    former.page.kill();
    expect((await received(diskRig(disk), terms, someBytes(FILE_BLOCK_BYTES))).have.count).toBe(0);
  });

  it('is whole for a later page until somebody saved it', async () => {
    const disk = new FakeDisk();
    const terms = await createTerms();
    const bytes = someBytes(FILE_BLOCK_BYTES + 1);
    const former = diskRig(disk);
    const file = await received(former, terms, bytes);
    for (const block of blocksOf(bytes)) await sendBlock(file, terms, bytes, block);
    await file.finish(await digestOf(bytes));
    former.page.kill();

    const rig = diskRig(disk);
    const [partial] = await rig.desk.partials();
    if (partial === undefined) throw new Error('nothing is kept');
    expect(partial.whole).toBe(true);
    const whole = await rig.desk.openWhole(partial);
    if (whole === null) throw new Error('it is not whole');
    expect(await holds(whole.file, bytes)).toBe(true);
    expect(await rig.desk.save(whole)).toEqual({ ok: true, value: { name: 'film.mkv', showInFolder: null } });
    expect(rig.downloads).toEqual(['film.mkv']);
    rig.page.kill();
    expect(await diskRig(disk).desk.partials()).toEqual([]);
    expect(disk.names).toEqual([]);
  });

  it('is not whole for a later page if it is no more what it was', async () => {
    const disk = new FakeDisk();
    const terms = await createTerms();
    const bytes = someBytes(9);
    const former = diskRig(disk);
    const file = await received(former, terms, bytes);
    await sendBlock(file, terms, bytes, 0);
    await file.finish(await digestOf(bytes));
    former.page.kill();
    spoil(disk, `${STEM}.part`, 3);
    const rig = diskRig(disk);
    const [partial] = await rig.desk.partials();
    expect(partial && (await rig.desk.openWhole(partial))).toBeNull();
  });

  it('is let alone while another tab has it open, also once it is whole', async () => {
    const disk = new FakeDisk();
    const terms = await createTerms();
    const bytes = someBytes(9);
    const holder = diskRig(disk);
    const file = await received(holder, terms, bytes);
    const rig = diskRig(disk);
    const openedElsewhere = () => rig.desk.openReceiving(offerOf(9), terms.open);
    expect(await openedElsewhere()).toEqual({ ok: false, error: 'no-room' });
    expect(await rig.desk.partials()).toEqual([]);
    await sendBlock(file, terms, bytes, 0);
    await file.finish(await digestOf(bytes));
    file.dispose();
    expect(await rig.desk.partials()).toEqual([]);
    expect(await openedElsewhere()).toEqual({ ok: false, error: 'no-room' });
    expect(disk.names).toHaveLength(3);
  });

  it('can be taken up once the page that had it open lets go of it', async () => {
    const disk = new FakeDisk();
    const terms = await createTerms();
    const bytes = someBytes(2 * FILE_BLOCK_BYTES);
    const file = await received(diskRig(disk), terms, bytes);
    await sendBlock(file, terms, bytes, 1);
    file.dispose();
    const rig = diskRig(disk);
    expect((await rig.desk.partials())[0]?.have.ranges()).toEqual([[1, 2]]);
    expect((await received(rig, terms, bytes)).have.count).toBe(1);
  });

  it('leaves nothing when it is discarded, whole or not', async () => {
    const disk = new FakeDisk();
    const terms = await createTerms();
    const rig = diskRig(disk);
    const bytes = someBytes(9);
    await (await received(rig, terms, bytes)).discard();
    expect(disk.names).toEqual([]);
    const file = await received(rig, terms, bytes);
    await sendBlock(file, terms, bytes, 0);
    const finished = await file.finish(await digestOf(bytes));
    await (finished.ok && finished.value.discard());
    expect(disk.names).toEqual([]);
  });

  it('stays while a download may read from it, then goes', async () => {
    const disk = new FakeDisk();
    const terms = await createTerms();
    const rig = diskRig(disk);
    const bytes = someBytes(9);
    const file = await received(rig, terms, bytes);
    await sendBlock(file, terms, bytes, 0);
    const finished = await file.finish(await digestOf(bytes));
    if (!finished.ok) throw new Error(finished.error);
    await rig.desk.save(finished.value);
    await finished.value.discard();
    await rig.time.advance(59_000);
    expect(disk.names).toHaveLength(3);
    await rig.time.advance(2_000);
    expect(disk.names).toEqual([]);
  });

  it('is not swept because it cannot be read at the moment', async () => {
    const disk = new FakeDisk();
    const former = diskRig(disk);
    await received(former, await createTerms(), someBytes(9));
    former.page.kill();
    disk.isUnreadable = true;
    expect(await diskRig(disk).desk.partials()).toEqual([]);
    disk.isUnreadable = false;
    expect(await diskRig(disk).desk.partials()).toHaveLength(1);
  });

  it('is swept a day after it was last written to, as is what is damaged', async () => {
    const disk = new FakeDisk();
    const terms = await createTerms();
    const former = diskRig(disk);
    const bytes = someBytes(2 * FILE_BLOCK_BYTES);
    await sendBlock(await received(former, terms, bytes), terms, bytes, 0);
    former.page.kill();
    const { folder } = disk.openPage();
    for (const stray of ['stray.part', 'odd.json', 'x']) await folder.getFileHandle(stray, { create: true });
    disk.nowMs += FILE_KEPT_MAX_MS;
    expect(await diskRig(disk).desk.partials()).toHaveLength(1);
    expect(disk.names).toHaveLength(4);
    disk.nowMs += 1;
    expect(await diskRig(disk).desk.partials()).toEqual([]);
    expect(disk.names).toEqual(['x']);
  });

  it('is not begun where the browser says that it does not fit beside others', async () => {
    const disk = new FakeDisk();
    disk.toldQuotaBytes = 4 * FILE_BLOCK_BYTES;
    const rig = diskRig(disk);
    const terms = await createTerms();
    expect((await rig.desk.openReceiving(offerOf(2 * FILE_BLOCK_BYTES, 'a', 1), terms.open)).ok).toBe(true);
    const second = await rig.desk.openReceiving(offerOf(2 * FILE_BLOCK_BYTES, 'b', 2), terms.open);
    expect(second).toEqual({ ok: false, error: 'no-space' });
    expect(disk.names).toHaveLength(3);
  });

  it('is not begun either where the browser says that it fits, and has no room', async () => {
    const { open } = await createTerms();
    for (const whenFull of ['throws', 'writes-less'] as const) {
      const disk = new FakeDisk();
      disk.toldQuotaBytes = 9 * FILE_BLOCK_BYTES;
      disk.quotaBytes = 2 * FILE_BLOCK_BYTES;
      disk.whenFull = whenFull;
      const opened = await diskRig(disk).desk.openReceiving(offerOf(3 * FILE_BLOCK_BYTES), open);
      expect(opened).toEqual({ ok: false, error: 'no-space' });
      expect(disk.names).toEqual([]);
      expect(disk.locks.size).toBe(0);
    }
  });

  it('has room beside a hundred others that came at once, though whoever makes a file longer holds far more of the quota', async () => {
    const disk = new FakeDisk();
    disk.heldLeastBytes = MIB;
    disk.quotaBytes = 1.5 * MIB;
    const rig = diskRig(disk);
    const terms = await createTerms();
    const bytes = someBytes(11);
    const opened = await Promise.all(
      Array.from({ length: FILES_OPEN_MAX }, (_, n) =>
        rig.desk.openReceiving(offerOf(bytes.length, `${n}.txt`, n + 1), terms.open),
      ),
    );
    const files = opened.map((each) => (each.ok ? each.value : null));
    for (const file of files) if (file !== null) await sendBlock(file, terms, bytes, 0);
    const digest = await digestOf(bytes);
    const finished = await Promise.all(files.map((file) => file?.finish(digest)));
    expect(finished.filter((each) => each?.ok)).toHaveLength(FILES_OPEN_MAX);
  });

  it('needs no more room once it has begun, not to be whole or saved either', async () => {
    const disk = new FakeDisk();
    disk.heldLeastBytes = MIB;
    const rig = diskRig(disk);
    const terms = await createTerms();
    const bytes = someBytes(FILE_BLOCK_BYTES + 1);
    const file = await received(rig, terms, bytes);
    disk.quotaBytes = disk.usedBytes;
    for (const block of blocksOf(bytes)) await sendBlock(file, terms, bytes, block);
    const finished = await file.finish(await digestOf(bytes));
    if (!finished.ok) throw new Error(finished.error);
    expect((await rig.desk.save(finished.value)).ok).toBe(true);
    rig.page.kill();
    expect(await diskRig(disk).desk.partials()).toEqual([]);
  });

  it('is taken up as a former version of the page left it: with no room for what is missing', async () => {
    const disk = new FakeDisk();
    const terms = await createTerms();
    const bytes = someBytes(3 * FILE_BLOCK_BYTES);
    const former = diskRig(disk);
    const begun = await received(former, terms, bytes);
    await sendBlock(begun, terms, bytes, 1);
    former.page.kill();
    const [list, offer] = [disk.files.get(`${STEM}.blocks`), disk.files.get(`${STEM}.json`)];
    if (list === undefined || offer === undefined) throw new Error('nothing is kept');
    list.bytes = list.bytes.slice(0, 2 * DIGEST_BYTES);
    offer.bytes = new TextEncoder().encode(new TextDecoder().decode(offer.bytes).trim());

    const rig = diskRig(disk);
    expect((await rig.desk.partials())[0]?.have.ranges()).toEqual([[1, 2]]);
    const file = await received(rig, terms, bytes);
    for (const block of file.have.missing(3)) await sendBlock(file, terms, bytes, block);
    const finished = await file.finish(await digestOf(bytes));
    expect(finished.ok && (await holds(finished.value.file, bytes))).toBe(true);
    rig.page.kill();
    expect((await diskRig(disk).desk.partials())[0]?.whole).toBe(true);
  });

  it.each<WhenFull>(['throws', 'writes-less'])(
    'ends for want of space where a full disk %s',
    async (whenFull) => {
      const disk = new FakeDisk();
      disk.whenFull = whenFull;
      const terms = await createTerms();
      const bytes = someBytes(2 * FILE_BLOCK_BYTES);
      const file = await received(diskRig(disk), terms, bytes);
      await sendBlock(file, terms, bytes, 0);
      disk.isFull = true;
      expect(await sendBlock(file, terms, bytes, 1)).toEqual({ ok: false, error: 'no-space' });
      expect(file.have.ranges()).toEqual([[0, 1]]);
      await file.discard();
      expect(disk.names).toEqual([]);
    },
  );

  it('leaves nothing where it is discarded as it is found to be whole', async () => {
    const disk = new FakeDisk();
    const rig = createFileRig(new DiskStore(disk.openPage(), fileCrypto));
    const terms = await createTerms();
    const bytes = someBytes(9);
    const file = await received(rig, terms, bytes);
    await sendBlock(file, terms, bytes, 0);
    const finishing = file.finish(await digestOf(bytes));
    await file.discard();
    await finishing;
    expect(disk.names).toEqual([]);
  });

  it('goes with what a former page left of it also where the disk takes nothing more, and is not looked through for that', async () => {
    const disk = new FakeDisk();
    const page = disk.openPage();
    const rig = createFileRig(new DiskStore(page, fileCrypto), true, [
      new DiskStore(disk.openPage(), { ...fileCrypto, subtle: null as never }),
    ]);
    const terms = await createTerms();
    const bytes = someBytes(2 * FILE_BLOCK_BYTES);
    await sendBlock(await received(rig, terms, bytes), terms, bytes, 0);
    page.kill();
    rig.worker.crash();
    disk.isFull = true;
    await rig.desk.forget(offerOf(bytes.length));
    expect(disk.names).toEqual([]);
  });

  it('starts no worker to look for what a former page left where there is nothing', async () => {
    const disk = new FakeDisk();
    const rig = createFileRig(new DiskStore(disk.openPage(), fileCrypto), false);
    rig.worker.isStuck = true;
    expect(await rig.desk.partials()).toEqual([]);
  });
});

describe('files in memory', () => {
  it('are bounded together, until one is discarded', async () => {
    const rig = createFileRig(new MemoryStore());
    const { open } = await createTerms();
    expect(await rig.desk.keeps).toBe('memory');
    const first = await rig.desk.openReceiving(offerOf(FILE_MEMORY_MAX - 5, 'a', 1), open);
    expect(await rig.desk.openReceiving(offerOf(6, 'b', 2), open)).toEqual({ ok: false, error: 'no-room' });
    expect((await rig.desk.openReceiving(offerOf(5, 'b', 2), open)).ok).toBe(true);
    await (first.ok && first.value.discard());
    expect((await rig.desk.openReceiving(offerOf(6, 'c', 3), open)).ok).toBe(true);
  });
});

describe('a worker that breaks', () => {
  it('answers whatever waits, and whatever comes, with a fault, as does one that cannot be made', async () => {
    const rig = createFileRig(new MemoryStore());
    const terms = await createTerms();
    const file = await received(rig, terms, someBytes(9));
    const sending = rig.desk.openSending(new Blob(['a']));
    rig.worker.isStuck = true;
    const waiting = file.take(LINK, await frameOf(terms, 0, 0, new Uint8Array(9)));
    rig.worker.crash();
    const fault = { ok: false, error: 'fault' };
    expect(await waiting).toEqual(fault);
    expect([await sending.seal(0, terms.seal), await sending.digest()]).toEqual([fault, fault]);
    expect(await file.finish(await digestOf(someBytes(9)))).toEqual(fault);
    expect(await rig.desk.openReceiving(offerOf(9), terms.open)).toEqual(fault);
    expect(await rig.desk.keeps).toBeNull();
    expect(await rig.desk.partials()).toEqual([]);
    await file.discard();
    expect(rig.worker.isTerminated).toBe(true);
  });

  it('has another in its place, which takes up what lies on the disk and not what was open', async () => {
    const disk = new FakeDisk();
    const page = disk.openPage();
    const next = new DiskStore(disk.openPage(), fileCrypto);
    const rig = createFileRig(new DiskStore(page, fileCrypto), true, [next]);
    const terms = await createTerms();
    const bytes = someBytes(2 * FILE_BLOCK_BYTES);
    const begun = await received(rig, terms, bytes);
    await sendBlock(begun, terms, bytes, 1);
    const sending = rig.desk.openSending(new Blob(['a']));
    page.kill();
    rig.worker.crash();

    const file = await received(rig, terms, bytes);
    expect(file.have.ranges()).toEqual([[1, 2]]);
    expect(await sendBlock(begun, terms, bytes, 0)).toEqual({ ok: false, error: 'fault' });
    expect(await sending.seal(0, terms.seal)).toEqual({ ok: false, error: 'fault' });
    expect((await rig.desk.openSending(new Blob(['a'])).seal(0, terms.seal)).ok).toBe(true);
    await sendBlock(file, terms, bytes, 0);
    const finished = await file.finish(await digestOf(bytes));
    expect(finished.ok && (await holds(finished.value.file, bytes))).toBe(true);
    expect(await rig.desk.keeps).toBe('disk');
  });

  it('leaves nothing of what is discarded after it broke', async () => {
    const disk = new FakeDisk();
    const page = disk.openPage();
    const next = new DiskStore(disk.openPage(), fileCrypto);
    const rig = createFileRig(new DiskStore(page, fileCrypto), true, [next]);
    const terms = await createTerms();
    const bytes = someBytes(9);
    const file = await received(rig, terms, bytes);
    await sendBlock(file, terms, bytes, 0);
    const finished = await file.finish(await digestOf(bytes));
    page.kill();
    rig.worker.crash();
    await (finished.ok && finished.value.discard());
    expect(disk.names).toEqual([]);
  });
});
