/** Holds that two come to the same end about a file though words about it were given up while no way carried. */

import { beforeEach, describe, expect, it } from 'vitest';
import { toBase64Url } from '../../../../../main/common/bytes.ts';
import { FILE_BLOCK_BYTES, FILE_WINDOW_BYTES } from '../../../../../main/common/protocol/file-limits.ts';
import { AWAY_DOUBTED_MS } from '../../../../../main/common/protocol/limits.ts';
import { STREAM_KEPT_MAX_BOXES } from '../../../../../main/common/protocol/peer-limits.ts';
import type { CallPage, CallWorld } from '../../../../support/call/call-world.ts';
import { worldForEachTest } from '../../../../support/call/world-for-each-test.ts';
import { randomBytes } from '../../../../support/crypto/e2ee-tools.ts';
import { filePhases, hasFile, shownFiles } from '../../../../support/files/file-call.ts';
import { FilesRig, type MadeUpPerson } from '../../../../support/files/files-rig.ts';

const BLOCK = FILE_BLOCK_BYTES;
/** What it takes the host to decide. */
const DECIDED_MS = 2_000;

let world: CallWorld;
worldForEachTest((fresh) => {
  world = fresh;
});

const keyOf = (page: CallPage) => shownFiles(page)[0]?.key ?? '';
const ends = (...pages: CallPage[]) => pages.flatMap(filePhases);

async function join(): Promise<readonly [anna: CallPage, boris: CallPage]> {
  const [anna, boris] = await world.joinAll('Anna', 'Boris');
  // Their own way alone is left.
  world.server.up = false;
  world.server.dropAll();
  world.links.msPerBlock = 100;
  return [anna, boris];
}

function offer(anna: CallPage, sizeBytes = 3 * BLOCK): void {
  const bytes = new Uint8Array(sizeBytes);
  bytes.set(randomBytes(64));
  anna.session.files?.sendFiles([new File([bytes], 'a.bin')], null);
}

async function sendAccepted(anna: CallPage, boris: CallPage, sizeBytes?: number): Promise<void> {
  offer(anna, sizeBytes);
  await world.until('it is offered', () => hasFile(boris, 'offered'));
  boris.session.files?.acceptFile(keyOf(boris));
}

/** Nothing of theirs arrives, and so much is to be said that what was said first is given up; then all arrives again. */
async function loses(page: CallPage, says: () => void | Promise<void>): Promise<void> {
  world.peers.reaches = (one) => one !== page.name;
  await says();
  await world.pass(300);
  for (let word = 0; word < STREAM_KEPT_MAX_BOXES; word++) page.session.sendChat(`${word}`);
  await world.pass(300);
  world.peers.reaches = () => true;
}

const untilWhole = (...pages: CallPage[]) =>
  world.until('it is whole', () => pages.every((page) => hasFile(page, 'whole')), 50);

describe('a word that is given up', () => {
  it('is said again: an offer, once, under a number of its own', async () => {
    const [anna, boris] = await join();
    await loses(anna, () => offer(anna));
    await world.until('it is offered', () => hasFile(boris, 'offered'), 50);
    await world.pass(3_000);
    expect(shownFiles(boris)).toHaveLength(1);
    boris.session.files?.acceptFile(keyOf(boris));
    await untilWhole(anna, boris);
  });

  it('is said again: that a file is wanted', async () => {
    const [anna, boris] = await join();
    offer(anna);
    await world.until('it is offered', () => hasFile(boris, 'offered'));
    await loses(boris, () => boris.session.files?.acceptFile(keyOf(boris)));
    await untilWhole(anna, boris);
  });

  it('is said again: that all of it was sent', async () => {
    const [anna, boris] = await join();
    await sendAccepted(anna, boris);
    await world.until('it moves', () => hasFile(anna, 'moving') && hasFile(boris, 'moving'));
    await loses(anna, () => world.until('all was sent', () => hasFile(anna, 'checking')));
    expect(shownFiles(boris)[0]?.phase).toBe('moving');
    await untilWhole(anna, boris);
  });

  it('is said again: that it is whole, though it is off the list by then', async () => {
    const [anna, boris] = await join();
    await sendAccepted(anna, boris);
    await world.until('it moves', () => hasFile(anna, 'moving') && hasFile(boris, 'moving'));
    await loses(boris, async () => {
      await world.until('it is whole here', () => hasFile(boris, 'whole'));
      boris.session.files?.dismissFile(keyOf(boris));
    });
    expect(shownFiles(anna)[0]?.phase).toBe('checking');
    await untilWhole(anna);
    expect(shownFiles(boris)).toEqual([]);
  });

  it.each(['sender', 'receiver'] as const)('is said again: that its %s goes on with it', async (who) => {
    const [anna, boris] = await join();
    const [here, there] = who === 'sender' ? [anna, boris] : [boris, anna];
    await sendAccepted(anna, boris, 20 * BLOCK);
    await world.until('it moves', () => hasFile(anna, 'moving') && hasFile(boris, 'moving'));
    here.session.files?.pauseFile(keyOf(here), true);
    await world.until('both know', () => hasFile(here, 'paused') && hasFile(there, 'paused'));
    await loses(here, () => here.session.files?.pauseFile(keyOf(here), false));
    // Links of a browser that nothing came of are given up, and made anew.
    world.links.cut();
    world.links.mend();
    await untilWhole(anna, boris);
  });

  it('is said as it is by then: what was held back goes on, though the word that held it back came late', async () => {
    const [anna, boris] = await join();
    await sendAccepted(anna, boris, 20 * BLOCK);
    await world.until('it moves', () => hasFile(anna, 'moving') && hasFile(boris, 'moving'));
    await loses(boris, () => boris.session.files?.pauseFile(keyOf(boris), true));
    boris.session.files?.pauseFile(keyOf(boris), false);
    await untilWhole(anna, boris);
  });

  it.each([
    ['sender', ['ended cancelled-there']],
    ['receiver', ['ended cancelled-there']],
  ] as const)('is said again: that its %s cancelled it, though it is off the list', async (who, expected) => {
    const [anna, boris] = await join();
    const [here, there] = who === 'sender' ? [anna, boris] : [boris, anna];
    await sendAccepted(anna, boris, 20 * BLOCK);
    await world.until('it moves', () => hasFile(anna, 'moving') && hasFile(boris, 'moving'));
    await loses(here, async () => {
      here.session.files?.cancelFile(keyOf(here));
      await world.until('it ended', () => hasFile(here, 'ended'));
      here.session.files?.dismissFile(keyOf(here));
    });
    await world.until('the other knows', () => hasFile(there, 'ended'), 50);
    expect(ends(there)).toEqual(expected);
  });

  it('is said again for a hundred files, and nobody takes that for a flood', async () => {
    const [anna, boris] = await join();
    const many = Array.from({ length: 100 }, (_, at) => new File(['x'], `${at}.txt`));
    await loses(anna, () => anna.session.files?.sendFiles(many, null));
    await world.until(
      'all are whole',
      () => {
        for (const { key, phase } of shownFiles(boris))
          if (phase === 'offered') boris.session.files?.acceptFile(key);
        return shownFiles(anna).length === 100 && shownFiles(anna).every(({ phase }) => phase === 'whole');
      },
      100,
    );
    expect(shownFiles(boris)).toHaveLength(100);
    expect(boris.state.participants[0]?.peer.phase).toBe('connected');
  });
});

describe('a page that had no network for so long that the host took it off the list', () => {
  /** Its own list stays as it was: of the two only the other knows that it was gone. */
  async function isAway(page: CallPage): Promise<void> {
    world.links.cut();
    world.server.up = false;
    world.peers.up = false;
    world.peers.fail('disconnected');
    world.server.drop(world.server.sideOf(page.id));
    await world.pass(AWAY_DOUBTED_MS + DECIDED_MS);
    world.server.up = true;
    world.peers.up = true;
    world.peers.connect();
    world.links.mend();
    await world.until('both are sealed', () => world.allSealed(), 50);
  }

  it.each(['sender', 'receiver'] as const)('goes on with a file under way as its %s', async (who) => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    world.links.msPerBlock = 200;
    await sendAccepted(anna, boris, 20 * BLOCK);
    await world.until('some has come', () => (shownFiles(boris)[0]?.bytesDone ?? 0) > 3 * BLOCK);
    await isAway(who === 'sender' ? anna : boris);
    await untilWhole(anna, boris);
    expect(anna.fileWorker.reads.length).toBeLessThan(20 + FILE_WINDOW_BYTES / FILE_BLOCK_BYTES + 1);
  });

  it.each(['sender', 'receiver'] as const)('has an offer still open as its %s, once', async (who) => {
    const [anna, boris] = await world.joinAll('Anna', 'Boris');
    offer(anna);
    await world.until('it is offered', () => hasFile(boris, 'offered'));
    await isAway(who === 'sender' ? anna : boris);
    await world.until('it is offered', () => hasFile(boris, 'offered'), 50);
    await world.pass(2_000);
    expect(shownFiles(boris)).toHaveLength(1);
    boris.session.files?.acceptFile(keyOf(boris));
    await untilWhole(anna, boris);
  });
});

describe('who took somebody for gone that did not know it', () => {
  const made = () =>
    ({
      kind: 'file-offer',
      id: 1,
      name: 'a.bin',
      size: 2 * BLOCK,
      mime: '',
      resume: toBase64Url(randomBytes(32)),
    }) as const;
  let rig: FilesRig;
  let other: MadeUpPerson;
  beforeEach(async () => {
    rig = new FilesRig();
    other = await rig.addPerson();
  });

  async function offered(): Promise<number> {
    rig.files.sendFiles([new File(['abc'], 'a.txt')], other.id);
    await rig.time.advance(300);
    return (other.told[0] as { readonly id: number }).id;
  }

  it.each([
    ['before', []],
    ['after', [{ kind: 'file-take', have: [] }]],
  ] as const)('sends a file on that they want (gone %s they had said so)', async (_when, said) => {
    const id = await offered();
    for (const body of said) await other.say({ ...body, id, have: [] });
    rig.files.handleExit(other.id);
    expect(other.links.sending?.busy ?? false).toBe(false);
    await other.say({ kind: 'file-take', id, have: [] });
    expect([rig.phases, other.links.sending?.busy]).toEqual([['waiting'], true]);
  });

  it('believes that a file is whole of which they say so', async () => {
    const id = await offered();
    await other.say({ kind: 'file-take', id, have: [] });
    rig.files.handleExit(other.id);
    await other.say({ kind: 'file-whole', id });
    expect(rig.phases).toEqual(['whole']);
  });

  it('says that a file has ended of which they still want the rest, or that is off the list', async () => {
    const id = await offered();
    rig.files.cancelFile(rig.shown[0]?.key ?? '');
    const end = { kind: 'file-end', id, why: 'cancelled' };
    for (const dismissed of [false, true]) {
      if (dismissed) rig.files.dismissFile(rig.shown[0]?.key ?? '');
      other.told.length = 0;
      await other.say({ kind: 'file-take', id, have: [] });
      expect(other.told).toEqual([end]);
    }
  });

  it('is told by the receiver what it has as soon as the two are connected again', async () => {
    await other.say(made());
    rig.files.acceptFile(rig.shown[0]?.key ?? '');
    await rig.time.advance(300);
    other.told.length = 0;
    rig.setPhase(other.id, 'lost');
    rig.setPhase(other.id, 'connected');
    await rig.time.advance(300);
    expect(other.told).toEqual([{ kind: 'file-take', id: 1, have: [] }]);
  });

  it('asks a sender once who has a file no more', async () => {
    const offered = made();
    await other.say(offered);
    rig.files.acceptFile(rig.shown[0]?.key ?? '');
    await rig.time.advance(300);
    rig.files.handleExit(other.id);
    const back = { kind: 'file-back', resume: offered.resume };
    for (const expected of [[back], []]) {
      other.told.length = 0;
      rig.setPhase(other.id, 'lost');
      rig.setPhase(other.id, 'connected');
      await other.say({ kind: 'file-gone', resume: offered.resume });
      expect(other.told).toEqual(expected);
      expect(rig.phases).toEqual(['ended gone']);
    }
  });

  it('takes no block for missing that was acknowledged since the receiver said what it has', async () => {
    rig.files.sendFiles([new File([new Uint8Array(3 * BLOCK)], 'a.bin')], other.id);
    await rig.time.advance(300);
    const { id } = other.told[0] as { readonly id: number };
    await other.say({ kind: 'file-take', id, have: [[0, 2]] });
    await other.say({ kind: 'file-take', id, have: [[0, 1]] });
    expect(rig.shown[0]?.bytesDone).toBe(2 * BLOCK);
  });
});
