/** Holds files that come in to a slow disk, which one page has a file open on at a time: what is said meanwhile loses nothing and leaves nothing. */

import { describe, expect, it } from 'vitest';
import { toBase64Url } from '../../../../../main/common/bytes.ts';
import type { FileBody } from '../../../../../main/common/protocol/file-bodies.ts';
import { FILE_BLOCK_BYTES } from '../../../../../main/common/protocol/file-limits.ts';
import { fail, ok } from '../../../../../main/common/result.ts';
import { BlockSet } from '../../../../../web-client/core/files/block-set.ts';
import { randomBytes } from '../../../../support/crypto/e2ee-tools.ts';
import { TabDisk } from '../../../../support/files/fake-file-worker.ts';
import { FilesRig, type MadeUpPerson } from '../../../../support/files/files-rig.ts';

const secret = randomBytes(32);
const SIZE = 2 * FILE_BLOCK_BYTES;
const offer = (id: number): FileBody => ({
  ...{ kind: 'file-offer', id, size: SIZE, resume: toBase64Url(secret) },
  ...{ name: 'a.bin', mime: '' },
});

/** What waits until the disk has done so much more. */
class Gate {
  readonly #waiting: (() => void)[] = [];

  wait(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async pass(rig: FilesRig): Promise<void> {
    this.#waiting.shift()?.();
    await rig.time.advance(300);
  }
}

function slow({ worker }: FilesRig): Gate {
  const gate = new Gate();
  const open = worker.openReceiving.bind(worker);
  let isOpen = false;
  worker.openReceiving = async (...asked) => {
    if (isOpen) return fail('no-room');
    isOpen = true;
    await gate.wait();
    const opened = await open(...asked);
    if (!opened.ok) return opened;
    const { value } = opened;
    const [dispose, discard] = [value.dispose.bind(value), value.discard.bind(value)];
    return ok(
      Object.assign(value, {
        finish: async () => {
          await gate.wait();
          return ok({ file: new File([], 'a.bin'), discard });
        },
        dispose: () => {
          isOpen = false;
          dispose();
        },
        discard: () => {
          isOpen = false;
          return discard();
        },
      }),
    );
  };
  return gate;
}

async function accepting(): Promise<{ rig: FilesRig; anna: MadeUpPerson; gate: Gate }> {
  const rig = new FilesRig();
  const anna = await rig.addPerson();
  const gate = slow(rig);
  await anna.say(offer(1));
  rig.files.acceptFile(rig.shown[0]?.key ?? '');
  await rig.time.advance(300);
  return { rig, anna, gate };
}

describe('while a place for a file is opened', () => {
  it('another offer of it waits until that is done, and goes on', async () => {
    const { rig, anna, gate } = await accepting();
    await anna.say(offer(2));
    await anna.say(offer(3));
    await gate.pass(rig);
    await gate.pass(rig);
    expect(rig.phases).toEqual(['moving']);
    expect(anna.told).toEqual([{ kind: 'file-take', id: 3, have: [] }]);
  });

  it('it is cancelled, and nothing stays', async () => {
    const { rig, gate } = await accepting();
    rig.files.cancelFile(rig.shown[0]?.key ?? '');
    await gate.pass(rig);
    expect([rig.phases, rig.worker.disk.kept.size]).toEqual([['ended cancelled-here'], 0]);
  });

  it('one goes out, and nothing stays', async () => {
    const { rig, gate } = await accepting();
    rig.files.leave();
    await gate.pass(rig);
    expect(rig.worker.disk.kept.size).toBe(1);
    await rig.time.advance(3_000);
    expect(rig.worker.disk.kept.size).toBe(0);
  });
});

describe('while what came is looked through', () => {
  it('its sender goes, and it is whole all the same', async () => {
    const { rig, anna, gate } = await accepting();
    await gate.pass(rig);
    for (const block of [0, 1])
      await anna.sendFrame({
        ...{ type: 'data', file: 1, block, offset: 0 },
        content: new Uint8Array(FILE_BLOCK_BYTES),
      });
    await anna.say({ kind: 'file-done', id: 1, digest: toBase64Url(randomBytes(32)) });
    rig.files.handleExit(anna.id);
    await gate.pass(rig);
    expect(rig.phases).toEqual(['whole']);
  });

  it('which a former page had whole, and its sender has no more, it can be saved', async () => {
    const disk = new TabDisk();
    const idBytes = randomBytes(16);
    const kept = { resume: secret, senderId: toBase64Url(idBytes), name: 'a.bin', size: SIZE, mime: '' };
    disk.kept.set(toBase64Url(secret), {
      ...{ offer: kept, bytes: new Uint8Array(SIZE), have: new BlockSet([[0, 2]]), whole: true },
    });
    const rig = new FilesRig(disk);
    const gate = new Gate();
    const openWhole = rig.worker.openWhole.bind(rig.worker);
    rig.worker.openWhole = async (partial) => {
      await gate.wait();
      return openWhole(partial);
    };
    const anna = await rig.addPerson(idBytes);
    rig.setPhase(anna.id, 'connected');
    await anna.say({ kind: 'file-gone', resume: toBase64Url(secret) });
    await anna.say(offer(1));
    rig.files.handleExit(anna.id);
    await rig.time.advance(60_000);
    expect(rig.phases).toEqual(['checking']);
    await gate.pass(rig);
    expect(rig.phases).toEqual(['whole']);
    rig.files.dismissFile(rig.shown[0]?.key ?? '');
    await rig.time.advance(300);
    expect(disk.kept.size).toBe(0);
  });
});

describe('how far it is', () => {
  const piece = (offset: number, bytes: number) =>
    ({ type: 'data', file: 1, block: 0, offset, content: new Uint8Array(bytes) }) as const;

  it('does not go back with a link, and what that brought counts once when it comes by another', async () => {
    const { rig, anna, gate } = await accepting();
    await gate.pass(rig);
    const handler = anna.links.receiving?.handler;
    await anna.sendFrame(piece(0, 1_000));
    await rig.time.advance(1_000);
    const bytesDone = rig.shown[0]?.bytesDone ?? 0;
    expect(bytesDone).toBeGreaterThan(0);
    // Still being looked at as its link goes.
    handler?.onMessage(1, await anna.seal(piece(1_000, 2_000)));
    handler?.onLinkEnd(1);
    await rig.time.advance(1_000);
    expect(rig.shown[0]?.bytesDone).toBe(bytesDone);
    await anna.sendFrame(piece(0, 500), 2);
    await rig.time.advance(1_000);
    expect(rig.shown[0]?.bytesDone).toBe(bytesDone);
    await anna.sendFrame(piece(500, 1_500), 2);
    await rig.time.advance(1_000);
    expect(rig.shown[0]?.bytesDone).toBeGreaterThan(bytesDone);
    expect(rig.shown[0]?.bytesDone).toBeLessThan(bytesDone + 2_000);
  });

  it('is no further by a block that comes though it is there', async () => {
    const { rig, anna, gate } = await accepting();
    await gate.pass(rig);
    const shown: number[] = [];
    const half = FILE_BLOCK_BYTES / 2;
    for (const link of [1, 2]) {
      for (const offset of [0, half]) {
        await anna.sendFrame(piece(offset, half), link);
        await rig.time.advance(1_000);
        shown.push(rig.shown[0]?.bytesDone ?? 0);
      }
      anna.links.receiving?.handler.onLinkEnd(link);
    }
    expect(shown[0]).toBeLessThan(FILE_BLOCK_BYTES);
    expect(shown.slice(1)).toEqual(shown.slice(1).map(() => FILE_BLOCK_BYTES));
  });

  it('is what the disk has where that has lost some of it', async () => {
    const { rig, anna, gate } = await accepting();
    await gate.pass(rig);
    await anna.sendFrame(piece(0, FILE_BLOCK_BYTES));
    rig.worker.crash();
    rig.worker.disk.kept.clear();
    await anna.sendFrame(piece(0, 1_000));
    await rig.time.advance(1_000);
    expect([rig.phases, rig.shown[0]?.bytesDone]).toEqual([['paused'], FILE_BLOCK_BYTES]);
    rig.files.pauseFile(rig.shown[0]?.key ?? '', false);
    await anna.say(offer(2));
    await gate.pass(rig);
    await rig.time.advance(1_000);
    expect([rig.phases, rig.shown[0]?.bytesDone]).toEqual([['moving'], 0]);
  });
});
