/** Who has a place in the room, and whether they live, over real sockets with time by hand. */

import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  DOUBT_SOCKET_MS,
  HEARTBEAT_INTERVAL_MS,
  PLACE_HELD_MS,
  ROSTERS_OUTSIDE_PER_SECOND,
  TAKEOVER_PING_MS,
} from '../../../main/common/protocol/limits.ts';
import type { RoomStage } from '../../support/room/room-server-stage.ts';
import { stageForEachTest } from '../../support/room/stage-for-each-test.ts';
import type { ManualTime } from '../../support/time/manual-time.ts';
import { anyName, idsOf, newPageKey, WirePage } from '../../support/wire/wire-page.ts';

let time: ManualTime;
let stage: RoomStage;
stageForEachTest(3, (fresh) => {
  ({ time, stage } = fresh);
});

describe('the roster', () => {
  it('is told to the host after every change, in order of joining', async () => {
    const told: string[][] = [];
    const subscription = stage.server.onRoster((entries) => told.push(idsOf(entries)));
    const alice = await WirePage.join(stage);
    const bob = await WirePage.join(stage);
    await alice.page.close();
    await bob.page.until('roster', ({ roster }) => roster.length === 1);
    subscription.dispose();
    bob.page.send({ type: 'leave' });
    await bob.page.until('roster', ({ roster }) => roster.length === 0);
    expect(told).toEqual([[alice.id], [alice.id, bob.id], [bob.id]]);
  });

  it('has no more than the room holds; a place is free once someone left', async () => {
    const inside = await Promise.all([1, 2, 3].map(() => WirePage.join(stage)));
    const { page } = await WirePage.enter(stage);
    page.send({ type: 'name', name: anyName() });
    expect(await page.until('full')).toEqual({ type: 'full', capacity: 3 });
    await inside[0]?.page.close(1001);
    // The page has just been told of somebody who came in.
    await time.advance(1_000 / ROSTERS_OUTSIDE_PER_SECOND);
    await page.until('roster', ({ roster }) => roster.length === 2);
    page.send({ type: 'name', name: anyName() });
    await page.until('roster', ({ roster }) => roster.length === 3);
  });

  it('keeps the place of a lost socket, and loses it after a minute', async () => {
    const alice = await WirePage.join(stage);
    const bob = await WirePage.join(stage);
    await alice.page.vanish(stage);
    expect(await bob.page.rest()).toEqual([]);
    await time.advance(PLACE_HELD_MS);
    expect(idsOf((await bob.page.until('roster')).roster)).toEqual([bob.id]);
  });

  it('keeps place and order of one who comes back with the resume', async () => {
    const pageKey = newPageKey();
    const alice = await WirePage.join(stage, { pageKey });
    const bob = await WirePage.join(stage);
    const back = await WirePage.enter(stage, { pageKey, resume: alice.resume });
    expect(await alice.page.ending).toEqual({ code: 4410, reason: 'replaced' });
    expect(idsOf(back.hello.roster)).toEqual([alice.id, bob.id]);
    expect(await bob.page.rest()).toEqual([]);
  });

  it('lets a page in again that has proven its key, also without a resume, and with no other’s', async () => {
    const pageKey = newPageKey();
    const alice = await WirePage.join(stage, { pageKey });
    const bob = await WirePage.join(stage);
    const back = await WirePage.enter(stage, { pageKey });
    expect([back.hello.id, back.hello.resume]).toEqual([alice.id, alice.resume]);
    const mixedUp = await WirePage.open(stage, { pageKey });
    await mixedUp.prove(stage.token, bob.resume);
    expect(await mixedUp.next('error')).toEqual({ type: 'error', code: 'id-taken' });
    expect((await mixedUp.ending).code).toBe(4409);
  });
});

describe('a reload', () => {
  it('whose former page still lives is a page of its own', async () => {
    const alice = await WirePage.join(stage);
    const copy = await WirePage.enter(stage, { resume: alice.resume });
    expect(copy.hello.resume).not.toBe(alice.resume);
    expect(await alice.page.rest()).toEqual([]);
  });

  it('whose former page is silent for 2 s takes its place', async () => {
    const alice = await WirePage.join(stage, { answersPings: false });
    const asked = once(alice.page.socket, 'ping');
    const page = await WirePage.open(stage);
    await page.prove(stage.token, alice.resume);
    await asked;
    await time.advance(TAKEOVER_PING_MS);
    expect((await page.next('hello')).resume).toBe(alice.resume);
    expect((await alice.page.ending).code).toBe(4410);
  });
});

describe('signs of life', () => {
  it('are asked for every 15 s; who misses two is out, and its place is kept', async () => {
    const quiet = await WirePage.join(stage, { answersPings: false });
    const alive = await WirePage.join(stage);
    for (let beat = 1; beat <= 2; beat++) {
      const asked = [quiet, alive].map(({ page }) => once(page.socket, 'ping'));
      await time.advance(HEARTBEAT_INTERVAL_MS);
      await Promise.all(asked);
    }
    expect(await alive.page.rest()).toEqual([]);
    await time.advance(HEARTBEAT_INTERVAL_MS);
    expect((await quiet.page.ending).code).toBe(1006);
    expect(await alive.page.rest()).toEqual([{ type: 'doubt', id: quiet.id }]);
  });

  it('that are missed once have those who are in asked whether they hear that person', async () => {
    const quiet = await WirePage.join(stage, { answersPings: false });
    const alive = await WirePage.join(stage);
    await quiet.page.rest();
    for (const asked of [[], [{ type: 'doubt', id: quiet.id }]]) {
      await time.advance(HEARTBEAT_INTERVAL_MS);
      await time.advance(DOUBT_SOCKET_MS);
      expect(await alive.page.rest()).toEqual(asked);
    }
    alive.page.send({ type: 'vouch', id: quiet.id, word: 'lost' });
    expect(idsOf((await alive.page.next('roster')).roster)).toEqual([alive.id]);
    expect((await quiet.page.ending).code).toBe(1006);
  });

  it('are any frames', async () => {
    const { page } = await WirePage.enter(stage, { answersPings: false });
    for (let beat = 1; beat <= 6; beat++) {
      await time.advance(HEARTBEAT_INTERVAL_MS);
      expect(await page.rest()).toEqual([]);
    }
  });
});

it('tells a new public address to everyone who has proven the link, and to nobody else', async () => {
  const { page: joined } = await WirePage.join(stage);
  const { page: entered } = await WirePage.enter(stage);
  const unproven = await WirePage.open(stage);
  const url = 'https://bbbbbbbbbbbbbb.lhr.life';
  stage.server.announceMoved(url);
  for (const page of [joined, entered]) expect(await page.next('moved')).toEqual({ type: 'moved', url });
  const { page: late } = await WirePage.enter(stage);
  expect(await late.next('moved')).toEqual({ type: 'moved', url });
  await unproven.prove(stage.token);
  await unproven.next('hello');
});
