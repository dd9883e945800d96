/** Holds a page's socket to what it says and keeps, and when it is opened again. */

import { describe, expect, it } from 'vitest';
import { toBase64Url } from '../../../../../main/common/bytes.ts';
import { createTicket } from '../../../../../main/common/e2ee/admission.ts';
import { CLOSE_CODES } from '../../../../../main/common/protocol/messages.ts';
import { nodeCrypto } from '../../../../support/crypto/e2ee-tools.ts';
import { settle } from '../../../../support/time/manual-time.ts';
import {
  HOST_KEY,
  PROVEN,
  RESUME,
  type SignalingRig,
  signalingForEachTest,
  TOKEN,
} from '../../../../support/wire/signaling-rig.ts';

let rig: SignalingRig;
signalingForEachTest((fresh) => {
  rig = fresh;
});

describe('a socket', () => {
  it('on which nothing can be proven any more is given up, and another one serves', async () => {
    const first = await rig.goOnline();
    rig.prove = () => Promise.reject(new Error('no proof'));
    rig.signaling.send({ type: 'leave' });
    await settle();
    expect([first.readyState, rig.told]).toEqual([3, ['hello', 'offline']]);
    rig.prove = async (json) => json;
    while (rig.sockets.length === 1) await rig.time.advance(10);
    const second = await rig.welcome();
    rig.signaling.send({ type: 'leave' });
    await settle();
    expect(second.messages.at(-1)).toEqual({ type: 'leave' });
  });

  it('answers the challenge, without a token the first time and with it from then on', async () => {
    const first = await rig.goOnline();
    expect(first.messages.map(({ type, resume }) => [type, resume])).toEqual([
      ['hello', undefined],
      ['auth', undefined],
    ]);
    expect(rig.told).toEqual(['hello']);
    expect([...rig.storage.values.values()]).toEqual([`${RESUME}.${HOST_KEY}`]);
    first.drop();
    await rig.time.advance(500);
    const second = await rig.welcome();
    expect(second.messages[1]?.resume).toBe(RESUME);
    const reloaded = rig.create();
    await rig.begin(reloaded);
    await rig.welcome();
    expect(rig.last.messages[1]?.resume).toBe(RESUME);
    reloaded.dispose();
  });

  it('comes back to its place after the tab was lost with its browser, but for a token of the tab’s own', async () => {
    await rig.goOnline();
    const kept = `${RESUME}.${HOST_KEY}`;
    expect([...rig.lastingStorage.values.values()]).toEqual([kept]);
    const resumeSent = async () => {
      const page = rig.create();
      await rig.begin(page);
      const { messages } = await rig.welcome();
      page.dispose();
      return messages[1]?.resume;
    };
    rig.storage.values.clear();
    expect(await resumeSent()).toBe(RESUME);
    const otherTab = `${'B'.repeat(42)}A`;
    rig.lastingStorage.setItem('secret-call.resume', `${otherTab}.${HOST_KEY}`);
    expect(await resumeSent()).toBe(RESUME);
    rig.storage.values.clear();
    rig.lastingStorage.setItem('secret-call.resume', `${otherTab}.${RESUME}`);
    expect(await resumeSent()).toBeUndefined();
  });

  it('forgets the token everywhere once it is over', async () => {
    const socket = await rig.goOnline();
    socket.receive({ type: 'kicked', proof: PROVEN });
    await settle();
    expect(rig.told).toEqual(['hello', 'ended kicked']);
    expect(rig.storage.values.size).toBe(0);
    expect(rig.lastingStorage.values.size).toBe(0);
  });

  it('leaves out a damaged token', async () => {
    for (const damaged of ['x', `x.${HOST_KEY}`, RESUME, `${RESUME}.x`]) {
      for (const place of [rig.storage, rig.lastingStorage]) place.setItem('secret-call.resume', damaged);
      const page = rig.create();
      await rig.begin(page);
      const socket = await rig.welcome();
      expect(socket.messages.map(({ type, resume }) => [type, resume])).toContainEqual(['auth', undefined]);
      page.dispose();
    }
  });

  it('sends nothing of the person’s before the server’s hello, and answers pings after it', async () => {
    await rig.begin();
    rig.signaling.send({ type: 'leave' });
    const socket = await rig.welcome();
    socket.receive({ type: 'ping' });
    await settle();
    rig.signaling.send({ type: 'leave' });
    await settle();
    expect(socket.messages.map(({ type }) => type)).toEqual(['hello', 'auth', 'pong', 'leave']);
  });

  it('is given up after 10 s without a hello, and when nothing comes by it any more', async () => {
    await rig.begin();
    rig.last.open();
    await rig.time.advance(10_000);
    expect(rig.told).toEqual(['offline']);
    expect(rig.last.closedWith).toBe(4000);
    await rig.time.advance(500);
    await rig.welcome();
    expect(rig.frames).toBe(2);
    rig.last.receive({ type: 'pong' });
    expect(rig.frames).toBe(3);
    rig.signaling.lose();
    expect(rig.told).toEqual(['offline', 'hello', 'offline']);
    expect(rig.sockets[1]?.closedWith).toBe(4000);
  });

  it('shows a ticket of the link, and of its place from when it has had one, also after a reload', async () => {
    const ticket = async (secret: Uint8Array<ArrayBuffer>) =>
      toBase64Url(await createTicket(nodeCrypto, secret));
    const linked = await ticket(TOKEN);
    const returning = await ticket(new Uint8Array(32).fill(9));
    const first = await rig.goOnline();
    await rig.work.done();
    first.drop();
    await rig.time.advance(500);
    const reloaded = rig.create();
    await rig.begin(reloaded);
    expect(rig.sockets.map(({ query }) => query)).toEqual([
      `ticket=${linked}`,
      `ticket=${returning}.${linked}`,
      `ticket=${returning}.${linked}`,
    ]);
    reloaded.dispose();
  });

  it('shows where others lead it no more than that it has the link', async () => {
    const first = await rig.goOnline();
    rig.signaling.addOriginOfGuest('boris', 'https://b.lhr.life');
    first.drop();
    await rig.time.advance(500);
    rig.last.drop();
    await rig.time.advance(1_000);
    expect(rig.last.url).toBe('wss://b.lhr.life/ws');
    expect(rig.last.query).toBe(first.query);
  });

  it('says goodbye with the code that frees the place', async () => {
    const socket = await rig.goOnline();
    rig.signaling.dispose();
    expect(socket.closedWith).toBe(1000);
  });
});

describe('trying again', () => {
  it('is fast at first, then slower, and fast again after a good while', async () => {
    await rig.begin();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 9; attempt++) waits.push(await rig.lose());
    expect(waits).toEqual([250, 500, 1_000, 1_500, 4_000, 8_000, 15_000, 15_000, 15_000]);
    await rig.welcome();
    await rig.time.advance(6_000);
    expect(await rig.lose()).toBe(250);
  });

  it('does not become faster by sockets that break at once', async () => {
    await rig.begin();
    const waits: number[] = [];
    for (let attempt = 0; attempt < 4; attempt++) {
      await rig.welcome();
      waits.push(await rig.lose());
    }
    expect(waits).toEqual([250, 500, 1_000, 1_500]);
  });

  it('stays fast for who is in the call: a host that starts again finds them back in two seconds', async () => {
    await rig.begin();
    rig.signaling.want();
    for (let attempt = 0; attempt < 60; attempt++) await rig.lose();
    expect(await rig.lose()).toBe(1_500);
    for (let attempt = 0; attempt < 70; attempt++) await rig.lose();
    expect(await rig.lose()).toBe(15_000);
  });

  it('happens at once when the network is back, and only once', async () => {
    await rig.begin();
    for (let attempt = 0; attempt < 6; attempt++) await rig.lose();
    rig.last.drop();
    await settle();
    rig.signaling.wake();
    await rig.time.advance(9_000);
    expect(rig.sockets).toHaveLength(8);
  });

  it.each(['id-taken', 'auth-timeout', 'rate-limited'] as const)('follows %s', async (code) => {
    const socket = await rig.goOnline();
    socket.receive({ type: 'error', code });
    socket.drop(CLOSE_CODES[code]);
    await rig.time.advance(1_000);
    expect(rig.told).toEqual(['hello', 'offline']);
    expect(rig.sockets).toHaveLength(2);
  });
});
