/** What a socket may say, how much of it, and what becomes of it, over real sockets with time by hand. */

import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import {
  MESSAGE_MAX_BYTES,
  MESSAGES_BURST,
  MESSAGES_PER_SECOND,
} from '../../../main/common/protocol/limits.ts';
import type { RoomStage } from '../../support/room/room-server-stage.ts';
import { stageForEachTest } from '../../support/room/stage-for-each-test.ts';
import type { ManualTime } from '../../support/time/manual-time.ts';
import { anyBox, anyName, idsOf, WirePage } from '../../support/wire/wire-page.ts';

let time: ManualTime;
let stage: RoomStage;
stageForEachTest(3, (fresh) => {
  ({ time, stage } = fresh);
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
