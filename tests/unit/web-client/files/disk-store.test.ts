/** Holds files that come onto the disk: taken up by later pages, let alone by other tabs, and gone when they are to be. */

import { describe, expect, it } from 'vitest';
import { FILE_BLOCK_BYTES, FILE_KEPT_MAX_MS } from '../../../../main/common/protocol/file-limits.ts';
import { DIGEST_BYTES } from '../../../../web-client/files/block-digests.ts';
import { DiskStore } from '../../../../web-client/files/disk-store.ts';
import { FakeDisk } from '../../../support/files/fake-disk.ts';
import {
  createFileRig,
  createTerms,
  digestOf,
  fileCrypto,
  frameOf,
  offerOf,
  someBytes,
} from '../../../support/files/file-rig.ts';
import {
  blocksOf,
  diskRig,
  holdsBytes,
  LINK,
  received,
  sendBlock,
} from '../../../support/files/received-file.ts';

const STEM = 'CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk';

/** Changes a byte of what lies on the disk. */
function spoil(disk: FakeDisk, name: string, at: number): void {
  const bytes = disk.files.get(name)?.bytes ?? new Uint8Array();
  bytes[at] = (bytes[at] ?? 0) ^ 1;
}

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
    expect(finished.ok && (await holdsBytes(finished.value.file, bytes))).toBe(true);
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
    expect(await holdsBytes(whole.file, bytes)).toBe(true);
    expect(await rig.desk.save(whole)).toEqual({ ok: true, value: { name: null, showInFolder: null } });
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
    expect(finished.ok && (await holdsBytes(finished.value.file, bytes))).toBe(true);
    rig.page.kill();
    expect((await diskRig(disk).desk.partials())[0]?.whole).toBe(true);
  });

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
