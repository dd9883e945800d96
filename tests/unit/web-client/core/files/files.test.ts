/** Holds files from page to page in whole calls: offered, answered, taken and saved; real sealing, rooms and streams, fake links and disks. */

import { describe, expect, it } from 'vitest';
import { FILE_BLOCK_BYTES as BLOCK } from '../../../../../main/common/protocol/file-limits.ts';
import type { CallWorld } from '../../../../support/call/call-world.ts';
import { randomBytes } from '../../../../support/crypto/e2ee-tools.ts';
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

describe('a file', () => {
  it.each([
    ['of nothing', 0],
    ['of a byte', 1],
    ['of a block', BLOCK],
    ['of some blocks and a piece', 3 * BLOCK + 12_345],
  ])('%s goes to one person, equal to the byte', async (_what, size) => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await call.sendAccepted(call.fileOf('a.bin', size), anna, boris);
    await call.untilWhole(anna, boris);
    expect(await call.savesEqual(boris)).toBe(true);
    expect(onlyFile(boris)).toMatchObject({
      ...{ direction: 'in', person: anna.id, personName: 'Anna', name: 'a.bin', size, bytesDone: size },
      ...{ keptIn: 'disk', saved: 'saved', savedName: 'a.bin', canShow: true, why: null, pausedBy: null },
    });
    expect(onlyFile(anna)).toMatchObject({
      direction: 'out',
      person: boris.id,
      bytesDone: size,
      keptIn: null,
    });
    boris.session.files?.showSavedFile(onlyFile(boris).key);
    expect(boris.fileWorker.shown).toEqual(['a.bin']);
    boris.session.files?.dismissFile(onlyFile(boris).key);
    anna.session.files?.dismissFile(onlyFile(anna).key);
    await world.until('the lists are empty', () => shownFiles(boris).length + shownFiles(anna).length === 0);
    expect(boris.fileWorker.disk.kept.size).toBe(0);
  });

  it('that could not be saved says why, and can be saved once there is room', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    await call.sendAccepted(call.fileOf('a.bin', 10), anna, boris);
    await call.untilWhole(boris);
    for (const failure of ['no-folder', 'no-space', 'failed'] as const) {
      boris.fileWorker.saveFailure = failure;
      boris.session.files?.saveFile(onlyFile(boris).key);
      await world.until('it is told', () => onlyFile(boris).saved === failure);
    }
    boris.fileWorker.saveFailure = null;
    expect(await call.savesEqual(boris)).toBe(true);
  });

  it('is not shown as whole before its digest was compared', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    anna.fileWorker.wrongDigest = randomBytes(32);
    await call.sendAccepted(call.fileOf('a.bin', 2 * BLOCK), anna, boris);
    await world.until('it has ended', () => hasFile(anna, 'ended') && hasFile(boris, 'ended'));
    expect([filePhases(anna), filePhases(boris)]).toEqual([['ended different'], ['ended different']]);
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
    await call.sendAccepted(call.fileOf('a.bin', 12 * BLOCK), anna, boris, clara, dina);
    await call.untilWhole(anna, boris, clara, dina);
    const batches = new Set(shownFiles(anna).map(({ batch }) => batch));
    expect([batches.size, shownFiles(anna).length]).toEqual([1, 3]);
    expect(anna.fileWorker.reads.length).toBeLessThanOrEqual(14);
    for (const page of [boris, clara, dina]) expect(await call.savesEqual(page)).toBe(true);
    await world.until('the file is closed', () => anna.fileWorker.openSendings === 0);
  });

  it('is offered under a name that is harmless, and of a type that is one', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    anna.session.files?.sendFiles([call.fileOf('..\u202Egnp.exe', 1, 'image/png<script>')], null);
    await world.until('it is offered', () => hasFile(boris, 'offered'));
    expect(onlyFile(boris)).toMatchObject({ name: 'gnp.exe', mime: '' });
  });

  it('that is an image can be looked at once it is whole', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    anna.session.files?.sendFiles([call.fileOf('a.png', 10, 'image/png')], null);
    await world.until('it is offered', () => hasFile(boris, 'offered'));
    expect(onlyFile(boris).hasPreview).toBe(false);
    expect(await boris.session.files?.previewOf(onlyFile(boris).key)).toBeNull();
    boris.session.files?.acceptFile(onlyFile(boris).key);
    await call.untilWhole(boris);
    expect(onlyFile(boris).hasPreview).toBe(true);
    expect(await boris.session.files?.previewOf(onlyFile(boris).key)).toMatchObject({ width: 1 });
  });

  it('is told of once a second while it only moves, and at once where more becomes of it', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 100;
    await call.sendAccepted(call.fileOf('a.bin', 400 * BLOCK), anna, boris);
    await call.untilHalf(boris);
    const before = anna.states.length;
    await world.pass(3_000);
    const amounts = new Set(anna.states.slice(before).map(({ files: list }) => list[0]?.bytesDone));
    expect([3, 4]).toContain(amounts.size);
    anna.session.files?.pauseFile(onlyFile(anna).key, true);
    await world.pass(100);
    expect([onlyFile(anna).pausedBy, onlyFile(boris).pausedBy]).toEqual(['here', 'there']);
  });

  it('tells how fast it goes, and how long it takes', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 500;
    await call.sendAccepted(call.fileOf('a.bin', 40 * BLOCK), anna, boris);
    await world.until(
      'it tells',
      () => [anna, boris].every((page) => (onlyFile(page).secondsLeft ?? 99) < 8),
      100,
    );
    for (const page of [anna, boris]) {
      expect(onlyFile(page).bytesPerSecond).toBeGreaterThan(3 * BLOCK);
      expect(onlyFile(page).bytesPerSecond).toBeLessThan(5 * BLOCK);
    }
  });
});

describe('an answer', () => {
  it('may be no', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    anna.session.files?.sendFiles([call.fileOf('a.bin', BLOCK)], null);
    await world.until('it is offered', () => hasFile(boris, 'offered'));
    boris.session.files?.declineFile(onlyFile(boris).key);
    await world.until('Anna knows', () => hasFile(anna, 'ended'));
    expect([filePhases(anna), filePhases(boris)]).toEqual([['ended declined'], ['ended declined']]);
    expect(world.links.open).toBe(0);
  });

  it('may come too late: the offer was taken back', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    anna.session.files?.sendFiles([call.fileOf('a.bin', BLOCK)], null);
    await world.until('it is offered', () => hasFile(boris, 'offered'));
    anna.session.files?.cancelFile(onlyFile(anna).key);
    boris.session.files?.acceptFile(onlyFile(boris).key);
    await world.until('both know', () => hasFile(anna, 'ended') && hasFile(boris, 'ended'));
    expect([filePhases(anna), filePhases(boris)]).toEqual([
      ['ended cancelled-here'],
      ['ended cancelled-there'],
    ]);
    expect(boris.fileWorker.disk.kept.size).toBe(0);
  });
});

describe('many files', () => {
  it('are offered as fast as the other takes offers, and all arrive', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    const many = Array.from({ length: 60 }, (_, index) => call.fileOf(`${index}.txt`, 10));
    anna.session.files?.sendFiles(many, boris.id);
    await world.until('32 are offered', () => shownFiles(boris).length === 32);
    await world.pass(2_000);
    expect(shownFiles(boris)).toHaveLength(32);
    await world.until(
      'all are whole',
      () => {
        for (const { key, phase } of shownFiles(boris))
          if (phase === 'offered') boris.session.files?.acceptFile(key);
        return shownFiles(boris).length === 60 && shownFiles(boris).every(({ phase }) => phase === 'whole');
      },
      100,
    );
    expect(boris.state.participants[0]?.peer.phase).toBe('connected');
    expect(shownFiles(anna).every(({ phase }) => phase === 'whole')).toBe(true);
  });

  it('of more than a hundred say that they are too many', async () => {
    const [anna] = await world.joinAll('Anna', 'Boris');
    anna.session.files?.sendFiles(
      Array.from({ length: 130 }, (_, index) => call.fileOf(`${index}.txt`, 1)),
      null,
    );
    await world.until('they are shown', () => shownFiles(anna).length === 130);
    expect(filePhases(anna).filter((phase) => phase === 'ended too-many')).toHaveLength(30);
  });
});

describe('the host’s switch', () => {
  it('ends what is on its way, and what is offered after it', async () => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await call.sendAccepted(call.fileOf('a.bin', 20 * BLOCK), anna, boris);
    await call.untilHalf(boris);
    world.server.command({ type: 'files', on: false });
    await world.until('both know', () => hasFile(anna, 'ended') && hasFile(boris, 'ended'));
    expect([filePhases(anna), filePhases(boris)]).toEqual([['ended off'], ['ended off']]);
    anna.session.files?.sendFiles([call.fileOf('b.bin', 1)], null);
    await world.pass(500);
    expect(shownFiles(anna)).toHaveLength(1);
  });
});
