/** Who is believed on a socket, and who is not, over real sockets with time by hand. */

import { describe, expect, it } from 'vitest';
import { AUTH_TIMEOUT_MS, PLACE_HELD_MS } from '../../../main/common/protocol/limits.ts';
import { randomBytes } from '../../support/crypto/e2ee-tools.ts';
import type { RoomStage } from '../../support/room/room-server-stage.ts';
import { stageForEachTest } from '../../support/room/stage-for-each-test.ts';
import type { ManualTime } from '../../support/time/manual-time.ts';
import { anyName, idsOf, newPageKey, WirePage } from '../../support/wire/wire-page.ts';

let time: ManualTime;
let stage: RoomStage;
stageForEachTest(3, (fresh) => {
  ({ time, stage } = fresh);
});

/** Two are in, and somebody on the way can say anything on Alice's socket. */
describe('who is on the way of a page’s words', () => {
  const flip = (frame: string) =>
    frame.replace(/"proof":"./, (head) => (head.endsWith('A') ? '"proof":"B' : '"proof":"A'));

  it.each<[string, (page: WirePage, bobId: string) => void]>([
    ['says leave', (page) => page.sendFrame('{"type":"leave"}')],
    ['says bye', (page) => page.sendFrame('{"type":"bye"}')],
    ['reports somebody', (page, id) => page.sendFrame(JSON.stringify({ type: 'report', id }))],
    ['answers a ping', (page) => page.sendFrame('{"type":"pong"}')],
    ['repeats what was said', (page) => page.sendFrame(page.proven('{"type":"leave"}', page.told))],
    ['keeps one word back', (page) => page.sendFrame(page.proven('{"type":"leave"}', page.told + 2))],
    ['makes a bye of a leave', (page) => page.sendFrame(page.proven('{"type":"leave"}', 0))],
    ['flips a bit', (page) => page.sendFrame(flip(page.proven('{"type":"leave"}', page.told + 1)))],
    [
      'changes a word',
      (page) => page.sendFrame(page.proven('{"type":"pong"}', page.told + 1).replace('pong', 'ping')),
    ],
  ])('gains a lost socket when he %s', async (_what, attack) => {
    const pageKey = newPageKey();
    const [alice, bob] = [await WirePage.join(stage, { pageKey }), await WirePage.join(stage)];
    const reported: number[] = [];
    stage.server.onAttendance(({ reports }) => reported.push(reports.size));
    attack(alice.page, bob.id);
    expect(await alice.page.ending).toEqual({ code: 4414, reason: 'unproven' });
    const back = await WirePage.enter(stage, { pageKey, resume: alice.resume });
    expect(idsOf(back.hello.roster)).toEqual([alice.id, bob.id]);
    expect(reported.filter((count) => count > 0)).toEqual([]);
  });

  it.each<[string, (auth: string, bobsResume: string) => string]>([
    ['takes out what lets her back', (auth) => auth.replace(/"resume":"[^"]+",/, '')],
    [
      'puts another’s in its place',
      (auth, resume) => auth.replace(/"resume":"[^"]+"/, `"resume":"${resume}"`),
    ],
    ['flips a bit', flip],
  ])('leaves Alice her place when he %s while she comes back', async (_what, change) => {
    const [alice, bob] = [await WirePage.join(stage), await WirePage.join(stage)];
    await alice.page.vanish(stage);
    const reloaded = await WirePage.open(stage);
    await reloaded.greet(stage.token);
    const auth = reloaded.proven(JSON.stringify(reloaded.auth(alice.resume)), 1);
    reloaded.sendFrame(change(auth, bob.resume));
    expect(await reloaded.ending).toEqual({ code: 4414, reason: 'unproven' });
    const { hello } = await WirePage.enter(stage, { resume: alice.resume });
    expect(hello.resume).toBe(alice.resume);
    expect(idsOf(hello.roster)).toEqual([bob.id]);
  });

  it.each([1000, 1001, 4000])('frees no place by a close with %i', async (code) => {
    const [alice, bob] = [await WirePage.join(stage), await WirePage.join(stage)];
    alice.page.socket.close(code);
    await alice.page.ending;
    expect(await bob.page.rest()).toEqual([]);
    const { hello } = await WirePage.enter(stage);
    expect(idsOf(hello.roster)).toEqual([alice.id, bob.id]);
  });
});

describe('the proof', () => {
  it('opens the room', async () => {
    const { hello } = await WirePage.enter(stage);
    expect(hello).toMatchObject({ roster: [], capacity: 3, iceServers: [] });
  });

  it('made with a wrong token ends the socket', async () => {
    const page = await WirePage.open(stage);
    await page.prove(randomBytes(16));
    expect(await page.next('error')).toEqual({ type: 'error', code: 'auth-failed' });
    expect(await page.ending).toEqual({ code: 4403, reason: 'auth-failed' });
  });

  it.each([
    [[1, 2, 65_535], 1],
    [[1], 1],
  ])('of a page that speaks %j is answered in version %i', async (versions, version) => {
    const page = await WirePage.open(stage, { versions });
    expect(await page.greet(stage.token)).toMatchObject({ versions: [1], version });
    page.send(page.auth());
    await page.next('hello');
    expect(page.hostIsProven).toBe(true);
  });

  it('of a page that speaks no version of the host’s is told which there are, and none without the link', async () => {
    const page = await WirePage.open(stage, { versions: [2, 3] });
    await page.prove(stage.token);
    expect(await page.next('version')).toEqual({ type: 'version', versions: [1] });
    expect(await page.ending).toEqual({ code: 4426, reason: 'version' });
    const stranger = await WirePage.open(stage, { versions: [2, 3] });
    await stranger.prove(randomBytes(16));
    expect(await stranger.next('error')).toEqual({ type: 'error', code: 'auth-failed' });
  });

  it.each([
    ['tells one number in place of a list', { versions: undefined, protocol: 1 }],
    ['tells no number', { versions: [] }],
    ['tells nine', { versions: [1, 2, 3, 4, 5, 6, 7, 8, 9] }],
    ['tells none twice', { versions: [1, 1] }],
    ['has a field of its own', { more: 1 }],
  ])('of a page whose hello %s is no message', async (_what, change) => {
    const page = await WirePage.open(stage);
    page.send({ ...page.hello(stage.token), ...change });
    expect(await page.next('error')).toEqual({ type: 'error', code: 'bad-message' });
    expect((await page.ending).code).toBe(4400);
  });

  it('made for another socket’s nonce ends the socket', async () => {
    const [first, second] = await Promise.all([WirePage.open(stage), WirePage.open(stage)]);
    await first.greet(stage.token);
    first.send(first.auth());
    await first.next('hello');
    await second.greet(stage.token);
    second.sendFrame(first.proven(JSON.stringify(first.auth()), 1));
    await second.next('error');
    expect((await second.ending).code).toBe(4414);
  });

  it.each([
    ['while its owner is here', 0],
    ['while its owner is away', 1],
    ['when its owner has been away for longer than the place is kept', PLACE_HELD_MS + 1],
  ])('of another’s key, by who has the link and the roster: nothing, %s', async (_what, awayMs) => {
    const pageKey = newPageKey();
    const alice = await WirePage.join(stage, { pageKey });
    const bob = await WirePage.join(stage);
    const { roster } = await alice.page.until('roster', ({ roster }) => roster.length === 2);
    if (awayMs > 0) await alice.page.vanish(stage);
    await bob.page.rest();
    await time.advance(awayMs);
    // Everything of Alice that the roster tells, and a private key of one's own.
    const entry = roster.find(({ id }) => id === alice.id);
    const [key, fp] = [entry?.key ?? '', entry?.fp ?? ''].map((text) => Buffer.from(text, 'base64url'));
    const stolen = { key: key ?? pageKey.key, fp: fp ?? pageKey.fp, privateKey: newPageKey().privateKey };
    const mallory = await WirePage.open(stage, { pageKey: stolen });
    await mallory.prove(stage.token);
    mallory.send({ type: 'name', name: entry?.name });
    expect(mallory.hostIsProven).toBe(false);
    expect((await mallory.ending).code).toBe(4414);
    const rosters = (await bob.page.rest()).flatMap((message) =>
      message.type === 'roster' ? [message] : [],
    );
    expect(rosters.map((told) => idsOf(told.roster))).toEqual(awayMs > PLACE_HELD_MS ? [[bob.id]] : []);
    const back = await WirePage.enter(stage, { pageKey, resume: alice.resume });
    expect(back.hello.id).toBe(alice.id);
  });

  it('is made for the host’s own addresses and no other', async () => {
    stage.server.setOrigins({ tunnel: 'https://first.lhr.life', added: [] });
    stage.server.setOrigins({ tunnel: 'https://second.lhr.life', added: ['https://proxy.example:8443'] });
    const own = ['first.lhr.life', 'second.lhr.life', 'proxy.example:8443', `127.0.0.1:${stage.port}`];
    for (const address of [...own, `[::1]:${stage.port}`].map((host) => `https://${host}`)) {
      const page = await WirePage.open(stage, { address });
      await page.greet(stage.token);
      expect(page.hostIsProven).toBe(true);
      await page.close();
    }
    for (const address of ['https://evil.test', 'https://localhost', 'http://second.lhr.life']) {
      const page = await WirePage.open(stage, { address });
      await page.prove(stage.token);
      expect(await page.next('error')).toEqual({ type: 'error', code: 'auth-failed' });
      expect((await page.ending).code).toBe(4403);
    }
  });

  it('is asked of who has the link only: another costs the host no key exchange', async () => {
    const page = await WirePage.open(stage);
    page.send(page.hello(randomBytes(16)));
    expect((await page.next('error')).code).toBe('auth-failed');
    expect(page.hostIsProven).toBe(false);
  });

  it('has to come first', async () => {
    const early = [{ type: 'ping' }, { type: 'name', name: anyName() }, { type: 'leave' }];
    for (const [index, message] of [...early, ...early].entries()) {
      const page = await WirePage.open(stage);
      if (index >= early.length) await page.greet(stage.token);
      page.send(message);
      expect(await page.next('error')).toEqual({ type: 'error', code: 'auth-required' });
      expect((await page.ending).code).toBe(4401);
    }
  });

  it('is behind the auth, too', async () => {
    const page = await WirePage.open(stage);
    await page.greet(stage.token);
    page.sendFrame(JSON.stringify(page.auth()));
    expect(await page.next('error')).toEqual({ type: 'error', code: 'unproven' });
    expect((await page.ending).code).toBe(4414);
  });

  it('has to come within 10 s', async () => {
    const page = await WirePage.open(stage);
    await page.greet(stage.token);
    await time.advance(AUTH_TIMEOUT_MS - 1);
    expect(page.socket.readyState).toBe(page.socket.OPEN);
    await time.advance(1);
    expect(await page.next('error')).toEqual({ type: 'error', code: 'auth-timeout' });
    expect((await page.ending).code).toBe(4408);
  });

  it('is given once', async () => {
    const page = await WirePage.open(stage);
    await page.greet(stage.token);
    page.send(page.auth());
    await page.next('hello');
    page.send(page.auth());
    await page.next('error');
    expect((await page.ending).code).toBe(4400);
  });

  it('leaves no timer behind', async () => {
    const { page } = await WirePage.enter(stage);
    await time.advance(AUTH_TIMEOUT_MS);
    expect(await page.rest()).toEqual([]);
  });
});
