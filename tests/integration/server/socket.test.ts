/** What a socket may say and how it ends: proof, states, limits, signs of life, over real sockets with time by hand. */

import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  AUTH_TIMEOUT_MS,
  DOUBT_SOCKET_MS,
  HEARTBEAT_INTERVAL_MS,
  MESSAGE_MAX_BYTES,
  MESSAGES_BURST,
  MESSAGES_PER_SECOND,
  PLACE_HELD_MS,
  ROSTERS_OUTSIDE_PER_SECOND,
  TAKEOVER_PING_MS,
} from '../../../main/common/protocol/limits.ts';
import type { RosterEntry } from '../../../main/common/protocol/messages.ts';
import { randomBytes } from '../../support/crypto/e2ee-tools.ts';
import { openRoomStage, type RoomStage } from '../../support/room/room-server-stage.ts';
import { ManualTime } from '../../support/time/manual-time.ts';
import { anyBox, anyName, newPageKey, WirePage } from '../../support/wire/wire-page.ts';

let time: ManualTime;
let stage: RoomStage;

beforeEach(async () => {
  time = new ManualTime();
  stage = await openRoomStage({ capacity: 3 }, time);
});

afterEach(() => stage.stop());

const idsOf = (entries: readonly RosterEntry[]) => entries.map(({ id }) => id);

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

describe('a message', () => {
  it.each([
    ['broken', '{"type":'],
    ['no object', '7'],
    ['of an unknown type', { type: 'shout' }],
    ['of the server’s own types', { type: 'roster', roster: [], revision: 1 }],
    ['with an unknown field', { type: 'leave', now: true }],
    ['that names its sender', { type: 'ice', to: 'A'.repeat(22), from: 'A'.repeat(22), box: '' }],
    ['with a box that is no base64url', { type: 'ice', to: 'A'.repeat(22), box: 'é' }],
  ])('%s ends its socket, and no other', async (_what, message) => {
    const { page: other } = await WirePage.join(stage);
    const { page } = await WirePage.enter(stage);
    page.send(message);
    expect(await page.next('error')).toEqual({ type: 'error', code: 'bad-message' });
    expect(await page.ending).toEqual({ code: 4400, reason: 'bad-message' });
    expect(await other.rest()).toEqual([]);
  });

  it('in binary ends its socket', async () => {
    const { page } = await WirePage.enter(stage);
    page.socket.send(Buffer.from(page.proven('{"type":"ping"}', page.told + 1)));
    await page.next('error');
    expect((await page.ending).code).toBe(4414);
  });

  it('of 64 KiB is read, of one byte more is not', async () => {
    const padded = (sizeBytes: number) => `{"type":"ping"${' '.repeat(sizeBytes - 69)}}`;
    const { page } = await WirePage.enter(stage);
    page.send(padded(MESSAGE_MAX_BYTES));
    await page.next('pong');
    page.send(padded(MESSAGE_MAX_BYTES + 1));
    expect((await page.ending).code).toBe(1009);
  });

  it('in 16 pieces is read, in 17 is not', async () => {
    const { page } = await WirePage.enter(stage);
    const sendInPieces = (count: number) => {
      const frame = page.proven('{"type":"ping"}', 2);
      for (let piece = 1; piece <= count; piece++) {
        const text = piece === count ? frame.slice(piece - 1) : frame.charAt(piece - 1);
        page.socket.send(text, { fin: piece === count });
      }
    };
    sendInPieces(16);
    await page.next('pong');
    sendInPieces(17);
    expect((await page.ending).code).toBe(1008);
  });

  it('that is no UTF-8, or no frame, ends its socket', async () => {
    const { page } = await WirePage.enter(stage);
    page.socket.send(Uint8Array.of(0xc3, 0x28), { binary: false });
    expect((await page.ending).code).toBe(1007);
    const { page: second } = await WirePage.enter(stage);
    second.socket.send('{"type":"ping"}', { mask: false });
    expect((await second.ending).code).toBe(1002);
  });

  it('is answered without compression, whatever the page offers', async () => {
    const { page } = await WirePage.enter(stage);
    expect(page.socket.extensions).toBe('');
  });

  it('ping is answered', async () => {
    const { page } = await WirePage.enter(stage);
    page.send({ type: 'ping' });
    await page.next('pong');
    page.send({ type: 'pong' });
    expect(await page.rest()).toEqual([]);
  });
});

describe('the rate', () => {
  it('is a burst of 160, then 30 a second; above, the socket ends', async () => {
    const { page } = await WirePage.enter(stage);
    const pingPong = async (count: number) => {
      for (let sent = 0; sent < count; sent++) page.send({ type: 'ping' });
      for (let answered = 0; answered < count; answered++) await page.next('pong');
    };
    // The hello and the proof were the first.
    await pingPong(MESSAGES_BURST - 2);
    await time.advance(1_000);
    await pingPong(MESSAGES_PER_SECOND);
    page.send({ type: 'ping' });
    expect(await page.next('error')).toEqual({ type: 'error', code: 'rate-limited' });
    expect(await page.ending).toEqual({ code: 4429, reason: 'rate-limited' });
  });

  it('counts WebSocket pings and pongs as well', async () => {
    const { page } = await WirePage.enter(stage);
    // The hello and the proof were two, and the question for the rest is the last.
    for (let sent = 3; sent < MESSAGES_BURST; sent++) page.socket.pong();
    expect(await page.rest()).toEqual([]);
    await time.advance(1_000);
    for (let sent = 0; sent < MESSAGES_PER_SECOND; sent++) {
      page.socket.ping();
      await once(page.socket, 'pong');
    }
    page.socket.ping();
    await page.next('error');
    expect((await page.ending).code).toBe(4429);
  });

  it('of pings that come faster than they can be answered ends the socket', async () => {
    const { page } = await WirePage.enter(stage);
    for (let sent = 0; sent < 10_000; sent++) page.socket.ping();
    expect([1006, 4429]).toContain((await page.ending).code);
  });

  it('of one is no matter to the others', async () => {
    const { page: other } = await WirePage.join(stage);
    const { page } = await WirePage.join(stage);
    await other.until('roster', ({ roster }) => roster.length === 2);
    for (let sent = 0; sent < 2_000; sent++) page.send({ type: 'ping' });
    await page.ending;
    expect(await other.rest()).toEqual([]);
  });
});

describe('boxes', () => {
  it('go unopened and in order, stamped with who sent them', async () => {
    const alice = await WirePage.join(stage);
    const bob = await WirePage.join(stage);
    const boxes = Array.from({ length: 50 }, () => anyBox());
    for (const box of boxes) alice.page.send({ type: 'ice', to: bob.id, box });
    for (const box of boxes) {
      expect(await bob.page.next('ice')).toEqual({ type: 'ice', from: alice.id, box });
    }
  });

  it('come after the roster that lists their sender', async () => {
    const alice = await WirePage.join(stage);
    const { page, hello } = await WirePage.enter(stage);
    page.send({ type: 'name', name: anyName() });
    page.send({ type: 'sas', to: alice.id, box: anyBox() });
    expect(idsOf((await alice.page.next('roster')).roster)).toContain(hello.id);
    await alice.page.next('sas');
  });

  it('to a stranger, or before joining, are refused; the socket stays', async () => {
    const alice = await WirePage.join(stage);
    const { page } = await WirePage.enter(stage);
    page.send({ type: 'chat', to: alice.id, box: anyBox() });
    expect(await page.next('error')).toEqual({ type: 'error', code: 'not-joined' });
    alice.page.send({ type: 'chat', to: 'A'.repeat(22), box: anyBox() });
    expect(await alice.page.next('error')).toEqual({ type: 'error', code: 'unknown-recipient' });
    expect(await alice.page.rest()).toEqual([]);
  });

  it('for one who does not read end that one’s socket, and nobody else’s', async () => {
    const sender = await WirePage.join(stage);
    const deaf = await WirePage.join(stage);
    await sender.page.until('roster', ({ roster }) => roster.length === 2);
    deaf.page.socket.pause();
    const box = anyBox(32_000);
    // He is asked of, as one who shows no life.
    const toldSender = async () => (await sender.page.rest()).filter(({ type }) => type !== 'doubt');
    let lost = false;
    void deaf.page.ending.then(() => {
      lost = true;
    });
    for (let sent = 0; sent < 1_000 && !lost; sent++) {
      sender.page.send({ type: 'chat', to: deaf.id, box });
      if (sent % 100 === 99) {
        expect(await toldSender()).toEqual([]);
        await time.advance(4_000);
        if (sent === 599) deaf.page.socket.resume();
      }
    }
    expect((await deaf.page.ending).code).toBe(1006);
    expect(await toldSender()).toEqual([]);
  });
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
