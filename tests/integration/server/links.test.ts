/** What links let whom in, and how people are put out, over real sockets with time by hand: the attacks among it. */

import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  LIVE_TOKENS_MAX,
  ONLOOKERS_MAX,
  PLACE_HELD_MS,
  TAKEOVER_PING_MS,
} from '../../../main/common/protocol/limits.ts';
import { fail, ok } from '../../../main/common/result.ts';
import { type RoomStage, tokenOf } from '../../support/room/room-server-stage.ts';
import { stageForEachTest } from '../../support/room/stage-for-each-test.ts';
import type { ManualTime } from '../../support/time/manual-time.ts';
import {
  anyBox,
  anyName,
  idsOf,
  newPageKey,
  WirePage,
  type WirePageOptions,
} from '../../support/wire/wire-page.ts';

const HOUR_MS = 3_600_000;

let time: ManualTime;
let stage: RoomStage;
stageForEachTest(4, (fresh) => {
  ({ time, stage } = fresh);
});

const kinds = () => stage.server.links().map(({ kind }) => kind);

/** How the server ends a page that tries to come in like this. */
async function refusal(options: WirePageOptions): Promise<{ code: number; said: unknown }> {
  const page = await WirePage.open(stage, options);
  await page.prove(options.token ?? stage.token, options.resume);
  const said = await page.next('error');
  return { code: (await page.ending).code, said: said.code };
}

const REFUSED = { code: 4403, said: 'auth-failed' };

describe('a new link', () => {
  it('ends the old one for all who are not in, and for nobody who is', async () => {
    const token = stage.token;
    const inside = await WirePage.join(stage);
    const { page: onlooker } = await WirePage.enter(stage);
    stage.server.handleCommand({ type: 'new-link' });
    expect(await onlooker.next('error')).toEqual({ type: 'error', code: 'auth-failed' });
    expect(await onlooker.ending).toEqual({ code: 4403, reason: 'auth-failed' });
    expect(await refusal({ token })).toEqual(REFUSED);
    expect(stage.token).not.toEqual(token);
    const newcomer = await WirePage.join(stage);
    inside.page.send({ type: 'chat', to: newcomer.id, box: anyBox() });
    expect(await newcomer.page.next('chat')).toMatchObject({ from: inside.id });
  });

  it('refuses a page that had its challenge before and proves the old link after', async () => {
    const token = stage.token;
    const page = await WirePage.open(stage);
    await page.greet(token);
    stage.server.handleCommand({ type: 'new-link' });
    page.send(page.auth());
    await page.next('error');
    expect((await page.ending).code).toBe(4403);
  });

  it('lets those inside come back with the old one: lost, reloaded, or behind a silent socket', async () => {
    const token = stage.token;
    const pageKey = newPageKey();
    const alice = await WirePage.join(stage, { pageKey });
    const bob = await WirePage.join(stage);
    const silent = await WirePage.join(stage, { answersPings: false });
    stage.server.handleCommand({ type: 'new-link' });
    await Promise.all([alice.page.vanish(stage), bob.page.vanish(stage)]);
    const back = await WirePage.enter(stage, { pageKey, token, resume: alice.resume });
    expect(idsOf(back.hello.roster)).toEqual([alice.id, bob.id, silent.id]);
    const reloaded = await WirePage.enter(stage, { token, resume: bob.resume });
    expect(reloaded.hello.resume).toBe(bob.resume);
    const asked = once(silent.page.socket, 'ping');
    const third = await WirePage.open(stage);
    await third.prove(token, silent.resume);
    await asked;
    await time.advance(TAKEOVER_PING_MS);
    expect((await third.next('hello')).resume).toBe(silent.resume);
  });

  it('lets those inside reload, as browsers do: with a goodbye and a new key', async () => {
    const token = stage.token;
    const alice = await WirePage.join(stage);
    stage.server.handleCommand({ type: 'new-link' });
    await alice.page.close(1001);
    const { page, hello } = await WirePage.enter(stage, { token, resume: alice.resume });
    expect(hello.resume).toBe(alice.resume);
    page.send({ type: 'name', name: anyName() });
    await page.until('roster', ({ roster }) => idsOf(roster).includes(hello.id));
  });

  it('makes of the old one nothing that a stolen key or a duplicated tab could use', async () => {
    const token = stage.token;
    const pageKey = newPageKey();
    const alice = await WirePage.join(stage, { pageKey });
    stage.server.handleCommand({ type: 'new-link' });
    const other = newPageKey().key.subarray(0, 32).toString('base64url');
    expect(await refusal({ token, pageKey })).toEqual(REFUSED);
    expect(await refusal({ token, pageKey, resume: other })).toEqual(REFUSED);
    expect(
      await refusal({ token, pageKey: { ...pageKey, fp: newPageKey().fp }, resume: alice.resume }),
    ).toEqual(REFUSED);
    // The former page lives and answers the ping: the newcomer is another one.
    expect(await refusal({ token, resume: alice.resume })).toEqual(REFUSED);
    expect(await alice.page.rest()).toEqual([]);
  });

  it('is told like any, the new address too', async () => {
    const { page } = await WirePage.join(stage);
    stage.server.handleCommand({ type: 'new-link' });
    const url = 'https://bbbbbbbbbbbbbb.lhr.life';
    stage.server.announceMoved(url);
    expect(await page.next('moved')).toEqual({ type: 'moved', url });
  });
});

describe('a one-time invitation', () => {
  it('is for the one who joins first when two race for it', async () => {
    stage.server.handleCommand({ type: 'invite', request: { kind: 'one-time' } });
    const token = tokenOf(stage.server, 'one-time');
    const [first, second] = await Promise.all([
      WirePage.enter(stage, { token }),
      WirePage.enter(stage, { token }),
    ]);
    expect(kinds()).toEqual(['main', 'one-time']);
    for (const { page } of [first, second]) page.send({ type: 'name', name: anyName() });
    const ended = await Promise.race([
      first.page.ending.then(({ code }) => ({ code, other: second })),
      second.page.ending.then(({ code }) => ({ code, other: first })),
    ]);
    expect(ended.code).toBe(4403);
    const { roster } = await ended.other.page.until('roster');
    expect(idsOf(roster)).toEqual([ended.other.hello.id]);
    expect(kinds()).toEqual(['main']);
    expect(await refusal({ token })).toEqual(REFUSED);
  });

  it('is not used by a page that only looks at it', async () => {
    stage.server.handleCommand({ type: 'invite', request: { kind: 'one-time' } });
    const token = tokenOf(stage.server, 'one-time');
    const { page } = await WirePage.enter(stage, { token });
    await page.close();
    await WirePage.join(stage, { token });
    expect(kinds()).toEqual(['main']);
  });
});

describe('an invitation with an expiry', () => {
  it('puts out the page that has not joined in time', async () => {
    stage.server.handleCommand({ type: 'invite', request: { kind: 'expiring', lifetimeMs: HOUR_MS } });
    const token = tokenOf(stage.server, 'expiring');
    const { page } = await WirePage.enter(stage, { token });
    await time.advance(HOUR_MS - 1);
    expect(await page.rest()).toEqual([]);
    await time.advance(1);
    expect((await page.ending).code).toBe(4403);
    expect(await refusal({ token })).toEqual(REFUSED);
  });

  it('lets back in who joined in time and lost the socket later, for as long as the place is kept', async () => {
    stage.server.handleCommand({ type: 'invite', request: { kind: 'expiring', lifetimeMs: HOUR_MS } });
    const token = tokenOf(stage.server, 'expiring');
    const pageKey = newPageKey();
    const { page, id, resume } = await WirePage.join(stage, { token, pageKey });
    await time.advance(HOUR_MS);
    await page.vanish(stage);
    const back = await WirePage.enter(stage, { token, pageKey, resume });
    expect(idsOf(back.hello.roster)).toEqual([id]);
    await back.page.vanish(stage);
    await WirePage.enter(stage);
    await time.advance(PLACE_HELD_MS);
    expect(await refusal({ token, pageKey, resume })).toEqual(REFUSED);
  });

  it('tells how long it has left', async () => {
    stage.server.handleCommand({ type: 'invite', request: { kind: 'expiring', lifetimeMs: HOUR_MS } });
    await time.advance(1_000);
    expect(stage.server.links().map(({ expiresInMs }) => expiresInMs)).toEqual([null, HOUR_MS - 1_000]);
  });
});

describe('the number of links', () => {
  it('is at most 32, the room’s own among them, and falls with each that ends', async () => {
    for (let made = 1; made < LIVE_TOKENS_MAX; made++)
      expect(stage.server.handleCommand({ type: 'invite', request: { kind: 'one-time' } })).toEqual(ok(null));
    expect(stage.server.handleCommand({ type: 'invite', request: { kind: 'one-time' } })).toEqual(
      fail('too-many-links'),
    );
    expect(
      stage.server.handleCommand({ type: 'invite', request: { kind: 'expiring', lifetimeMs: HOUR_MS } }),
    ).toEqual(fail('too-many-links'));
    stage.server.handleCommand({ type: 'new-link' });
    expect(kinds()).toHaveLength(LIVE_TOKENS_MAX);
    await WirePage.join(stage, { token: tokenOf(stage.server, 'one-time') });
    expect(stage.server.handleCommand({ type: 'invite', request: { kind: 'one-time' } })).toEqual(ok(null));
    await WirePage.join(stage, { token: tokenOf(stage.server, 'one-time') });
    await WirePage.join(stage);
  });

  it('is told to the host whenever it changes', async () => {
    let told = 0;
    const subscription = stage.server.onLinks(() => told++);
    stage.server.handleCommand({ type: 'invite', request: { kind: 'one-time' } });
    stage.server.handleCommand({ type: 'invite', request: { kind: 'expiring', lifetimeMs: HOUR_MS } });
    expect(told).toBe(2);
    await WirePage.join(stage, { token: tokenOf(stage.server, 'one-time') });
    expect(told).toBe(3);
    await time.advance(HOUR_MS);
    expect(told).toBe(4);
    expect(stage.server.handleCommand({ type: 'revoke', invitation: 2 })).toEqual(fail('unknown-invitation'));
    subscription.dispose();
    stage.server.handleCommand({ type: 'new-link' });
    expect(told).toBe(4);
  });
});

describe('a revoked invitation', () => {
  it('lets nobody in, and puts out who had only opened it', async () => {
    stage.server.handleCommand({ type: 'invite', request: { kind: 'expiring', lifetimeMs: HOUR_MS } });
    const [main, extra] = stage.server.links();
    const token = tokenOf(stage.server, 'expiring');
    const inside = await WirePage.join(stage, { token });
    const { page } = await WirePage.enter(stage, { token });
    expect(stage.server.handleCommand({ type: 'revoke', invitation: main?.id ?? 0 })).toEqual(
      fail('unknown-invitation'),
    );
    expect(stage.server.handleCommand({ type: 'revoke', invitation: extra?.id ?? 0 })).toEqual(ok(null));
    expect((await page.ending).code).toBe(4403);
    expect(await refusal({ token })).toEqual(REFUSED);
    expect(await inside.page.rest()).toEqual([]);
  });
});

describe('somebody removed', () => {
  it('is told, closed with 4411, and out of the roster; the others stay and can come back', async () => {
    const token = stage.token;
    const pageKey = newPageKey();
    const bob = await WirePage.join(stage, { pageKey });
    const mallory = await WirePage.join(stage);
    expect(stage.server.handleCommand({ type: 'remove', participant: mallory.id })).toEqual(ok(null));
    expect(await mallory.page.until('kicked')).toEqual({ type: 'kicked' });
    expect(await mallory.page.ending).toEqual({ code: 4411, reason: 'kicked' });
    await bob.page.until('roster', ({ roster }) => !idsOf(roster).includes(mallory.id));
    expect(kinds()).toEqual(['main']);
    expect(stage.token).not.toEqual(token);
    await bob.page.vanish(stage);
    const back = await WirePage.enter(stage, { pageKey, token, resume: bob.resume });
    expect(idsOf(back.hello.roster)).toEqual([bob.id]);
    await WirePage.join(stage);
  });

  it('does not come back by the old link, with the old key, the old resume, both, or another’s key', async () => {
    const token = stage.token;
    const pageKey = newPageKey();
    const bobKey = newPageKey();
    await WirePage.join(stage, { pageKey: bobKey });
    const { id, resume } = await WirePage.join(stage, { pageKey });
    stage.server.handleCommand({ type: 'remove', participant: id });
    for (const attack of [
      { token },
      { token, pageKey },
      { token, resume },
      { token, pageKey, resume },
      { token, pageKey: bobKey },
      { token, pageKey: bobKey, resume },
    ])
      expect(await refusal(attack)).toEqual(REFUSED);
    // Even with a good link the resume is worth nothing: it is a page like any other.
    const { hello } = await WirePage.enter(stage, { pageKey, resume });
    expect(hello.resume).not.toBe(resume);
  });

  it('does not slip back in by a reload that waits for the old page', async () => {
    const token = stage.token;
    const mallory = await WirePage.join(stage, { answersPings: false });
    const asked = once(mallory.page.socket, 'ping');
    const reload = await WirePage.open(stage);
    await reload.prove(token, mallory.resume);
    await asked;
    stage.server.handleCommand({ type: 'remove', participant: mallory.id });
    expect(await reload.next('kicked')).toEqual({ type: 'kicked' });
    expect((await reload.ending).code).toBe(4411);
  });

  it('who is away is refused on return', async () => {
    const token = stage.token;
    const pageKey = newPageKey();
    const { page, id, resume } = await WirePage.join(stage, { pageKey });
    const { page: other } = await WirePage.enter(stage);
    await page.vanish(stage);
    stage.server.handleCommand({ type: 'new-link' });
    expect((await other.ending).code).toBe(4403);
    expect(stage.server.handleCommand({ type: 'remove', participant: id })).toEqual(ok(null));
    expect(await refusal({ token, pageKey, resume })).toEqual(REFUSED);
  });

  it('costs the room no new link where they came by another', async () => {
    const token = stage.token;
    stage.server.handleCommand({ type: 'invite', request: { kind: 'one-time' } });
    const { id } = await WirePage.join(stage, { token: tokenOf(stage.server, 'one-time') });
    stage.server.handleCommand({ type: 'remove', participant: id });
    expect(stage.token).toEqual(token);
    expect(stage.server.handleCommand({ type: 'remove', participant: id })).toEqual(
      fail('unknown-participant'),
    );
  });
});

describe('pages that have the link open and do not join', () => {
  it('are counted for the host, who shuts them out with one word; who is in stays', async () => {
    const told: number[] = [];
    stage.server.onAttendance(({ onlookers }) => told.push(onlookers));
    const token = stage.token;
    const inside = await WirePage.join(stage);
    const onlookers = [await WirePage.enter(stage), await WirePage.enter(stage)];
    expect(told).toEqual([1, 0, 1, 2]);
    stage.server.handleCommand({ type: 'shut-out' });
    for (const { page } of onlookers)
      expect(await page.ending).toEqual({ code: 4403, reason: 'auth-failed' });
    expect(told.at(-1)).toBe(0);
    expect(await refusal({ token })).toEqual(REFUSED);
    expect(await inside.page.rest()).toEqual([]);
    await WirePage.join(stage);
  });

  it('give way with a code of their own when they are too many', async () => {
    const first = await WirePage.enter(stage);
    for (let count = 0; count < ONLOOKERS_MAX; count++) await WirePage.enter(stage);
    expect(await first.page.next('error')).toEqual({ type: 'error', code: 'crowded' });
    expect(await first.page.ending).toEqual({ code: 4413, reason: 'crowded' });
  });

  it('tell the host of nobody; who is in does', async () => {
    const told: [string, number][] = [];
    stage.server.onAttendance(({ reports }) => told.push(...reports));
    const [anna, boris] = [await WirePage.join(stage), await WirePage.join(stage)];
    const { page: onlooker } = await WirePage.enter(stage);
    onlooker.send({ type: 'report', id: boris.id });
    expect(await onlooker.rest()).toEqual([]);
    expect(told).toEqual([]);
    anna.page.send({ type: 'report', id: boris.id });
    await anna.page.rest();
    expect(told).toEqual([[boris.id, 1]]);
  });
});
