/** Holds how the blocks of a file are received, on the disk and in memory: in whatever order, by several links, and by liars. */

import { describe, expect, it } from 'vitest';
import {
  FILE_BACKLOG_MAX_BYTES,
  FILE_BLOCK_BYTES,
  FILE_WINDOW_BYTES,
} from '../../../../main/common/protocol/file-limits.ts';
import { DiskStore } from '../../../../web-client/files/disk-store.ts';
import type { FileStore } from '../../../../web-client/files/kept-file.ts';
import { MemoryStore } from '../../../../web-client/files/memory-store.ts';
import { FakeDisk } from '../../../support/files/fake-disk.ts';
import {
  createFileRig,
  createTerms,
  digestOf,
  fileCrypto,
  frameOf,
  isAckOf,
  type PairOfTerms,
  someBytes,
} from '../../../support/files/file-rig.ts';
import {
  blockOf,
  blocksOf,
  holdsBytes,
  LINK,
  received,
  sendBlock,
} from '../../../support/files/received-file.ts';

const OTHER_LINK = 2;

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
      expect(await holdsBytes(finished.value.file, bytes)).toBe(true);
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
    expect(finished.ok && (await holdsBytes(finished.value.file, bytes))).toBe(true);
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
