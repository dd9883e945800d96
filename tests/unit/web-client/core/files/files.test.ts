/** Holds files from page to page in whole calls: real sealing, rooms and streams, fake links and disks. */

import { beforeEach, describe, expect, it } from 'vitest';
import {
  FILE_BLOCK_BYTES,
  FILE_MEMORY_MAX,
  FILE_WINDOW_BYTES,
} from '../../../../../main/common/protocol/file-limits.ts';
import type { FileTransfer } from '../../../../../web-client/core/state/files-state.ts';
import type { CallPage, CallWorld } from '../../../../support/call/call-world.ts';
import { worldForEachTest } from '../../../../support/call/world-for-each-test.ts';
import { randomBytes } from '../../../../support/crypto/e2ee-tools.ts';

let world: CallWorld;
worldForEachTest((fresh) => {
  world = fresh;
});

/** What was made for a test, by name. */
const made = new Map<string, Uint8Array>();
beforeEach(() => made.clear());

function fileOf(name: string, sizeBytes: number, type = ''): File {
  const bytes = new Uint8Array(sizeBytes);
  for (let at = 0; at < sizeBytes; at += 65_536) bytes.set(randomBytes(Math.min(64, sizeBytes - at)), at);
  made.set(name, bytes);
  return new File([bytes], name, { type });
}

const files = ({ session }: CallPage) => session.files;
const shown = (page: CallPage): readonly FileTransfer[] => page.state.files;
const only = (page: CallPage): FileTransfer => {
  const [file, ...more] = shown(page);
  if (file === undefined || more.length > 0) throw new Error(`${shown(page).length} files`);
  return file;
};
const phases = (page: CallPage) =>
  shown(page).map(({ phase, why }) => [phase, why].filter(Boolean).join(' '));
const has = (page: CallPage, phase: string) => shown(page).some((file) => file.phase === phase);

/** Sends from the first to the others, each of whom accepts. */
async function sendAccepted(file: File, sender: CallPage, ...receivers: CallPage[]): Promise<void> {
  files(sender)?.sendFiles([file], receivers.length === 1 ? (receivers[0]?.id ?? null) : null);
  for (const receiver of receivers) {
    await world.until('it is offered', () => has(receiver, 'offered'));
    files(receiver)?.acceptFile(only(receiver).key);
  }
}

/** Whether what the page saves is the file to the byte. */
async function savesEqual(page: CallPage, name = 'a.bin'): Promise<boolean> {
  files(page)?.saveFile(only(page).key);
  await world.until('it is saved', () => only(page).saved === 'saved');
  return (
    Buffer.compare(page.fileWorker.saved.at(-1) ?? Buffer.alloc(1), made.get(name) ?? Buffer.alloc(2)) === 0
  );
}

const untilWhole = (...pages: CallPage[]) =>
  world.until('it is whole', () =>
    pages.every((page) => shown(page).every(({ phase }) => phase === 'whole')),
  );

/** A part of it came, and more is to come. */
const untilHalf = (page: CallPage) =>
  world.until('a part has come', () => shown(page).some(({ bytesDone }) => bytesDone > FILE_BLOCK_BYTES));

const BLOCK = FILE_BLOCK_BYTES;
const WINDOW_BLOCKS = FILE_WINDOW_BYTES / FILE_BLOCK_BYTES;

describe('a file', () => {
  it.each([
    ['of nothing', 0],
    ['of a byte', 1],
    ['of a block', BLOCK],
    ['of some blocks and a piece', 3 * BLOCK + 12_345],
  ])('%s goes to one person, equal to the byte', async (_what, size) => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await sendAccepted(fileOf('a.bin', size), anna, boris);
    await untilWhole(anna, boris);
    expect(await savesEqual(boris)).toBe(true);
    expect(only(boris)).toMatchObject({
      ...{ direction: 'in', person: anna.id, personName: 'Anna', name: 'a.bin', size, bytesDone: size },
      ...{ keptIn: 'disk', saved: 'saved', savedName: 'a.bin', canShow: true, why: null, pausedBy: null },
    });
    expect(only(anna)).toMatchObject({ direction: 'out', person: boris.id, bytesDone: size, keptIn: null });
    files(boris)?.showSavedFile(only(boris).key);
    expect(boris.fileWorker.shown).toEqual(['a.bin']);
    files(boris)?.dismissFile(only(boris).key);
    files(anna)?.dismissFile(only(anna).key);
    await world.until('the lists are empty', () => shown(boris).length + shown(anna).length === 0);
    expect(boris.fileWorker.disk.kept.size).toBe(0);
  });

  it('that could not be saved says why, and can be saved once there is room', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await sendAccepted(fileOf('a.bin', 10), anna, boris);
    await untilWhole(boris);
    for (const failure of ['no-folder', 'no-space', 'failed'] as const) {
      boris.fileWorker.saveFailure = failure;
      files(boris)?.saveFile(only(boris).key);
      await world.until('it is told', () => only(boris).saved === failure);
    }
    boris.fileWorker.saveFailure = null;
    expect(await savesEqual(boris)).toBe(true);
  });

  it('is not shown as whole before its digest was compared', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    anna.fileWorker.wrongDigest = randomBytes(32);
    await sendAccepted(fileOf('a.bin', 2 * BLOCK), anna, boris);
    await world.until('it has ended', () => has(anna, 'ended') && has(boris, 'ended'));
    expect([phases(anna), phases(boris)]).toEqual([['ended different'], ['ended different']]);
    const seen = new Set(
      [anna, boris].flatMap(({ states }) =>
        states.flatMap(({ files: list }) => list.map(({ phase }) => phase)),
      ),
    );
    expect(seen.has('whole')).toBe(false);
    expect(boris.fileWorker.disk.kept.size).toBe(0);
  });

  it('goes to several at once, and is read once', async () => {
    const [anna, boris, clara, dina] = await world.joinAll('Anna', 'Boris', 'Clara', 'Dina');
    await sendAccepted(fileOf('a.bin', 12 * BLOCK), anna, boris, clara, dina);
    await untilWhole(anna, boris, clara, dina);
    const batches = new Set(shown(anna).map(({ batch }) => batch));
    expect([batches.size, shown(anna).length]).toEqual([1, 3]);
    expect(anna.fileWorker.reads.length).toBeLessThanOrEqual(14);
    for (const page of [boris, clara, dina]) expect(await savesEqual(page)).toBe(true);
    await world.until('the file is closed', () => anna.fileWorker.openSendings === 0);
  });

  it('is offered under a name that is harmless, and of a type that is one', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    files(anna)?.sendFiles([fileOf('..\u202Egnp.exe', 1, 'image/png<script>')], null);
    await world.until('it is offered', () => has(boris, 'offered'));
    expect(only(boris)).toMatchObject({ name: 'gnp.exe', mime: '' });
  });

  it('that is an image can be looked at once it is whole', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    files(anna)?.sendFiles([fileOf('a.png', 10, 'image/png')], null);
    await world.until('it is offered', () => has(boris, 'offered'));
    expect(only(boris).hasPreview).toBe(false);
    expect(await files(boris)?.previewOf(only(boris).key)).toBeNull();
    files(boris)?.acceptFile(only(boris).key);
    await untilWhole(boris);
    expect(only(boris).hasPreview).toBe(true);
    expect(await files(boris)?.previewOf(only(boris).key)).toMatchObject({ width: 1 });
  });

  it('is told of once a second while it only moves, and at once where more becomes of it', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 100;
    await sendAccepted(fileOf('a.bin', 400 * BLOCK), anna, boris);
    await untilHalf(boris);
    const before = anna.states.length;
    await world.pass(3_000);
    const amounts = new Set(anna.states.slice(before).map(({ files: list }) => list[0]?.bytesDone));
    expect([3, 4]).toContain(amounts.size);
    files(anna)?.pauseFile(only(anna).key, true);
    await world.pass(100);
    expect([only(anna).pausedBy, only(boris).pausedBy]).toEqual(['here', 'there']);
  });

  it('tells how fast it goes, and how long it takes', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 500;
    await sendAccepted(fileOf('a.bin', 40 * BLOCK), anna, boris);
    await world.until(
      'it tells',
      () => [anna, boris].every((page) => (only(page).secondsLeft ?? 99) < 8),
      100,
    );
    for (const page of [anna, boris]) {
      expect(only(page).bytesPerSecond).toBeGreaterThan(3 * BLOCK);
      expect(only(page).bytesPerSecond).toBeLessThan(5 * BLOCK);
    }
  });
});

describe('an answer', () => {
  it('may be no', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    files(anna)?.sendFiles([fileOf('a.bin', BLOCK)], null);
    await world.until('it is offered', () => has(boris, 'offered'));
    files(boris)?.declineFile(only(boris).key);
    await world.until('Anna knows', () => has(anna, 'ended'));
    expect([phases(anna), phases(boris)]).toEqual([['ended declined'], ['ended declined']]);
    expect(world.links.open).toBe(0);
  });

  it('may come too late: the offer was taken back', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    files(anna)?.sendFiles([fileOf('a.bin', BLOCK)], null);
    await world.until('it is offered', () => has(boris, 'offered'));
    files(anna)?.cancelFile(only(anna).key);
    files(boris)?.acceptFile(only(boris).key);
    await world.until('both know', () => has(anna, 'ended') && has(boris, 'ended'));
    expect([phases(anna), phases(boris)]).toEqual([['ended cancelled-here'], ['ended cancelled-there']]);
    expect(boris.fileWorker.disk.kept.size).toBe(0);
  });
});

describe('a file under way', () => {
  it.each(['sender', 'receiver'] as const)('is held back and goes on by its %s', async (who) => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await sendAccepted(fileOf('a.bin', 20 * BLOCK), anna, boris);
    await untilHalf(boris);
    const [here, there] = who === 'sender' ? [anna, boris] : [boris, anna];
    files(here)?.pauseFile(only(here).key, true);
    await world.until('both show it', () => has(here, 'paused') && has(there, 'paused'));
    expect([only(here).pausedBy, only(there).pausedBy]).toEqual(['here', 'there']);
    await world.pass(2_000);
    const { bytesDone } = only(boris);
    await world.pass(5_000);
    expect(only(boris).bytesDone).toBe(bytesDone);
    files(here)?.pauseFile(only(here).key, false);
    await untilWhole(anna, boris);
    expect(await savesEqual(boris)).toBe(true);
  });

  it.each([
    ['sender', 'cancelled-here', 'cancelled-there'],
    ['receiver', 'cancelled-there', 'cancelled-here'],
  ])('is cancelled by its %s, and nothing of it stays', async (who, ofAnna, ofBoris) => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await sendAccepted(fileOf('a.bin', 20 * BLOCK), anna, boris);
    await untilHalf(boris);
    const page = who === 'sender' ? anna : boris;
    files(page)?.cancelFile(only(page).key);
    await world.until('both know', () => has(anna, 'ended') && has(boris, 'ended'));
    expect([phases(anna), phases(boris)]).toEqual([[`ended ${ofAnna}`], [`ended ${ofBoris}`]]);
    await world.pass(1_000);
    expect([boris.fileWorker.disk.kept.size, anna.fileWorker.openSendings, world.links.open]).toEqual([
      0, 0, 0,
    ]);
  });

  it.each(['unreadable', 'changed'] as const)('ends where it is %s at its sender', async (why) => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await sendAccepted(fileOf('a.bin', 20 * BLOCK), anna, boris);
    await untilHalf(boris);
    anna.fileWorker.readFailure = why;
    await world.until('both know', () => has(anna, 'ended') && has(boris, 'ended'));
    expect([phases(anna), phases(boris)]).toEqual([[`ended ${why}`], [`ended ${why}`]]);
  });

  it('is held back on the side whose worker breaks, and goes on from there by hand, equal to the byte', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await sendAccepted(fileOf('a.bin', 50 * BLOCK), anna, boris);
    await untilHalf(boris);
    for (const [page, other] of [
      [boris, anna],
      [anna, boris],
    ] as const) {
      page.fileWorker.crash();
      await world.until('both show it', () => has(page, 'paused') && has(other, 'paused'));
      expect([only(page).fault, only(page).pausedBy]).toEqual([true, 'here']);
      expect([only(other).fault, only(other).pausedBy]).toEqual([false, 'there']);
      const { bytesDone } = only(boris);
      expect(bytesDone).toBeGreaterThan(BLOCK);
      files(page)?.pauseFile(only(page).key, false);
      await world.until('more has come', () => only(boris).bytesDone > bytesDone + 2 * BLOCK);
      expect([only(page).fault, only(other).pausedBy]).toEqual([false, null]);
    }
    await untilWhole(anna, boris);
    expect(await savesEqual(boris)).toBe(true);
    expect(anna.fileWorker.reads.length).toBeLessThan(50 + 2 * (WINDOW_BLOCKS + 1));
  });

  it('is held back where its worker breaks as all of it is there, and then found to be whole', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    boris.fileWorker.breaksAtEnd = true;
    await sendAccepted(fileOf('a.bin', 3 * BLOCK), anna, boris);
    await world.until('it is held back', () => only(boris).fault);
    expect(only(boris).bytesDone).toBe(3 * BLOCK);
    files(boris)?.pauseFile(only(boris).key, false);
    await untilWhole(anna, boris);
    expect(await savesEqual(boris)).toBe(true);
  });

  it('that is accepted while no worker can be started stays offered, and is received once one can', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    boris.fileWorker.isDown = true;
    await sendAccepted(fileOf('a.bin', BLOCK), anna, boris);
    await world.until('it is told', () => only(boris).fault);
    expect([phases(anna), phases(boris)]).toEqual([['offered'], ['offered']]);
    boris.fileWorker.isDown = false;
    files(boris)?.acceptFile(only(boris).key);
    await untilWhole(anna, boris);
    expect(only(boris)).toMatchObject({ fault: false, keptIn: 'disk' });
  });

  it('of which one stopped half-way after its worker broke leaves nothing', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await sendAccepted(fileOf('a.bin', 20 * BLOCK), anna, boris);
    await untilHalf(boris);
    boris.fileWorker.crash();
    await world.until('it is held back', () => only(boris).fault);
    files(boris)?.cancelFile(only(boris).key);
    await world.until('both know', () => has(anna, 'ended') && has(boris, 'ended'));
    expect([phases(anna), phases(boris)]).toEqual([['ended cancelled-there'], ['ended cancelled-here']]);
    expect(boris.fileWorker.disk.kept.size).toBe(0);
  });

  it.each(['size', 'lastModified'] as const)(
    'ends where the browser tells another %s of it than was offered',
    async (member) => {
      const [anna, boris] = await world.joinAll('Anna', 'Boris');
      const file = fileOf('a.bin', 2 * BLOCK);
      files(anna)?.sendFiles([file], boris.id);
      await world.until('it is offered', () => has(boris, 'offered'));
      Object.defineProperty(file, member, { value: 3 * BLOCK });
      files(boris)?.acceptFile(only(boris).key);
      await world.until('both know', () => has(anna, 'ended') && has(boris, 'ended'));
      expect([phases(anna), phases(boris)]).toEqual([['ended changed'], ['ended changed']]);
    },
  );

  it('ends where what opens it finds another size than was offered', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    anna.fileWorker.sizeFound = BLOCK;
    await sendAccepted(fileOf('a.bin', 2 * BLOCK), anna, boris);
    await world.until('both know', () => has(anna, 'ended') && has(boris, 'ended'));
    expect([phases(anna), phases(boris)]).toEqual([['ended changed'], ['ended changed']]);
  });

  it('ends where the disk is full', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await sendAccepted(fileOf('a.bin', 20 * BLOCK), anna, boris);
    boris.fileWorker.disk.room = 3 * BLOCK;
    await world.until('both know', () => has(anna, 'ended') && has(boris, 'ended'));
    expect([phases(anna), phases(boris)]).toEqual([['ended no-space'], ['ended no-space']]);
    expect(boris.fileWorker.disk.kept.size).toBe(0);
  });

  it('is not accepted where it is larger than memory, and there is nothing else', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    boris.fileWorker.keptIn = 'memory';
    const large = fileOf('a.bin', 1);
    Object.defineProperty(large, 'size', { value: FILE_MEMORY_MAX + 1 });
    files(anna)?.sendFiles([large], null);
    await world.until('it is offered', () => has(boris, 'offered'));
    expect(only(boris)).toMatchObject({ keptIn: 'memory', tooLargeForMemory: true });
    files(boris)?.acceptFile(only(boris).key);
    await world.pass(500);
    expect(phases(boris)).toEqual(['offered']);
  });

  it('waits while nothing carries it, and goes on without a block sent twice that was acknowledged', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 100;
    await sendAccepted(fileOf('a.bin', 60 * BLOCK), anna, boris);
    for (let cut = 0; cut < 2; cut++) {
      const before = only(boris).bytesDone;
      await world.until('more has come', () => only(boris).bytesDone > before + 3 * BLOCK);
      world.links.cut();
      await world.until('both wait', () => has(anna, 'waiting') && has(boris, 'waiting'));
      await world.pass(5_000);
      world.links.mend();
    }
    await untilWhole(anna, boris);
    expect(await savesEqual(boris)).toBe(true);
    expect(anna.fileWorker.reads.length).toBeLessThan(60 + 2 * WINDOW_BLOCKS);
  });

  it('goes on over a lost way to the host', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await sendAccepted(fileOf('a.bin', 10 * BLOCK), anna, boris);
    world.server.up = false;
    world.server.dropAll();
    await untilWhole(anna, boris);
  });
});

describe('who goes and comes', () => {
  it('goes on with a file after the receiver’s page was loaded anew', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await sendAccepted(fileOf('a.bin', 20 * BLOCK), anna, boris);
    await world.until('some has come', () => only(boris).bytesDone > 5 * BLOCK);
    const had = boris.fileWorker.disk.kept.values().next().value?.have.count ?? 0;
    const again = world.reload(boris);
    again.session.prepare();
    again.session.join('Boris');
    await world.until('it is shown', () => shown(again).length === 1, 50);
    expect(only(again)).toMatchObject({ direction: 'in', person: anna.id, name: 'a.bin', size: 20 * BLOCK });
    await world.until('it moves', () => has(again, 'moving') && has(anna, 'moving'), 50);
    expect(only(again).bytesDone).toBeGreaterThanOrEqual(had * BLOCK);
    await untilWhole(anna, again);
    expect(only(anna).person).toBe(again.id);
    expect(await savesEqual(again)).toBe(true);
    expect(anna.fileWorker.reads.length).toBeLessThan(20 + WINDOW_BLOCKS + 1);
  });

  it('keeps what is whole and unsaved for the next load of the page', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await sendAccepted(fileOf('a.bin', 2 * BLOCK), anna, boris);
    await untilWhole(boris);
    const again = world.reload(boris);
    again.session.prepare();
    again.session.join('Boris');
    await world.until('it is there', () => has(again, 'whole'), 50);
    expect(await savesEqual(again)).toBe(true);
  });

  it('says that a file is gone whose sender does not come, or has it no more', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await sendAccepted(fileOf('a.bin', 20 * BLOCK), anna, boris);
    await untilHalf(boris);
    files(anna)?.cancelFile(only(anna).key);
    const again = world.reload(boris);
    again.session.prepare();
    again.session.join('Boris');
    await world.until('it is gone', () => phases(again)[0] === 'ended gone', 50);
    files(again)?.dismissFile(only(again).key);
    await world.until('the list is empty', () => shown(again).length === 0);
    expect(again.fileWorker.disk.kept.size).toBe(0);
  });

  it('ends clearly what was on its way when its sender goes, and keeps it should they come back', async () => {
    const [anna, boris, clara] = await world.joinAll('Anna', 'Boris', 'Clara');
    world.links.msPerBlock = 200;
    await sendAccepted(fileOf('a.bin', 20 * BLOCK), anna, boris, clara);
    await untilHalf(boris);
    anna.session.leave();
    await world.until('Boris knows', () => phases(boris)[0] === 'ended gone');
    expect(phases(anna)).toEqual(['ended cancelled-here', 'ended cancelled-here']);
    await world.pass(1_000);
    expect([world.links.open, anna.fileWorker.openSendings]).toEqual([0, 0]);
  });

  it('waits for a receiver who goes, and goes on when they are back', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await sendAccepted(fileOf('a.bin', 20 * BLOCK), anna, boris);
    await untilHalf(boris);
    boris.session.leave();
    await world.until('Anna waits', () => has(anna, 'waiting'));
    await world.until('Boris sees it', () => phases(boris)[0] === 'ended cancelled-here');
    await world.pass(62_000);
    expect(phases(anna)).toEqual(['ended gone']);
    expect(boris.fileWorker.disk.kept.size).toBe(0);
  });

  it('ends all files with somebody whose codes differ, links too', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await sendAccepted(fileOf('a.bin', 20 * BLOCK), anna, boris);
    await untilHalf(boris);
    anna.session.verify(boris.id, false);
    await world.until('both know', () => has(anna, 'ended') && has(boris, 'ended'));
    await world.pass(1_000);
    expect(world.links.open).toBe(0);
  });
});

describe('many files', () => {
  it('are offered as fast as the other takes offers, and all arrive', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    const many = Array.from({ length: 60 }, (_, index) => fileOf(`${index}.txt`, 10));
    files(anna)?.sendFiles(many, boris.id);
    await world.until('32 are offered', () => shown(boris).length === 32);
    await world.pass(2_000);
    expect(shown(boris)).toHaveLength(32);
    await world.until(
      'all are whole',
      () => {
        for (const { key, phase } of shown(boris)) if (phase === 'offered') files(boris)?.acceptFile(key);
        return shown(boris).length === 60 && shown(boris).every(({ phase }) => phase === 'whole');
      },
      100,
    );
    expect(boris.state.participants[0]?.peer.phase).toBe('connected');
    expect(shown(anna).every(({ phase }) => phase === 'whole')).toBe(true);
  });

  it('of more than a hundred say that they are too many', async () => {
    const [anna] = await world.joinAll('Anna', 'Boris');
    files(anna)?.sendFiles(
      Array.from({ length: 130 }, (_, index) => fileOf(`${index}.txt`, 1)),
      null,
    );
    await world.until('they are shown', () => shown(anna).length === 130);
    expect(phases(anna).filter((phase) => phase === 'ended too-many')).toHaveLength(30);
  });
});

describe('the host’s switch', () => {
  it('ends what is on its way, and what is offered after it', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await sendAccepted(fileOf('a.bin', 20 * BLOCK), anna, boris);
    await untilHalf(boris);
    world.server.command({ type: 'files', on: false });
    await world.until('both know', () => has(anna, 'ended') && has(boris, 'ended'));
    expect([phases(anna), phases(boris)]).toEqual([['ended off'], ['ended off']]);
    files(anna)?.sendFiles([fileOf('b.bin', 1)], null);
    await world.pass(500);
    expect(shown(anna)).toHaveLength(1);
  });
});
