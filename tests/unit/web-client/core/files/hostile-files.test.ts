/** Holds a page's files against people who do what no page of ours does: refused, bounded, told. */

import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64Url } from '../../../../../main/common/bytes.ts';
import { parseBody } from '../../../../../main/common/protocol/bodies.ts';
import type { FileBody } from '../../../../../main/common/protocol/file-bodies.ts';
import {
  FILE_BLOCK_BYTES,
  FILE_BLOCKS_MAX,
  FILE_WINDOW_BYTES,
} from '../../../../../main/common/protocol/file-limits.ts';
import { FILES_LISTED_MAX } from '../../../../../web-client/core/files/file-list.ts';
import { randomBytes } from '../../../../support/crypto/e2ee-tools.ts';
import { FilesRig, type MadeUpPerson } from '../../../../support/files/files-rig.ts';

let rig: FilesRig;
let mallory: MadeUpPerson;
beforeEach(async () => {
  rig = new FilesRig();
  mallory = await rig.addPerson();
});

const secret = () => toBase64Url(randomBytes(32));
const offer = (id: number, size = 1, resume = secret()): FileBody => ({
  ...{ kind: 'file-offer', id, size, resume },
  name: `${id}.bin`,
  mime: '',
});
const digest = secret();

/** Mallory's file, accepted. */
async function accepted(size: number, id = 1, resume = secret()): Promise<void> {
  await mallory.say(offer(id, size, resume));
  rig.files.acceptFile(rig.shown.at(-1)?.key ?? '');
  await rig.time.advance(300);
  expect(mallory.told.at(-1)).toEqual({ kind: 'file-take', id, have: [] });
}

const data = (file: number, block: number, offset: number, bytes: number) =>
  ({ type: 'data', file, block, offset, content: new Uint8Array(bytes) }) as const;

/** What stays true of everybody who broke the rules. */
async function expectBarred(): Promise<void> {
  expect(mallory.links.receiving?.disposed).toBe(true);
  expect(mallory.told.at(-1)).toMatchObject({ kind: 'file-stop', why: 'broken' });
  await mallory.say(offer(1_000));
  expect(mallory.told.at(-1)).toEqual({ kind: 'file-stop', id: 1_000, why: 'broken' });
  expect(rig.worker.disk.kept.size).toBe(0);
}

describe('more than was announced', () => {
  it.each([
    ['a longer block', data(1, 0, 0, 2)],
    ['a further block', data(1, 1, 0, 1)],
    ['a block far behind', data(1, 70_000, 0, 1)],
    ['what goes on behind its end', data(1, 0, 1, 1)],
  ])('is not kept: %s', async (_what, frame) => {
    await accepted(1);
    await mallory.sendFrame(frame);
    expect(rig.phases).toEqual(['ended broken']);
    await expectBarred();
  });

  it('is not even looked at once they were told', async () => {
    await accepted(1);
    await mallory.sendFrame(data(1, 0, 0, 2));
    let taken = 0;
    rig.worker.openReceiving = () => Promise.reject(new Error(`taken ${++taken}`));
    for (let index = 0; index < 50; index++) await mallory.sendFrame(data(1, 0, 0, 200_000));
    expect([taken, rig.shown.length]).toEqual([0, 1]);
  });
});

describe('frames that break the rules', () => {
  it.each([
    ['begin in the middle of a block', [data(1, 0, 10, 10)]],
    ['leave something out', [data(1, 0, 0, 10), data(1, 0, 30, 10)]],
    ['come in another order', [data(1, 0, 0, 10), data(1, 0, 20, 10), data(1, 0, 10, 10)]],
    ['begin a block before the one before is whole', [data(1, 0, 0, 10), data(1, 1, 0, 10)]],
  ])('end the file that %s', async (_what, frames) => {
    await accepted(2 * FILE_BLOCK_BYTES);
    for (const frame of frames) await mallory.sendFrame(frame);
    expect(rig.phases).toEqual(['ended broken']);
    await expectBarred();
  });

  it('end all where a link begins a block of one file before that of another is whole: each takes memory', async () => {
    await accepted(2 * FILE_BLOCK_BYTES);
    await accepted(2 * FILE_BLOCK_BYTES, 2);
    await mallory.sendFrame(data(1, 0, 0, 10));
    await mallory.sendFrame(data(2, 0, 0, 10), 2);
    expect(rig.phases).toEqual(['moving', 'moving']);
    await mallory.sendFrame(data(2, 1, 0, 10));
    expect(rig.phases).toEqual(['ended broken', 'ended broken']);
    await expectBarred();
  });

  it('may be of one file after another by the same link, block by block', async () => {
    await accepted(2 * FILE_BLOCK_BYTES);
    await accepted(FILE_BLOCK_BYTES, 2);
    for (const frame of [data(1, 0, 0, 10), data(1, 0, 10, FILE_BLOCK_BYTES - 10), data(2, 0, 0, 10)])
      await mallory.sendFrame(frame);
    rig.files.cancelFile(rig.shown[1]?.key ?? '');
    await mallory.sendFrame(data(1, 1, 0, 10));
    expect(rig.phases).toEqual(['moving', 'ended cancelled-here']);
  });

  it('end it where they do not open, or are none', async () => {
    await accepted(100);
    mallory.links.receiving?.handler.onMessage(1, new Uint8Array(200).buffer);
    await rig.time.advance(300);
    expect(rig.phases).toEqual(['ended broken']);
    await expectBarred();
  });

  it('end it where they belong to a file that nobody accepted', async () => {
    await accepted(100);
    await mallory.say(offer(2, 100));
    await mallory.sendFrame(data(2, 0, 0, 100));
    expect(rig.phases).toEqual(['ended broken', 'ended broken']);
    await expectBarred();
  });

  it('are passed over where a file was just given up here, within bounds', async () => {
    await accepted(100 * FILE_BLOCK_BYTES);
    rig.files.cancelFile(rig.shown[0]?.key ?? '');
    await rig.time.advance(300);
    for (let sent = 0; sent < FILE_WINDOW_BYTES; sent += FILE_BLOCK_BYTES)
      await mallory.sendFrame(data(1, 0, 0, FILE_BLOCK_BYTES));
    expect(mallory.links.receiving?.disposed).toBe(false);
    for (let sent = 0; sent < FILE_WINDOW_BYTES; sent += FILE_BLOCK_BYTES)
      await mallory.sendFrame(data(1, 0, 0, FILE_BLOCK_BYTES));
    expect(mallory.links.receiving?.disposed).toBe(true);
  });
});

describe('offers', () => {
  it('of one person are 32 at most, without a row for each', async () => {
    for (let id = 1; id <= 200; id++) rig.files.handleBody(mallory.id, offer(id));
    await rig.time.advance(500);
    expect(rig.shown).toHaveLength(32);
    const refused = mallory.told.filter((body) => body.kind === 'file-stop' && body.why === 'too-many');
    expect(refused).toHaveLength(168);
  });

  it('of many people are a hundred at most', async () => {
    for (let index = 0; index < 5; index++) {
      const { id } = await rig.addPerson();
      for (let number = 1; number <= 30; number++) rig.files.handleBody(id, offer(number));
    }
    await rig.time.advance(500);
    expect(rig.shown).toHaveLength(100);
  });

  it('that are taken back again and again leave no endless list', async () => {
    for (let id = 1; id <= 2_000; id++) {
      rig.files.handleBody(mallory.id, offer(id));
      rig.files.handleBody(mallory.id, { kind: 'file-end', id, why: 'cancelled' });
    }
    await rig.time.advance(500);
    expect(rig.shown.length).toBeLessThanOrEqual(FILES_LISTED_MAX);
  });

  it('so many that one that was interrupted goes off the list let go of what is kept of it', async () => {
    const boris = await rig.addPerson();
    let open = 0;
    const openReceiving = rig.worker.openReceiving.bind(rig.worker);
    rig.worker.openReceiving = async (...asked) => {
      const opened = await openReceiving(...asked);
      if (!opened.ok) return opened;
      open++;
      opened.value.dispose = () => void open--;
      return opened;
    };
    await boris.say(offer(1));
    rig.files.acceptFile(rig.shown[0]?.key ?? '');
    await rig.time.advance(300);
    rig.files.handleExit(boris.id);
    await rig.time.advance(300);
    expect([rig.phases, open]).toEqual([['ended gone'], 1]);
    for (let id = 1; id <= FILES_LISTED_MAX; id++) {
      rig.files.handleBody(mallory.id, offer(id));
      rig.files.handleBody(mallory.id, { kind: 'file-end', id, why: 'cancelled' });
    }
    await rig.time.advance(500);
    expect([rig.shown.some(({ person }) => person === boris.id), open]).toEqual([false, 0]);
  });

  it('under a number that was used are none', async () => {
    await mallory.say(offer(5));
    await mallory.say(offer(5));
    await mallory.say(offer(4));
    expect([rig.shown.length, mallory.told]).toEqual([1, []]);
  });

  it('after files were switched off are answered, and not shown', async () => {
    rig.room.dispatch({ type: 'files-allowed', allowed: false });
    await mallory.say(offer(1));
    expect([rig.phases, mallory.told]).toEqual([[], [{ kind: 'file-stop', id: 1, why: 'off' }]]);
  });

  it.each([
    ['a name of 64 kB', { name: 'x'.repeat(65_536) }],
    ['no name', { name: '' }],
    ['a size below nothing', { size: -1 }],
    ['a size beyond the largest', { size: 2 ** 40 + 1 }],
    ['a broken size', { size: 1.5 }],
    ['a long type', { mime: 'x'.repeat(128) }],
    ['a short secret', { resume: 'AAAA' }],
    ['something more', { path: '/etc/passwd' }],
  ])('with %s are none', (_what, changes) => {
    expect(parseBody('pair', offer(1)).ok).toBe(true);
    expect(parseBody('pair', { ...offer(1), ...changes }).ok).toBe(false);
  });
});

describe('blocks that somebody claims to have', () => {
  const take = (have: unknown) => parseBody('pair', { kind: 'file-take', id: 1, have }).ok;

  it('are ranges in order', () => {
    expect(
      [
        [],
        [[0, 1]],
        [
          [0, 2],
          [3, 9],
        ],
      ].map(take),
    ).toEqual([true, true, true]);
  });

  it.each([
    ['no list', 'all'],
    ['a number', [1]],
    ['a range of one number', [[1]]],
    ['a range of three numbers', [[1, 2, 3]]],
    ['a range of nothing', [[2, 2]]],
    ['a range that goes back', [[2, 1]]],
    [
      'ranges out of order',
      [
        [5, 6],
        [1, 2],
      ],
    ],
    [
      'ranges that overlap',
      [
        [0, 4],
        [3, 6],
      ],
    ],
    [
      'ranges that touch',
      [
        [0, 4],
        [4, 6],
      ],
    ],
    ['a range below nothing', [[-1, 4]]],
    ['half a block', [[0, 1.5]]],
    ['blocks beyond the largest file', [[0, FILE_BLOCKS_MAX + 1]]],
    ['far too many ranges', Array.from({ length: 513 }, (_, index) => [2 * index, 2 * index + 1])],
  ])('are none of these: %s', (_what, have) => {
    expect(take(have)).toBe(false);
  });
});

describe('words out of place', () => {
  it.each<[string, FileBody]>([
    ['an answer to what was never offered', { kind: 'file-take', id: 99, have: [] }],
    ['a word that it is whole', { kind: 'file-whole', id: 99 }],
    ['a refusal', { kind: 'file-stop', id: 99, why: 'declined' }],
    ['a digest of nothing', { kind: 'file-done', id: 99, digest }],
    ['an end of nothing', { kind: 'file-end', id: 99, why: 'cancelled' }],
    ['that something is gone', { kind: 'file-gone', resume: digest }],
  ])('change nothing: %s', async (_what, body) => {
    await mallory.say(body);
    expect([rig.shown, mallory.told, mallory.links]).toEqual([[], [], {}]);
  });

  it('of another person about a file change nothing of it', async () => {
    const boris = await rig.addPerson();
    rig.files.sendFiles([new File(['secret'], 'for-boris.txt')], boris.id);
    await rig.time.advance(300);
    const { id } = boris.told[0] as { readonly id: number };
    for (const body of [
      { kind: 'file-take', id, have: [] },
      { kind: 'file-stop', id, why: 'cancelled' },
      { kind: 'file-wait', id, on: true },
    ] satisfies FileBody[])
      await mallory.say(body);
    expect([rig.phases, mallory.told, mallory.links, rig.worker.reads]).toEqual([['offered'], [], {}, []]);
  });

  it('ask for a file back, and get none, without its secret', async () => {
    const boris = await rig.addPerson();
    rig.files.sendFiles([new File(['secret'], 'for-boris.txt')], boris.id);
    await rig.time.advance(300);
    const { id, resume } = boris.told[0] as Extract<FileBody, { kind: 'file-offer' }>;
    await boris.say({ kind: 'file-take', id, have: [] });
    const wrong = secret();
    await mallory.say({ kind: 'file-back', resume: wrong });
    expect(mallory.told).toEqual([{ kind: 'file-gone', resume: wrong }]);
    rig.files.handleExit(boris.id);
    await rig.time.advance(300);
    expect(rig.phases).toEqual(['waiting']);
    await mallory.say({ kind: 'file-back', resume });
    // Whoever has it was told it by the one who accepted.
    expect(mallory.told.at(-1)).toMatchObject({ kind: 'file-offer', resume });
  });

  it('ask for a file back that nobody accepted, and get none: who it is offered to another offer', async () => {
    const boris = await rig.addPerson();
    rig.files.sendFiles([new File(['secret'], 'a.txt')], mallory.id);
    await rig.time.advance(300);
    const { resume } = mallory.told[0] as Extract<FileBody, { kind: 'file-offer' }>;
    await boris.say({ kind: 'file-back', resume });
    expect(boris.told).toEqual([{ kind: 'file-gone', resume }]);
    await mallory.say({ kind: 'file-back', resume });
    expect(mallory.told.at(-1)).toMatchObject({ kind: 'file-offer', id: 2, resume });
    expect([rig.phases, rig.worker.openSendings]).toEqual([['offered'], 0]);
  });

  it('offer a file again that was accepted, and again, so that all of it is looked through each time', async () => {
    const resume = secret();
    await accepted(FILE_BLOCK_BYTES + 1, 1, resume);
    for (let id = 2; id <= 9; id++) await mallory.say(offer(id, FILE_BLOCK_BYTES + 1, resume));
    expect(rig.phases).toEqual(['moving']);
    await mallory.say(offer(10, FILE_BLOCK_BYTES + 1, resume));
    expect(rig.phases).toEqual(['ended broken']);
  });

  it('offer the same file as another while it is on its way', async () => {
    const resume = secret();
    await accepted(FILE_BLOCK_BYTES + 1, 1, resume);
    await mallory.say(offer(2, 5, resume));
    expect(mallory.told.at(-1)).toEqual({ kind: 'file-stop', id: 2, why: 'different' });
    expect(rig.phases).toEqual(['moving']);
  });

  it('claim blocks that a file does not have, and end it', async () => {
    rig.files.sendFiles([new File(['short'], 'a.txt')], mallory.id);
    await rig.time.advance(300);
    await mallory.say({ kind: 'file-take', id: 1, have: [[0, 2]] });
    expect(rig.phases).toEqual(['ended broken']);
    expect(mallory.told.at(-1)).toEqual({ kind: 'file-end', id: 1, why: 'cancelled' });
  });

  it('call a file whole before it was, and nobody believes it', async () => {
    rig.files.sendFiles([new File([new Uint8Array(100)], 'a.txt')], mallory.id);
    await rig.time.advance(300);
    await mallory.say({ kind: 'file-take', id: 1, have: [] });
    await mallory.say({ kind: 'file-whole', id: 1 });
    expect(rig.phases).toEqual(['moving']);
  });

  it('call a file done of which something is missing, and end it', async () => {
    await accepted(FILE_BLOCK_BYTES + 1);
    await mallory.sendFrame(data(1, 1, 0, 1));
    await mallory.say({ kind: 'file-done', id: 1, digest });
    expect(rig.phases).toEqual(['ended broken']);
    expect(rig.worker.disk.kept.size).toBe(0);
  });

  it('tell a digest that does not fit, and nothing is kept', async () => {
    await accepted(10);
    await mallory.sendFrame(data(1, 0, 0, 10));
    expect(mallory.links.receiving?.acks).toHaveLength(1);
    await mallory.say({ kind: 'file-done', id: 1, digest });
    expect(rig.phases).toEqual(['ended different']);
    expect(mallory.told.at(-1)).toEqual({ kind: 'file-stop', id: 1, why: 'different' });
    expect(rig.worker.disk.kept.size).toBe(0);
  });
});

describe('links', () => {
  const link = (signal: Extract<FileBody, { kind: 'file-link' }>['signal']): FileBody => ({
    ...{ kind: 'file-link', link: 1, by: 'me' },
    signal,
  });

  it('are made for nobody of whom nothing was accepted', async () => {
    await mallory.say(link({ type: 'offer', sdp: 'v=0' }));
    await mallory.say(offer(1));
    await mallory.say(link({ type: 'offer', sdp: 'v=0' }));
    expect(mallory.links.receiving?.signals ?? []).toEqual([]);
    rig.files.acceptFile(rig.shown[0]?.key ?? '');
    await rig.time.advance(300);
    await mallory.say(link({ type: 'offer', sdp: 'v=0' }));
    expect(mallory.links.receiving?.signals).toHaveLength(1);
  });

  it('end some time after nothing more is wanted of their maker', async () => {
    await accepted(10);
    await mallory.say({ kind: 'file-end', id: 1, why: 'cancelled' });
    expect(mallory.links.receiving?.open).toBe(true);
    await rig.time.advance(30_000);
    expect(mallory.links.receiving?.open).toBe(false);
  });

  it('that are no links of ours end all that is on its way with their maker', async () => {
    await accepted(10);
    mallory.links.receiving?.handler.onRefused('fingerprint');
    await rig.time.advance(300);
    expect(rig.phases).toEqual(['ended broken']);
    await expectBarred();
  });

  it('acknowledge nothing by what somebody else sealed', async () => {
    rig.files.sendFiles([new File([new Uint8Array(100)], 'a.txt')], mallory.id);
    await rig.time.advance(300);
    await mallory.say({ kind: 'file-take', id: 1, have: [] });
    const forged = new Uint8Array(74);
    forged.set([1, 2, 0, 0, 0, 1]);
    mallory.links.sending?.handler.onMessage(1, forged.buffer);
    await rig.time.advance(300);
    expect(rig.shown[0]).toMatchObject({ phase: 'moving', bytesDone: 0 });
  });
});
