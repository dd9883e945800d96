/** Holds what is had ahead of the worker of files, and what becomes of them when it breaks. */

import { describe, expect, it } from 'vitest';
import { FILE_BLOCK_BYTES } from '../../../../main/common/protocol/file-limits.ts';
import { DiskStore } from '../../../../web-client/files/disk-store.ts';
import { MemoryStore } from '../../../../web-client/files/memory-store.ts';
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
import { holdsBytes, LINK, received, sendBlock } from '../../../support/files/received-file.ts';
import { settle } from '../../../support/time/manual-time.ts';

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
    expect(finished.ok && (await holdsBytes(finished.value.file, bytes))).toBe(true);
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

describe('a worker ahead of need', () => {
  it('is not started where its script is kept', async () => {
    const rig = createFileRig(new MemoryStore());
    await rig.desk.prepare();
    expect(rig.worker.isStarted).toBe(false);
  });

  it('is started where no script is kept', async () => {
    const rig = createFileRig(new MemoryStore());
    rig.keepScript = async () => false;
    await rig.desk.prepare();
    expect(rig.worker.isStarted).toBe(true);
  });

  it('is asked for again where it does not come either', async () => {
    const rig = createFileRig(new MemoryStore());
    rig.keepScript = async () => false;
    rig.worker.isStuck = true;
    const preparing = rig.desk.prepare();
    await settle();
    rig.worker.crash();
    await expect(preparing).rejects.toThrow();
    rig.keepScript = () => Promise.reject(new Error('no answer'));
    await expect(rig.desk.prepare()).rejects.toThrow('no answer');
  });
});
