/** Holds when a page stops trying: what ends it, what does not, and when it only stands back. */

import { describe, expect, it } from 'vitest';
import { CLOSE_CODES } from '../../../../../main/common/protocol/messages.ts';
import { settle } from '../../../../support/time/manual-time.ts';
import {
  CHALLENGE,
  HELLO,
  PROVEN,
  type SignalingRig,
  signalingForEachTest,
} from '../../../../support/wire/signaling-rig.ts';

let rig: SignalingRig;
signalingForEachTest((fresh) => {
  rig = fresh;
});

describe('the end', () => {
  it.each([
    ['auth-failed', 'link-refused'],
    ['browser-only', 'browser-only'],
    ['replaced', 'replaced'],
    ['kicked', 'kicked'],
    ['closed', 'host-ended'],
  ] as const)('comes with close code %s', async (code, reason) => {
    const socket = await rig.goOnline();
    socket.drop(CLOSE_CODES[code]);
    await rig.time.advance(60_000);
    expect(rig.told).toEqual(['hello', `ended ${reason}`]);
    expect(rig.sockets).toHaveLength(1);
    rig.signaling.start();
    rig.signaling.wake();
    await rig.time.advance(60_000);
    expect(rig.sockets).toHaveLength(1);
  });

  it('does not come from a host that does not know the link, while a voice stands: it is said, and tried again', async () => {
    const socket = await rig.goOnline();
    rig.voicesStand = true;
    socket.drop();
    for (let attempt = 0; attempt < 5; attempt++) {
      await rig.time.advance(8_000);
      rig.last.open();
      rig.last.receive({ type: 'error', code: 'auth-failed' });
      rig.last.drop(CLOSE_CODES['auth-failed']);
      await settle();
    }
    expect(rig.told).toEqual(['hello', 'offline', ...Array.from({ length: 5 }, () => 'another-room')]);
    await rig.time.advance(15_000);
    await rig.welcome();
    expect(rig.told.at(-1)).toBe('hello');
  });

  it('comes with the error too where the close code got lost on the way', async () => {
    await rig.begin();
    rig.last.open();
    await settle();
    rig.last.receive(CHALLENGE);
    rig.last.receive({ type: 'error', code: 'auth-failed', proof: PROVEN });
    rig.last.drop(1006);
    await settle();
    expect(rig.told).toEqual(['ended link-refused']);
  });

  it.each([
    ['what is no JSON', '{'],
    ['a hello before the challenge', HELLO],
    ['a roster before the hello', { type: 'roster', roster: [], revision: 1 }],
  ])('comes after three sockets in a row that say %s', async (_what, frame) => {
    await rig.begin();
    for (let attempt = 0; attempt < 3; attempt++) {
      rig.last.open();
      rig.last.receive(frame);
      await rig.time.advance(2_000);
    }
    expect(rig.told).toEqual(['offline', 'offline', 'ended server-broken']);
  });

  it('does not come for a second challenge or hello, which only cost the socket', async () => {
    for (const frame of [CHALLENGE, HELLO]) {
      const socket = frame === CHALLENGE ? await rig.goOnline() : await rig.welcome();
      socket.receive(frame);
      await settle();
      expect(socket.closedWith).toBe(4000);
      await rig.time.advance(1_000);
    }
    expect(rig.told).toEqual(['hello', 'offline', 'hello', 'offline']);
  });
});

describe('a host that speaks other versions', () => {
  const answer = async (versions: readonly number[]) => {
    rig.last.open();
    await settle();
    rig.last.receive({ type: 'version', versions });
    await rig.time.advance(2_000);
  };

  it.each([
    [[1, 2], 'version-old-host'],
    [[5], 'version-old-page'],
    [[2, 5, 900], 'version-old-page'],
  ] as const)('%j ends it, and which side is to be updated is told: %s', async (versions, reason) => {
    await rig.begin();
    await answer(versions);
    expect(rig.told).toEqual([`ended ${reason}`]);
    expect(rig.sockets).toHaveLength(1);
  });

  it('ends nothing while a voice stands, which anybody on the way could have said', async () => {
    rig.voicesStand = true;
    await rig.begin();
    await answer([5]);
    expect(rig.told).toEqual(['offline']);
    await rig.welcome();
    expect(rig.told).toEqual(['offline', 'hello']);
  });

  it('is not believed when it speaks one of the page’s own', async () => {
    await rig.begin();
    for (let attempt = 0; attempt < 3; attempt++) await answer([4, 9]);
    expect(rig.told).toEqual(['offline', 'offline', 'ended server-broken']);
  });

  it('is not believed once a version was agreed on', async () => {
    const socket = await rig.goOnline();
    socket.receive({ type: 'version', versions: [5], proof: PROVEN });
    await rig.time.advance(1_000);
    (await rig.welcome()).receive({ type: 'version', versions: [5] });
    await rig.time.advance(1_000);
    expect(rig.told).toEqual(['hello', 'offline', 'hello', 'offline']);
  });

  it('is as one that is not understood when its word got lost, and only the close code came', async () => {
    await rig.begin();
    for (let attempt = 0; attempt < 3; attempt++) {
      rig.last.open();
      rig.last.drop(CLOSE_CODES.version);
      await rig.time.advance(2_000);
    }
    expect(rig.told).toEqual(['offline', 'offline', 'ended server-broken']);
  });
});

describe('too many who look on', () => {
  it('have the page stand back until it is to be in the call', async () => {
    const socket = await rig.goOnline();
    socket.receive({ type: 'error', code: 'crowded', proof: PROVEN });
    socket.drop(CLOSE_CODES.crowded);
    await settle();
    rig.signaling.wake();
    await rig.time.advance(3_600_000);
    expect(rig.told).toEqual(['hello', 'crowded']);
    expect(rig.sockets).toHaveLength(1);
    expect(rig.signaling.want()).toBe(false);
    expect(rig.sockets).toHaveLength(2);
    await rig.welcome();
    expect(rig.signaling.want()).toBe(true);
  });

  it('are no reason to stand back for who is in the call, and are one again after it', async () => {
    await rig.goOnline();
    rig.signaling.want();
    rig.last.drop(CLOSE_CODES.crowded);
    await settle();
    expect(rig.told).toEqual(['hello', 'offline']);
    await rig.time.advance(500);
    await rig.welcome();
    rig.signaling.send({ type: 'leave' });
    rig.last.drop(CLOSE_CODES.crowded);
    await settle();
    expect(rig.told.at(-1)).toBe('crowded');
  });
});
