import { describe, expect, it } from 'vitest';
import { openFileFrame } from '../../../../main/common/e2ee/file-frame.ts';
import {
  FILE_BLOCK_BYTES,
  FILE_BLOCKS_CACHED_MAX,
  FILE_MESSAGE_MAX_BYTES,
} from '../../../../main/common/protocol/file-limits.ts';
import { fileOrderHandlers } from '../../../../web-client/files/file-worker-desk.ts';
import { MemoryStore } from '../../../../web-client/files/memory-store.ts';
import { BlockCache, SendingBlob } from '../../../../web-client/files/sending-blob.ts';
import {
  createFileRig,
  createTerms,
  digestOf,
  fileCrypto,
  isEqual,
  someBytes,
} from '../../../support/files/file-rig.ts';
import { ReadBlob } from '../../../support/files/read-blob.ts';

function sendingOf(
  blob: ReadBlob,
  { cache = new BlockCache(() => {}), id = 1, noticesChange = false } = {},
): SendingBlob {
  return new SendingBlob({ id, blob, sizeBytes: blob.size, cache, crypto: fileCrypto, noticesChange });
}

describe('sending a file', () => {
  it('reads a block once for all receivers, also for two who ask at once', async () => {
    const blob = new ReadBlob(2 * FILE_BLOCK_BYTES);
    const sending = sendingOf(blob);
    await Promise.all([sending.block(1, 'a'), sending.block(1, 'b'), sending.block(0, 'a')]);
    await sending.block(1, 'c');
    expect(blob.reads).toEqual([1, 0]);
  });

  it('keeps the blocks used last, of all files together, and tells which', async () => {
    const told: [number, readonly number[]][] = [];
    const cache = new BlockCache(({ id }, blocks) => told.push([id, blocks]));
    const blob = new ReadBlob(FILE_BLOCKS_CACHED_MAX * FILE_BLOCK_BYTES);
    const sending = sendingOf(blob, { cache });
    for (const reader of ['a', 'b']) await sending.block(0, reader);
    for (let block = 1; block < FILE_BLOCKS_CACHED_MAX; block++) await sending.block(block, 'a');
    await sending.block(0, 'b');
    const other = sendingOf(new ReadBlob(9), { cache, id: 2 });
    await other.block(0, 'a');
    expect(told.slice(-2)).toEqual([
      [1, [...Array.from({ length: FILE_BLOCKS_CACHED_MAX - 2 }, (_, index) => index + 2), 0]],
      [2, [0]],
    ]);
    blob.reads.length = 0;
    for (const block of [0, 2, 1]) await sending.block(block, 'a');
    expect(blob.reads).toEqual([1]);
  });

  it('keeps the last block alone while one person is sent it, who asks for none again', async () => {
    const told: (readonly number[])[] = [];
    const blob = new ReadBlob(4 * FILE_BLOCK_BYTES);
    const sending = sendingOf(blob, { cache: new BlockCache((_, blocks) => told.push(blocks)) });
    for (const block of [0, 1]) await sending.block(block, 'a');
    await sending.block(2, 'b');
    await sending.block(3, 'a');
    expect(told).toEqual([[0], [1], [1, 2], [1, 2, 3]]);
    blob.reads.length = 0;
    for (const block of [1, 2, 3]) await sending.block(block, 'b');
    expect(blob.reads).toEqual([]);
  });

  it('digests a file over the digests of its blocks, and reads what nobody asked for', async () => {
    const blob = new ReadBlob(2 * FILE_BLOCK_BYTES + 1);
    const sending = sendingOf(blob);
    await sending.block(1, 'a');
    expect(await sending.digest()).toEqual({ ok: true, value: await digestOf(blob.bytes) });
    expect(blob.reads).toEqual([1, 0, 2, 0, 1, 2]);
  });

  it('reads no block twice where the browser notices by itself that a file has changed', async () => {
    const blob = new ReadBlob(2 * FILE_BLOCK_BYTES + 9);
    const sending = sendingOf(blob, { noticesChange: true });
    await sending.block(1, 'a');
    expect(await sending.digest()).toEqual({ ok: true, value: await digestOf(blob.bytes) });
    expect(blob.reads).toEqual([1, 0, 2]);
  });

  it('has such a browser look once more after the last block', async () => {
    const blob = new ReadBlob(2 * FILE_BLOCK_BYTES);
    const sending = sendingOf(blob, { noticesChange: true });
    for (const block of [0, 1]) await sending.block(block, 'a');
    blob.fails = 'NotReadableError';
    expect(await sending.digest()).toEqual({ ok: false, error: 'changed' });
  });

  it('digests no bytes as nothing', async () => {
    const digest = await sendingOf(new ReadBlob(0)).digest();
    expect(digest).toEqual({ ok: true, value: await digestOf(new Uint8Array()) });
    expect(await sendingOf(new ReadBlob(0)).block(0, 'a')).toEqual({ ok: false, error: 'unreadable' });
  });

  it.each([
    ['NotFoundError', 'unreadable'],
    ['AbortError', 'unreadable'],
    ['NotReadableError', 'changed'],
  ])('says what %s means', async (fails, error) => {
    const blob = new ReadBlob(9);
    blob.fails = fails;
    const sending = sendingOf(blob);
    expect(await sending.block(0, 'a')).toEqual({ ok: false, error });
    expect(await sending.digest()).toEqual({ ok: false, error });
    blob.fails = null;
    expect((await sending.block(0, 'a')).ok).toBe(true);
  });

  it('notices a file that was written anew under its reading', async () => {
    const blob = new ReadBlob(3 * FILE_BLOCK_BYTES);
    const sending = sendingOf(blob);
    await sending.block(0, 'a');
    blob.bytes = blob.bytes.map((byte) => byte ^ 1);
    expect(await sending.digest()).toEqual({ ok: false, error: 'changed' });
  });

  it.each([1, 3])(
    'notices that block %i was another for some of the time in which it was read',
    async (block) => {
      const blob = new ReadBlob(5 * FILE_BLOCK_BYTES);
      const sending = sendingOf(blob);
      for (const read of [0, 1, 2]) await sending.block(read, 'a');
      const at = block * FILE_BLOCK_BYTES + 7;
      blob.bytes[at] = (blob.bytes[at] ?? 0) ^ 1;
      for (const read of [3, 4]) await sending.block(read, 'a');
      const digest = await sending.digest();
      // What was read of it after the change alone is what it is: then nothing was mixed.
      expect(digest).toEqual(
        block === 1 ? { ok: false, error: 'changed' } : { ok: true, value: await digestOf(blob.bytes) },
      );
    },
  );

  it('reads nothing more of a file that is over, be it in the middle of its digest', async () => {
    const blob = new ReadBlob(20 * FILE_BLOCK_BYTES);
    const sending = sendingOf(blob);
    const digest = sending.digest();
    sending.dispose();
    expect(await digest).toEqual({ ok: false, error: 'unreadable' });
    expect(blob.reads.length).toBeLessThan(4);
  });

  it('notices a file that has become shorter', async () => {
    const blob = new ReadBlob(FILE_BLOCK_BYTES + 9);
    blob.bytes = blob.bytes.slice(0, FILE_BLOCK_BYTES + 4);
    expect(await sendingOf(blob).block(1, 'a')).toEqual({ ok: false, error: 'changed' });
  });

  it('notices a block that is another when it is read again', async () => {
    const blob = new ReadBlob(9);
    const cache = new BlockCache(() => {});
    const sending = sendingOf(blob, { cache });
    await sending.block(0, 'a');
    cache.drop(sending);
    blob.bytes[3] = (blob.bytes[3] ?? 0) ^ 1;
    expect(await sending.block(0, 'a')).toEqual({ ok: false, error: 'changed' });
  });
});

describe('frames of a block', () => {
  it.each([262_144, 16_384, 10])(
    'are in order, open for their receiver, and fit messages of %i bytes',
    async (maxBytes) => {
      const { desk } = createFileRig(new MemoryStore());
      const terms = await createTerms(3, maxBytes);
      const bytes = someBytes(FILE_BLOCK_BYTES + 300_000);
      const sending = desk.openSending(new Blob([bytes]));
      const sealed = await sending.seal(1, terms.seal);
      if (!sealed.ok) throw new Error(sealed.error);
      let offset = 0;
      for (const frame of sealed.value) {
        expect(frame.byteLength).toBeLessThanOrEqual(Math.max(maxBytes, 16_384));
        const opened = await openFileFrame(fileCrypto, terms.open, new Uint8Array(frame));
        expect(opened).toMatchObject({ type: 'data', file: 3, block: 1, offset });
        const end = FILE_BLOCK_BYTES + offset + (opened?.content.length ?? 0);
        expect(isEqual(opened?.content, bytes.subarray(FILE_BLOCK_BYTES + offset, end))).toBe(true);
        offset += opened?.content.length ?? 0;
      }
      expect(offset).toBe(300_000);
      expect([...sending.cached]).toEqual([1]);
    },
  );

  it('are of blocks that stay in memory once two are sent them', async () => {
    const { desk } = createFileRig(new MemoryStore());
    const { seal } = await createTerms();
    const sending = desk.openSending(new Blob([someBytes(2 * FILE_BLOCK_BYTES)]));
    await sending.seal(0, seal);
    await sending.seal(0, { ...seal, to: new Uint8Array(16).fill(3) });
    await sending.seal(1, seal);
    expect([...sending.cached]).toEqual([0, 1]);
  });

  it('are three where a message may be as long as any, and all of them full', async () => {
    const { desk } = createFileRig(new MemoryStore());
    const terms = await createTerms(3, FILE_MESSAGE_MAX_BYTES);
    const sealed = await desk.openSending(new Blob([someBytes(FILE_BLOCK_BYTES)])).seal(0, terms.seal);
    const sizes = sealed.ok ? sealed.value.map(({ byteLength }) => byteLength) : [];
    expect(sizes).toHaveLength(3);
    expect(Math.min(...sizes)).toBeGreaterThan(FILE_MESSAGE_MAX_BYTES - 10);
  });

  it('fill those again that were sent and handed back, and no other', async () => {
    const terms = await createTerms(3);
    const blob = new ReadBlob(3 * FILE_BLOCK_BYTES);
    const { send, seal } = fileOrderHandlers({
      ...{ crypto: fileCrypto, store: new MemoryStore(), noticesChange: true },
      ...{ preview: async () => null, onCached: () => {} },
    });
    await send({ file: 1, blob: new Blob([blob.bytes]), sizeBytes: blob.size });
    const sealed = async (block: number, spare: readonly ArrayBuffer[]) => {
      const frames = await seal({ file: 1, block, terms: terms.seal, spare });
      if (!frames.ok) throw new Error(frames.error);
      for (const frame of frames.value) {
        const opened = await openFileFrame(fileCrypto, terms.open, new Uint8Array(frame));
        const at = block * FILE_BLOCK_BYTES + (opened?.offset ?? 0);
        expect(isEqual(opened?.content, blob.bytes.subarray(at, at + (opened?.content.length ?? 0)))).toBe(
          true,
        );
      }
      return frames.value;
    };
    const first = await sealed(0, []);
    const [one, ...others] = await sealed(1, first);
    expect([one, ...others].every((frame) => frame !== undefined && first.includes(frame))).toBe(true);
    const short = new ArrayBuffer(100);
    expect(await sealed(2, [short, ...others])).not.toContain(short);
  });

  it('go to the worker again once they were sent', async () => {
    const { desk } = createFileRig(new MemoryStore());
    const terms = await createTerms();
    const sending = desk.openSending(new Blob([someBytes(9)]));
    const sealed = await sending.seal(0, terms.seal);
    for (const frame of sealed.ok ? sealed.value : []) desk.giveBack(frame);
    await sending.seal(0, terms.seal);
    expect(sealed.ok && sealed.value.map(({ byteLength }) => byteLength)).toEqual([0]);
  });

  it('are none of a file that is over', async () => {
    const { desk } = createFileRig(new MemoryStore());
    const sending = desk.openSending(new Blob(['a']));
    sending.dispose();
    expect(await sending.seal(0, (await createTerms()).seal)).toEqual({ ok: false, error: 'unreadable' });
  });
});

describe('an ack', () => {
  it('is no frame of anything else', async () => {
    const { desk } = createFileRig(new MemoryStore());
    const terms = await createTerms();
    const sending = desk.openSending(new Blob(['a']));
    const sealed = await sending.seal(0, terms.seal);
    const [frame = new ArrayBuffer()] = sealed.ok ? sealed.value : [];
    expect(await desk.openAck(frame, terms.open)).toBeNull();
    expect(await desk.openAck(new ArrayBuffer(9), terms.acks)).toBeNull();
  });
});
