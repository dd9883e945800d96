/** Holds files that are on their way in whole calls: held back, cut off, broken, and gone on with by whoever comes back. */

import { describe, expect, it } from 'vitest';
import {
  FILE_BLOCK_BYTES as BLOCK,
  FILE_MEMORY_MAX,
  FILE_WINDOW_BYTES,
} from '../../../../../main/common/protocol/file-limits.ts';
import type { CallWorld } from '../../../../support/call/call-world.ts';
import {
  type FileCall,
  fileCallForEachTest,
  filePhases,
  hasFile,
  onlyFile,
  shownFiles,
} from '../../../../support/files/file-call.ts';

let world: CallWorld;
let call: FileCall;
fileCallForEachTest((fresh) => {
  call = fresh;
  ({ world } = fresh);
});

const WINDOW_BLOCKS = FILE_WINDOW_BYTES / BLOCK;

describe('a file under way', () => {
  it.each(['sender', 'receiver'] as const)('is held back and goes on by its %s', async (who) => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await call.sendAccepted(call.fileOf('a.bin', 20 * BLOCK), anna, boris);
    await call.untilHalf(boris);
    const [here, there] = who === 'sender' ? [anna, boris] : [boris, anna];
    here.session.files?.pauseFile(onlyFile(here).key, true);
    await world.until('both show it', () => hasFile(here, 'paused') && hasFile(there, 'paused'));
    expect([onlyFile(here).pausedBy, onlyFile(there).pausedBy]).toEqual(['here', 'there']);
    await world.pass(2_000);
    const { bytesDone } = onlyFile(boris);
    await world.pass(5_000);
    expect(onlyFile(boris).bytesDone).toBe(bytesDone);
    here.session.files?.pauseFile(onlyFile(here).key, false);
    await call.untilWhole(anna, boris);
    expect(await call.savesEqual(boris)).toBe(true);
  });

  it.each([
    ['sender', 'cancelled-here', 'cancelled-there'],
    ['receiver', 'cancelled-there', 'cancelled-here'],
  ])('is cancelled by its %s, and nothing of it stays', async (who, ofAnna, ofBoris) => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await call.sendAccepted(call.fileOf('a.bin', 20 * BLOCK), anna, boris);
    await call.untilHalf(boris);
    const page = who === 'sender' ? anna : boris;
    page.session.files?.cancelFile(onlyFile(page).key);
    await world.until('both know', () => hasFile(anna, 'ended') && hasFile(boris, 'ended'));
    expect([filePhases(anna), filePhases(boris)]).toEqual([[`ended ${ofAnna}`], [`ended ${ofBoris}`]]);
    await world.pass(1_000);
    expect([boris.fileWorker.disk.kept.size, anna.fileWorker.openSendings, world.links.open]).toEqual([
      0, 0, 0,
    ]);
  });

  it.each(['unreadable', 'changed'] as const)('ends where it is %s at its sender', async (why) => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await call.sendAccepted(call.fileOf('a.bin', 20 * BLOCK), anna, boris);
    await call.untilHalf(boris);
    anna.fileWorker.readFailure = why;
    await world.until('both know', () => hasFile(anna, 'ended') && hasFile(boris, 'ended'));
    expect([filePhases(anna), filePhases(boris)]).toEqual([[`ended ${why}`], [`ended ${why}`]]);
  });

  it('is held back on the side whose worker breaks, and goes on from there by hand, equal to the byte', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await call.sendAccepted(call.fileOf('a.bin', 50 * BLOCK), anna, boris);
    await call.untilHalf(boris);
    for (const [page, other] of [
      [boris, anna],
      [anna, boris],
    ] as const) {
      page.fileWorker.crash();
      await world.until('both show it', () => hasFile(page, 'paused') && hasFile(other, 'paused'));
      expect([onlyFile(page).fault, onlyFile(page).pausedBy]).toEqual([true, 'here']);
      expect([onlyFile(other).fault, onlyFile(other).pausedBy]).toEqual([false, 'there']);
      const { bytesDone } = onlyFile(boris);
      expect(bytesDone).toBeGreaterThan(BLOCK);
      page.session.files?.pauseFile(onlyFile(page).key, false);
      await world.until('more has come', () => onlyFile(boris).bytesDone > bytesDone + 2 * BLOCK);
      expect([onlyFile(page).fault, onlyFile(other).pausedBy]).toEqual([false, null]);
    }
    await call.untilWhole(anna, boris);
    expect(await call.savesEqual(boris)).toBe(true);
    expect(anna.fileWorker.reads.length).toBeLessThan(50 + 2 * (WINDOW_BLOCKS + 1));
  });

  it('is held back where its worker breaks as all of it is there, and then found to be whole', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    boris.fileWorker.breaksAtEnd = true;
    await call.sendAccepted(call.fileOf('a.bin', 3 * BLOCK), anna, boris);
    await world.until('it is held back', () => onlyFile(boris).fault);
    expect(onlyFile(boris).bytesDone).toBe(3 * BLOCK);
    boris.session.files?.pauseFile(onlyFile(boris).key, false);
    await call.untilWhole(anna, boris);
    expect(await call.savesEqual(boris)).toBe(true);
  });

  it('that is accepted while no worker can be started stays offered, and is received once one can', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    boris.fileWorker.isDown = true;
    await call.sendAccepted(call.fileOf('a.bin', BLOCK), anna, boris);
    await world.until('it is told', () => onlyFile(boris).fault);
    expect([filePhases(anna), filePhases(boris)]).toEqual([['offered'], ['offered']]);
    boris.fileWorker.isDown = false;
    boris.session.files?.acceptFile(onlyFile(boris).key);
    await call.untilWhole(anna, boris);
    expect(onlyFile(boris)).toMatchObject({ fault: false, keptIn: 'disk' });
  });

  it('of which one stopped half-way after its worker broke leaves nothing', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await call.sendAccepted(call.fileOf('a.bin', 20 * BLOCK), anna, boris);
    await call.untilHalf(boris);
    boris.fileWorker.crash();
    await world.until('it is held back', () => onlyFile(boris).fault);
    boris.session.files?.cancelFile(onlyFile(boris).key);
    await world.until('both know', () => hasFile(anna, 'ended') && hasFile(boris, 'ended'));
    expect([filePhases(anna), filePhases(boris)]).toEqual([
      ['ended cancelled-there'],
      ['ended cancelled-here'],
    ]);
    expect(boris.fileWorker.disk.kept.size).toBe(0);
  });

  it.each(['size', 'lastModified'] as const)(
    'ends where the browser tells another %s of it than was offered',
    async (member) => {
      const [anna, boris] = await world.joinAll('Anna', 'Boris');
      const file = call.fileOf('a.bin', 2 * BLOCK);
      anna.session.files?.sendFiles([file], boris.id);
      await world.until('it is offered', () => hasFile(boris, 'offered'));
      Object.defineProperty(file, member, { value: 3 * BLOCK });
      boris.session.files?.acceptFile(onlyFile(boris).key);
      await world.until('both know', () => hasFile(anna, 'ended') && hasFile(boris, 'ended'));
      expect([filePhases(anna), filePhases(boris)]).toEqual([['ended changed'], ['ended changed']]);
    },
  );

  it('ends where what opens it finds another size than was offered', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    anna.fileWorker.sizeFound = BLOCK;
    await call.sendAccepted(call.fileOf('a.bin', 2 * BLOCK), anna, boris);
    await world.until('both know', () => hasFile(anna, 'ended') && hasFile(boris, 'ended'));
    expect([filePhases(anna), filePhases(boris)]).toEqual([['ended changed'], ['ended changed']]);
  });

  it('ends where the disk is full', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await call.sendAccepted(call.fileOf('a.bin', 20 * BLOCK), anna, boris);
    boris.fileWorker.disk.room = 3 * BLOCK;
    await world.until('both know', () => hasFile(anna, 'ended') && hasFile(boris, 'ended'));
    expect([filePhases(anna), filePhases(boris)]).toEqual([['ended no-space'], ['ended no-space']]);
    expect(boris.fileWorker.disk.kept.size).toBe(0);
  });

  it('is not accepted where it is larger than memory, and there is nothing else', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    boris.fileWorker.keptIn = 'memory';
    const large = call.fileOf('a.bin', 1);
    Object.defineProperty(large, 'size', { value: FILE_MEMORY_MAX + 1 });
    anna.session.files?.sendFiles([large], null);
    await world.until('it is offered', () => hasFile(boris, 'offered'));
    expect(onlyFile(boris)).toMatchObject({ keptIn: 'memory', tooLargeForMemory: true });
    boris.session.files?.acceptFile(onlyFile(boris).key);
    await world.pass(500);
    expect(filePhases(boris)).toEqual(['offered']);
  });

  it('waits while nothing carries it, and goes on without a block sent twice that was acknowledged', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 100;
    await call.sendAccepted(call.fileOf('a.bin', 60 * BLOCK), anna, boris);
    for (let cut = 0; cut < 2; cut++) {
      const before = onlyFile(boris).bytesDone;
      await world.until('more has come', () => onlyFile(boris).bytesDone > before + 3 * BLOCK);
      world.links.cut();
      await world.until('both wait', () => hasFile(anna, 'waiting') && hasFile(boris, 'waiting'));
      await world.pass(5_000);
      world.links.mend();
    }
    await call.untilWhole(anna, boris);
    expect(await call.savesEqual(boris)).toBe(true);
    expect(anna.fileWorker.reads.length).toBeLessThan(60 + 2 * WINDOW_BLOCKS);
  });

  it('goes on over a lost way to the host', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await call.sendAccepted(call.fileOf('a.bin', 10 * BLOCK), anna, boris);
    world.server.up = false;
    world.server.dropAll();
    await call.untilWhole(anna, boris);
  });
});

describe('who goes and comes', () => {
  it('goes on with a file after the receiver’s page was loaded anew', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await call.sendAccepted(call.fileOf('a.bin', 20 * BLOCK), anna, boris);
    await world.until('some has come', () => onlyFile(boris).bytesDone > 5 * BLOCK);
    const had = boris.fileWorker.disk.kept.values().next().value?.have.count ?? 0;
    const again = world.reload(boris);
    again.session.prepare();
    again.session.join('Boris');
    await world.until('it is shown', () => shownFiles(again).length === 1, 50);
    expect(onlyFile(again)).toMatchObject({
      direction: 'in',
      person: anna.id,
      name: 'a.bin',
      size: 20 * BLOCK,
    });
    await world.until('it moves', () => hasFile(again, 'moving') && hasFile(anna, 'moving'), 50);
    expect(onlyFile(again).bytesDone).toBeGreaterThanOrEqual(had * BLOCK);
    await call.untilWhole(anna, again);
    expect(onlyFile(anna).person).toBe(again.id);
    expect(await call.savesEqual(again)).toBe(true);
    expect(anna.fileWorker.reads.length).toBeLessThan(20 + WINDOW_BLOCKS + 1);
  });

  it('keeps what is whole and unsaved for the next load of the page', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await call.sendAccepted(call.fileOf('a.bin', 2 * BLOCK), anna, boris);
    await call.untilWhole(boris);
    const again = world.reload(boris);
    again.session.prepare();
    again.session.join('Boris');
    await world.until('it is there', () => hasFile(again, 'whole'), 50);
    expect(await call.savesEqual(again)).toBe(true);
  });

  it('says that a file is gone whose sender does not come, or has it no more', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await call.sendAccepted(call.fileOf('a.bin', 20 * BLOCK), anna, boris);
    await call.untilHalf(boris);
    anna.session.files?.cancelFile(onlyFile(anna).key);
    const again = world.reload(boris);
    again.session.prepare();
    again.session.join('Boris');
    await world.until('it is gone', () => filePhases(again)[0] === 'ended gone', 50);
    again.session.files?.dismissFile(onlyFile(again).key);
    await world.until('the list is empty', () => shownFiles(again).length === 0);
    expect(again.fileWorker.disk.kept.size).toBe(0);
  });

  it('ends clearly what was on its way when its sender goes, and keeps it should they come back', async () => {
    const [anna, boris, clara] = await world.joinAll('Anna', 'Boris', 'Clara');
    world.links.msPerBlock = 200;
    await call.sendAccepted(call.fileOf('a.bin', 20 * BLOCK), anna, boris, clara);
    await call.untilHalf(boris);
    anna.session.leave();
    await world.until('Boris knows', () => filePhases(boris)[0] === 'ended gone');
    expect(filePhases(anna)).toEqual(['ended cancelled-here', 'ended cancelled-here']);
    await world.pass(1_000);
    expect([world.links.open, anna.fileWorker.openSendings]).toEqual([0, 0]);
  });

  it('waits for a receiver who goes, and goes on when they are back', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await call.sendAccepted(call.fileOf('a.bin', 20 * BLOCK), anna, boris);
    await call.untilHalf(boris);
    boris.session.leave();
    await world.until('Anna waits', () => hasFile(anna, 'waiting'));
    await world.until('Boris sees it', () => filePhases(boris)[0] === 'ended cancelled-here');
    await world.pass(62_000);
    expect(filePhases(anna)).toEqual(['ended gone']);
    expect(boris.fileWorker.disk.kept.size).toBe(0);
  });

  it('ends all files with somebody whose codes differ, links too', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await call.sendAccepted(call.fileOf('a.bin', 20 * BLOCK), anna, boris);
    await call.untilHalf(boris);
    anna.session.verify(boris.id, false);
    await world.until('both know', () => hasFile(anna, 'ended') && hasFile(boris, 'ended'));
    await world.pass(1_000);
    expect(world.links.open).toBe(0);
  });
});
