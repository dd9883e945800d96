/** Holds files that come to the room on the disk: what is begun has all it needs, and what does not fit is not begun. */

import { describe, expect, it } from 'vitest';
import { FILE_BLOCK_BYTES, FILES_OPEN_MAX } from '../../../../main/common/protocol/file-limits.ts';
import { FakeDisk, type WhenFull } from '../../../support/files/fake-disk.ts';
import { createTerms, digestOf, offerOf, someBytes } from '../../../support/files/file-rig.ts';
import { blocksOf, diskRig, received, sendBlock } from '../../../support/files/received-file.ts';

const MIB = 1_048_576;

describe('a file on the disk', () => {
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
});
