/** Holds the room to whom it tells the TURN servers, and when again. */

import { describe, expect, it } from 'vitest';
import type { ServerMessage } from '../../../../main/common/protocol/messages.ts';
import type { RoomServers, TurnAccess } from '../../../../main/room/room-events.ts';
import { type Deliveries, TestRoom } from '../../../support/room/test-room.ts';

const RENEW_MS = 1_000;

/** Tells the guests apart, and what each was told when. */
function fakeTurn(renewAfterMs: number | null = RENEW_MS): TurnAccess {
  let guests = 0;
  return {
    renewAfterMs,
    newGuest: () => {
      const guest = ++guests;
      let times = 0;
      return () => [{ urls: 'turn:turn.test', username: `guest-${guest}`, credential: `${++times}` }];
    },
  };
}

const isTurn = (message: ServerMessage) =>
  'iceServers' in message ? message.iceServers.filter(({ urls }) => urls.startsWith('turn:')) : [];
/** `name/how often` of the credentials a socket was told. */
const told = (deliveries: Deliveries, socket: number) =>
  deliveries
    .to(socket)
    .flatMap(isTurn)
    .map(({ username, credential }) => `${username}/${credential}`);

const open = (options: { turn?: TurnAccess; lobby?: boolean } = {}) =>
  new TestRoom(4, { turn: fakeTurn(), ...options });

describe('somebody who comes in', () => {
  it('is told before the roster, with credentials of their own', () => {
    const room = open();
    room.enter(1, 'a');
    const joined = room.name(1);
    expect(joined.typesTo(1)).toEqual(['ice-servers', 'roster']);
    expect(told(joined, 1)).toEqual(['guest-1/1']);
    room.enter(2, 'b');
    expect(told(room.name(2), 2)).toEqual(['guest-2/1']);
  });

  it('is told again on another socket, and after leaving and joining, under the same name', () => {
    const room = open();
    const resume = room.join(1, 'a');
    room.lose(1);
    expect(told(room.enter(2, 'a', resume), 2)).toEqual(['guest-1/2']);
    room.leave(2);
    expect(told(room.name(2), 2)).toEqual(['guest-1/3']);
  });

  it('is told nothing of the kind where there are no such servers', () => {
    const room = new TestRoom(4);
    room.enter(1, 'a');
    expect(room.name(1).typesTo(1)).toEqual(['roster']);
  });
});

describe('an attack by somebody who only has a link', () => {
  it('gets no relay by looking on', () => {
    const room = open();
    room.join(1, 'a');
    expect(told(room.enter(2, 'b'), 2)).toEqual([]);
    expect(told(room.tickAfter(RENEW_MS), 2)).toEqual([]);
  });

  it('gets none at a locked room, or while waiting, or when refused', () => {
    const room = open({ lobby: true });
    room.enter(1, 'a');
    const waits = room.name(1);
    expect([waits.typesTo(1), told(waits, 1)]).toEqual([['waiting'], []]);
    expect(told(room.tickAfter(RENEW_MS), 1)).toEqual([]);
    expect(told(room.refuse('a'), 1)).toEqual([]);
    room.command({ type: 'lock' });
    room.enter(2, 'b');
    expect(room.name(2).typesTo(2)).toEqual(['locked']);
    room.command({ type: 'unlock' });
    room.name(2);
    expect(told(room.admit('b'), 2)).toEqual(['guest-1/1']);
  });

  it('gets none at a full room, or after leaving', () => {
    const room = new TestRoom(2, { turn: fakeTurn() });
    room.join(1, 'a');
    room.join(2, 'b');
    room.enter(3, 'c');
    expect(told(room.nameAmongLiving(3), 3)).toEqual([]);
    room.leave(2);
    expect(told(room.tickAfter(RENEW_MS), 2)).toEqual([]);
  });
});

it('says from the first word on whether addresses are hidden', () => {
  const hello = (relayOnly: boolean) => new TestRoom(4, { relayOnly }).enter(1, 'a').to(1)[0];
  expect(hello(true)).toMatchObject({ type: 'hello', relayOnly: true });
  expect(hello(false)).not.toHaveProperty('relayOnly');
});

describe('servers that the host changes while people are in', () => {
  const servers = { iceServers: [{ urls: 'stun:new.test' }], turn: fakeTurn(), relayOnly: true };
  const change = (room: TestRoom, changed: Partial<RoomServers> = {}) =>
    room.handle({ type: 'servers', servers: { ...servers, turn: fakeTurn(), ...changed } });

  it('are told to everybody who is here, TURN to those who are in alone, each from the new ones', () => {
    const room = open({ lobby: true });
    room.enter(1, 'a');
    room.name(1);
    room.admit('a');
    room.enter(2, 'b');
    room.enter(3, 'c');
    room.name(3);
    const changed = change(room);
    for (const socket of [1, 2, 3]) {
      expect(changed.typesTo(socket)).toEqual(['ice-servers']);
      expect(changed.to(socket)[0]).toMatchObject({ relayOnly: true });
    }
    expect([1, 2, 3].map((socket) => told(changed, socket))).toEqual([['guest-1/1'], [], []]);
    expect(changed.to(2)[0]).toMatchObject({ iceServers: servers.iceServers });
    expect(told(room.admit('c'), 3)).toEqual(['guest-2/1']);
  });

  it('are told to whoever comes later, or was away, and are made anew in time', () => {
    const room = new TestRoom(4);
    const resume = room.join(1, 'a');
    room.lose(1);
    change(room);
    expect(told(room.enter(2, 'a', resume), 2)).toEqual(['guest-1/1']);
    expect(room.enter(3, 'b').to(3)[0]).toMatchObject({ type: 'hello', relayOnly: true });
    expect(told(room.tickAfter(RENEW_MS), 2)).toEqual(['guest-1/2']);
  });

  it('may be none, and hide nobody any more', () => {
    const room = open();
    room.join(1, 'a');
    change(room);
    const [message] = change(room, { iceServers: [], turn: null, relayOnly: false }).to(1);
    expect(message).toEqual({ type: 'ice-servers', iceServers: [] });
    expect(room.subject.nextDeadlineMs()).toBeNull();
    expect(room.enter(2, 'b').to(2)[0]).not.toHaveProperty('relayOnly');
  });
});

describe('credentials that end', () => {
  it('are made anew in time, for each by when they were made', () => {
    const room = open();
    room.join(1, 'a');
    room.tickAfter(400);
    room.join(2, 'b');
    expect(room.subject.nextDeadlineMs()).toBeLessThanOrEqual(RENEW_MS);
    const due = room.tickAfter(600);
    expect([told(due, 1), told(due, 2)]).toEqual([['guest-1/2'], []]);
    const later = room.tickAfter(400);
    expect([told(later, 1), told(later, 2)]).toEqual([[], ['guest-2/2']]);
  });

  it('are not made for who is away, but for who is back', () => {
    const room = open();
    const resume = room.join(1, 'a');
    room.lose(1);
    expect(told(room.tickAfter(RENEW_MS), 1)).toEqual([]);
    expect(told(room.enter(2, 'a', resume), 2)).toEqual(['guest-1/2']);
    expect(told(room.tickAfter(RENEW_MS), 2)).toEqual(['guest-1/3']);
  });

  it('wake nobody where they are static', () => {
    const room = open({ turn: fakeTurn(null) });
    room.join(1, 'a');
    room.tickAfter(60_000);
    expect(room.subject.nextDeadlineMs()).toBeNull();
  });
});
