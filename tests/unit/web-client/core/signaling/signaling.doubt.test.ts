/** Holds a page to one socket that serves, while it does not know whether that is dead. */

import { describe, expect, it } from 'vitest';
import { CLOSE_CODES } from '../../../../../main/common/protocol/messages.ts';
import { settle } from '../../../../support/time/manual-time.ts';
import type { FakeSocket } from '../../../../support/wire/fake-socket.ts';
import {
  CHALLENGE,
  PROVEN,
  RESUME,
  type SignalingRig,
  signalingForEachTest,
} from '../../../../support/wire/signaling-rig.ts';

let rig: SignalingRig;
signalingForEachTest((fresh) => {
  rig = fresh;
});

describe('a socket that may be dead', () => {
  const types = (socket: FakeSocket | undefined) => socket?.messages.map(({ type }) => type);

  it('has another opened beside it, which goes unused where the first shows life', async () => {
    const first = await rig.goOnline();
    rig.signaling.doubt(true);
    rig.last.open();
    await settle();
    expect([types(rig.last), rig.sockets.length, rig.frames]).toEqual([['hello'], 2, 2]);
    rig.signaling.doubt(false);
    rig.last.receive(CHALLENGE);
    await settle();
    expect([types(rig.last), rig.last.closedWith, first.closedWith]).toEqual([['hello'], 4000, null]);
    rig.signaling.send({ type: 'leave' });
    await settle();
    expect([types(first)?.at(-1), rig.told, rig.frames]).toEqual(['leave', ['hello'], 2]);
  });

  it('is replaced without a moment’s loss where the other one gets through first', async () => {
    const first = await rig.goOnline();
    rig.signaling.wake();
    const second = await rig.welcome();
    expect([first.closedWith, second.messages[1]?.resume]).toEqual([4000, RESUME]);
    // What the server says to the one it has replaced.
    first.receive({ type: 'error', code: 'replaced', proof: PROVEN });
    first.drop(CLOSE_CODES.replaced);
    rig.signaling.doubt(false);
    rig.signaling.send({ type: 'leave' });
    await settle();
    expect([types(second)?.at(-1), second.closedWith]).toEqual(['leave', null]);
    expect(rig.told).toEqual(['hello', 'hello']);
    await rig.time.advance(60_000);
    expect(rig.sockets).toHaveLength(2);
  });

  it('goes on where the other one gets nowhere, and has a further one opened when it is doubted again', async () => {
    const first = await rig.goOnline();
    rig.signaling.doubt(true);
    rig.last.open();
    await settle();
    rig.last.receive({ type: 'error', code: 'auth-failed' });
    rig.last.drop(CLOSE_CODES['auth-failed']);
    await rig.time.advance(60_000);
    expect([rig.told, first.closedWith, rig.sockets.length]).toEqual([['hello'], null, 2]);
    rig.signaling.doubt(true);
    expect(rig.sockets).toHaveLength(3);
  });

  it('is told once it is given up, while the other one, which then serves, is still on its way', async () => {
    const first = await rig.goOnline();
    rig.signaling.doubt(true);
    rig.signaling.lose();
    expect([rig.told, first.closedWith]).toEqual([['hello', 'offline'], 4000]);
    await rig.time.advance(1_000);
    await rig.welcome();
    expect([rig.told, rig.sockets.length]).toEqual([['hello', 'offline', 'hello'], 2]);
  });

  it('has one opened anew with each sign of the network, for what was opened before may lead nowhere', async () => {
    const first = await rig.goOnline();
    rig.signaling.wake();
    const second = rig.last;
    rig.signaling.doubt(true);
    expect(rig.sockets).toHaveLength(2);
    rig.signaling.wake();
    expect([second.closedWith, rig.sockets.length, first.closedWith]).toEqual([4000, 3, null]);
    await rig.welcome();
    expect([rig.told, first.closedWith]).toEqual([['hello', 'hello'], 4000]);
  });

  it('has nothing opened any more once the call is over', async () => {
    const first = await rig.goOnline();
    rig.signaling.wake();
    first.receive({ type: 'kicked', proof: PROVEN });
    await settle();
    expect(rig.told).toEqual(['hello', 'ended kicked']);
    expect(rig.last.readyState).toBe(3);
    rig.signaling.doubt(true);
    expect(rig.sockets).toHaveLength(2);
  });
});
