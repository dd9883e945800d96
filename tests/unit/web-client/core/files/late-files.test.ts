import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64Url } from '../../../../../main/common/bytes.ts';
import { silentLogger } from '../../../../../main/common/logger.ts';
import type { FileBody } from '../../../../../main/common/protocol/file-bodies.ts';
import { FILES_OPEN_MAX } from '../../../../../main/common/protocol/file-limits.ts';
import type { FilesPort, OpenFiles } from '../../../../../web-client/core/files/files-port.ts';
import {
  LateFiles,
  type LateFilesOptions,
  LOOK_AFTER_MS,
  UNREADY_SHOWN_AFTER_MS,
} from '../../../../../web-client/core/files/late-files.ts';
import { RoomStore } from '../../../../../web-client/core/state/room-store.ts';
import { randomBytes } from '../../../../support/crypto/e2ee-tools.ts';
import { ManualTime, settle } from '../../../../support/time/manual-time.ts';

const OFFER: FileBody = {
  ...{ kind: 'file-offer', id: 1, size: 1, name: 'a.txt', mime: '' },
  resume: toBase64Url(randomBytes(32)),
};
const TAKE: FileBody = { kind: 'file-take', id: 1, have: [] };

let time: ManualTime;
let room: RoomStore;
let told: string[];
let loads: { readonly resolve: (open: OpenFiles) => void; readonly reject: (error: Error) => void }[];
let hasKept: boolean;
let looks: number;
let late: LateFiles;

/** Notes what is called, with its first value that is a word. */
const notingFiles = (): FilesPort =>
  new Proxy({} as FilesPort, {
    get:
      (_target, name) =>
      (...values: unknown[]) => {
        const body = values.find((value) => typeof value === 'object') as { kind?: string } | undefined;
        told.push([String(name), body?.kind].filter(Boolean).join(' '));
      },
  });

const arrive = async () => {
  loads.at(-1)?.resolve(notingFiles);
  await settle();
};

beforeEach(() => {
  time = new ManualTime();
  room = new RoomStore(silentLogger);
  [told, loads, hasKept, looks] = [[], [], false, 0];
  late = new LateFiles({
    // Of the rest nothing is used before the code is there.
    ...({} as LateFilesOptions),
    ...{ room, timers: time.timers },
    loadFiles: () => new Promise((resolve, reject) => loads.push({ resolve, reject })),
    hasKeptFiles: async () => {
      looks++;
      return hasKept;
    },
  });
});

describe('the code of files', () => {
  it('is not fetched for a word that nobody can mean', async () => {
    late.handleBody('mallory', TAKE);
    late.handleExit('mallory');
    late.acceptFile('file-1');
    late.leave();
    late.join();
    await time.advance(LOOK_AFTER_MS);
    expect(loads).toHaveLength(0);
    late.handleBody('anna', OFFER);
    await arrive();
    expect(told).toEqual(['handleBody file-offer']);
  });

  it('is told in order what was said while it came', async () => {
    late.handleBody('anna', OFFER);
    late.handleBody('anna', { kind: 'file-end', id: 1, why: 'cancelled' });
    late.sendFiles([], null);
    late.handleExit('anna');
    expect(loads).toHaveLength(1);
    await arrive();
    late.handleBody('anna', TAKE);
    expect(told).toEqual([
      ...['handleBody file-offer', 'handleBody file-end', 'sendFiles', 'handleExit', 'handleBody file-take'],
    ]);
  });

  it('is fetched for what a former page left, once one is in and the first connections had their time', async () => {
    hasKept = true;
    late.join();
    await time.advance(LOOK_AFTER_MS - 1);
    expect(looks).toBe(0);
    await time.advance(1);
    expect([looks, loads.length]).toEqual([1, 1]);
    late.join();
    await time.advance(LOOK_AFTER_MS);
    expect(loads).toHaveLength(1);
  });

  it('is not looked for by who has left before, or is gone', async () => {
    hasKept = true;
    late.join();
    late.leave();
    await time.advance(LOOK_AFTER_MS);
    late.join();
    late.dispose();
    await time.advance(LOOK_AFTER_MS);
    expect([looks, loads.length]).toEqual([0, 0]);
  });

  it('is asked for again where it did not come, and nothing is forgotten', async () => {
    late.handleBody('anna', OFFER);
    loads[0]?.reject(new Error('no answer'));
    await settle();
    late.handleBody('anna', TAKE);
    await time.advance(3_000);
    expect(loads).toHaveLength(2);
    await arrive();
    expect(told).toEqual(['handleBody file-offer', 'handleBody file-take']);
  });

  it('comes ahead of any need, with what it takes besides, for who waits for it then as well', async () => {
    const prepared = late.prepare();
    late.leave();
    late.handleBody('anna', OFFER);
    expect(loads).toHaveLength(1);
    await arrive();
    await prepared;
    await late.prepare();
    expect(told).toEqual(['handleBody file-offer', 'prepare', 'prepare']);
  });

  it('is not asked for again by itself where it was wanted ahead, and what is said is not kept', async () => {
    const prepared = late.prepare();
    loads[0]?.reject(new Error('no answer'));
    await expect(prepared).rejects.toThrow('no answer');
    late.handleBody('anna', TAKE);
    await time.advance(10 * UNREADY_SHOWN_AFTER_MS);
    expect([loads.length, room.state.files]).toEqual([1, []]);
    const again = late.prepare();
    await arrive();
    await again;
    expect(told).toEqual(['prepare']);
  });

  it.each(['does not come', 'is silent'])(
    'that %s is told of to who waits for it, until it is there',
    async (how) => {
      late.handleBody('anna', OFFER);
      if (how === 'does not come') loads[0]?.reject(new Error('no answer'));
      await time.advance(UNREADY_SHOWN_AFTER_MS - 1);
      expect(room.state.files).toEqual([]);
      await time.advance(1);
      expect(room.state.files).toMatchObject([{ direction: 'in', person: 'anna', phase: 'unready' }]);
      await arrive();
      expect([room.state.files, told]).toEqual([[], ['handleBody file-offer']]);
      late.handleBody('anna', { ...OFFER, id: 2 } as FileBody);
      expect(room.state.files).toEqual([]);
    },
  );

  it('keeps no heap of what is said meanwhile', async () => {
    for (let index = 0; index < 10 * FILES_OPEN_MAX; index++) late.handleBody('mallory', OFFER);
    await arrive();
    expect(told).toHaveLength(FILES_OPEN_MAX);
  });

  it('is not waited for any more once the call is gone', async () => {
    late.handleBody('anna', OFFER);
    late.dispose();
    await arrive();
    late.handleBody('anna', OFFER);
    expect([told, loads.length, time.pending]).toEqual([[], 1, 0]);
  });
});
