/** Holds the room to its door: who waits and who does not, what each is told, and that nothing but the host's word leads past it. */

import { describe, expect, it } from 'vitest';
import {
  ASK_AGAIN_MS,
  ASKS_MAX,
  CONNECTIONS_MAX,
  DOUBT_AGAIN_MS,
  JOINS_BURST,
  PLACE_HELD_MS,
  RELOAD_AWAITED_MS,
  STANDING_KEPT_MS,
  TURN_HELD_MS,
  WAITING_SHOWN_MAX,
} from '../../../../main/common/protocol/limits.ts';
import { fail, ok } from '../../../../main/common/result.ts';
import { FIRST_LINK, TestRoom } from '../../../support/room/test-room.ts';

/** Anna is in, by the host's word. */
function lobby(capacity = 3): { readonly room: TestRoom; readonly anna: string } {
  const room = new TestRoom(capacity, { lobby: true });
  const anna = room.join(1, 'a');
  room.admit('a');
  return { room, anna };
}

/** Boris asks, and waits. */
function ask(room: TestRoom, socket = 2, letter = 'b', link = FIRST_LINK): string {
  const resume = room.enter(socket, letter, null, link).resumeFor(socket);
  room.name(socket);
  return resume;
}

describe('a lobby', () => {
  it('has whoever asks wait, told so; the host sees them with their sealed names, in the order in which they asked', () => {
    const { room } = lobby();
    room.enter(2, 'b');
    room.enter(3, 'c');
    room.name(3);
    room.nowMs += 1;
    expect(room.name(3).all).toEqual([{ type: 'send', to: [3], message: { type: 'waiting' } }]);
    expect(room.name(2).typesTo(2)).toEqual(['waiting']);
    expect(room.subject.attendance.waiting).toEqual([
      { id: 'id-c', name: 'name-3' },
      { id: 'id-b', name: 'name-2' },
    ]);
    expect(room.subject.attendance).toMatchObject({ waitingCount: 2, onlookers: 0 });
    expect(room.inside).toBe('a');
  });

  it('tells those inside nothing of who waits, and those who wait nothing of each other', () => {
    const { room } = lobby();
    room.enter(2, 'b');
    room.enter(3, 'c');
    for (const socket of [2, 3])
      expect(room.name(socket).all.map((delivery) => delivery.type === 'send' && delivery.to)).toEqual([
        [socket],
      ]);
  });

  it('lets in whom the host admits, and nobody else', () => {
    const { room } = lobby();
    ask(room, 2, 'b');
    ask(room, 3, 'c');
    const admitted = room.admit('c');
    expect(admitted.answers).toEqual([ok(null)]);
    expect(admitted.typesTo(3)).toEqual(['roster']);
    expect([room.inside, room.waiting]).toEqual(['ac', 'b']);
  });

  it('says waiting again to who asks again, and shows the host the name that was asked with, in its turn', () => {
    const { room } = lobby();
    ask(room, 2, 'b');
    ask(room, 3, 'c');
    const before = room.subject.attendance;
    expect(room.name(2, 'another').typesTo(2)).toEqual(['waiting']);
    expect(room.subject.attendance).toBe(before);
    room.admit('b');
    expect(room.subject.roster().at(-1)?.name).toBe('name-2');
  });

  it('has those inside rename, and those who come back to their place pass', () => {
    const { room, anna } = lobby();
    expect(room.name(1, 'another').typesTo(1)).toEqual(['roster']);
    room.lose(1);
    room.enter(4, 'x', anna);
    room.name(4);
    expect([room.inside, room.waiting]).toEqual(['x', '']);
  });

  it.each(['reloads, which says bye', 'is cut off for longer than a place is held', 'is taken for gone'])(
    'does not have somebody wait again who %s',
    (what) => {
      const { room, anna } = lobby();
      if (what.startsWith('reloads')) room.sayGoodbye(1);
      else room.lose(1);
      if (what.startsWith('is cut')) room.tickAfter(PLACE_HELD_MS);
      expect(room.inside).toBe(what.startsWith('is taken') ? 'a' : '');
      if (what.startsWith('is taken')) {
        ask(room, 2, 'b');
        room.admit('b');
        room.silent(1);
        room.vouch(2, 'a', 'lost');
      }
      room.enter(4, 'x', anna);
      room.name(4);
      expect(room.inside.replace('b', '')).toBe('x');
    },
  );

  it('knows that for so long, for one page, and not after Leave', () => {
    const { room, anna } = lobby();
    room.sayGoodbye(1);
    room.enter(4, 'x', anna);
    ask(room, 5, 'y');
    // A second page with the same resume, while the first is there, is somebody else.
    room.enter(6, 'z', anna);
    room.alive(4);
    room.name(6);
    expect([room.inside, room.waiting]).toEqual(['', 'yz']);
    room.name(4);
    room.leave(4);
    room.nowMs += 1;
    room.name(4);
    expect([room.inside, room.waiting]).toEqual(['', 'yzx']);
    room.admit('x');
    room.sayGoodbye(4);
    room.tickAfter(RELOAD_AWAITED_MS);
    room.tickAfter(STANDING_KEPT_MS);
    room.enter(7, 'w', room.enter(8, 'v', anna).resumeFor(8));
    room.name(8);
    expect(room.waiting).toContain('v');
  });

  it('holds the turn of who lost the socket for a moment, and lets in who was admitted meanwhile', () => {
    const { room } = lobby();
    const boris = ask(room, 2, 'b');
    const clara = ask(room, 3, 'c');
    room.lose(2);
    room.lose(3);
    expect(room.waiting).toBe('bc');
    expect(room.admit('c').answers).toEqual([ok(null)]);
    expect([room.inside, room.waiting]).toEqual(['a', 'b']);
    room.enter(12, 'b', boris);
    expect(room.name(12).typesTo(12)).toEqual(['waiting']);
    room.enter(13, 'c', clara);
    expect([room.inside, room.waiting]).toEqual(['ac', 'b']);
    room.lose(12);
    room.tickAfter(TURN_HELD_MS);
    expect(room.waiting).toBe('');
    expect(room.subject.nextDeadlineMs()).toBeNull();
  });

  it.each(['leave', 'sayGoodbye'] as const)('ends the wait with %s', (how) => {
    const { room } = lobby();
    ask(room);
    room[how](2);
    expect(room.waiting).toBe('');
    expect(room.admit('b').answers).toEqual([fail('unknown-waiting')]);
    expect(room.refuse('b').answers).toEqual([fail('unknown-waiting')]);
    expect(room.inside).toBe('a');
  });

  it('switched off lets in who waits, as far as there are places; switched on disturbs nobody inside', () => {
    const { room } = lobby();
    ask(room, 2, 'b');
    ask(room, 3, 'c');
    ask(room, 4, 'd');
    const opened = room.answerProbes(room.command({ type: 'lobby', on: false }));
    expect([room.inside, room.waiting]).toEqual(['abc', '']);
    expect(opened.typesTo(4)).toContain('full');
    expect(room.command({ type: 'lobby', on: true }).all).toEqual([]);
    expect(room.inside).toBe('abc');
  });

  it('tells who asks at a full room so, as ever', () => {
    const { room } = lobby(2);
    ask(room);
    room.answerProbes(room.admit('b'));
    room.nowMs += DOUBT_AGAIN_MS;
    room.enter(3, 'c');
    expect(room.nameAmongLiving(3).typesTo(3)).toEqual(['full']);
    expect(room.waiting).toBe('');
  });

  it('keeps who waits waiting where the last place has gone, and tells the host that there is none', () => {
    const { room } = lobby(2);
    ask(room, 2, 'b');
    ask(room, 3, 'c');
    room.admit('b');
    const full = room.admit('c');
    expect([full.all, full.answers]).toEqual([[], [fail('room-full')]]);
    expect(room.waiting).toBe('c');
    room.leave(1);
    expect(room.admit('c').answers).toEqual([ok(null)]);
    expect(room.inside).toBe('bc');
  });

  it('does not use up a one-time link before somebody is let in; then the others who wait with it are put out', () => {
    const { room } = lobby();
    room.invite({ kind: 'one-time' });
    ask(room, 2, 'b', 2);
    ask(room, 3, 'c', 2);
    expect(room.subject.links).toHaveLength(2);
    expect(room.admit('c').closed).toEqual([[2, 'auth-failed']]);
    expect([room.inside, room.waiting, room.subject.links.length]).toEqual(['ac', '', 1]);
  });

  it('ends the wait of those whose link ends', () => {
    const { room } = lobby();
    ask(room);
    expect(room.command({ type: 'new-link' }).closed).toEqual([[2, 'auth-failed']]);
    expect(room.waiting).toBe('');
  });
});

describe('who was refused', () => {
  it('is told, may ask again a minute later, and at last is refused without the host', () => {
    const { room } = lobby();
    ask(room);
    for (let refusals = 1; refusals <= ASKS_MAX; refusals++) {
      expect(room.refuse('b').to(2)).toEqual([{ type: 'refused' }]);
      expect(room.waiting).toBe('');
      expect(room.name(2).to(2)).toEqual([{ type: 'refused' }]);
      room.nowMs += ASK_AGAIN_MS;
      expect(room.name(2).typesTo(2)).toEqual([refusals < ASKS_MAX ? 'waiting' : 'refused']);
    }
    expect(room.waiting).toBe('');
  });

  it.each(['a takeover', 'a goodbye'])('stays so over %s', (how) => {
    const { room } = lobby();
    const boris = ask(room);
    room.refuse('b');
    if (how === 'a goodbye') room.sayGoodbye(2);
    room.enter(3, 'x', boris);
    if (how === 'a takeover') room.tickAfter(2_000);
    expect(room.name(3).typesTo(3)).toEqual(['refused']);
    expect(room.waiting).toBe('');
  });
});

describe('a locked room', () => {
  const lock = (room: TestRoom) => room.command({ type: 'lock' });

  it('turns away whoever is new, and nobody who is in', () => {
    const room = new TestRoom(3);
    const anna = room.join(1, 'a');
    expect(lock(room).all).toEqual([]);
    room.enter(2, 'b');
    expect(room.name(2).all).toEqual([{ type: 'send', to: [2], message: { type: 'locked' } }]);
    room.name(1, 'another');
    room.sayGoodbye(1);
    room.enter(3, 'x', anna);
    room.name(3);
    expect(room.inside).toBe('x');
    room.command({ type: 'unlock' });
    room.nameAmongLiving(2);
    expect(room.inside).toBe('xb');
  });

  it('tells those who wait, who wait no more', () => {
    const { room } = lobby();
    ask(room);
    expect(lock(room).to(2)).toEqual([{ type: 'locked' }]);
    expect(room.admit('b').answers).toEqual([fail('unknown-waiting')]);
    expect([room.inside, room.waiting]).toEqual(['a', '']);
  });

  it('does not let back who has left', () => {
    const room = new TestRoom(3);
    room.join(1, 'a');
    lock(room);
    room.leave(1);
    expect(room.name(1).typesTo(1)).toEqual(['locked']);
  });
});

describe('somebody who waits', () => {
  it('sends no box, reports nobody, vouches for nobody, and takes no place by anything they say', () => {
    const { room } = lobby();
    ask(room);
    expect(room.box(2, 'a').all).toEqual([
      { type: 'send', to: [2], message: { type: 'error', code: 'not-joined' } },
    ]);
    expect(room.report(2, 'a').all).toEqual([]);
    expect(room.subject.attendance.reports.size).toBe(0);
    expect(room.box(1, 'b').typesTo(1)).toEqual(['error']);
    room.silent(1);
    expect(room.vouch(2, 'a', 'lost').all).toEqual([]);
    room.alive(2);
    room.tickAfter(PLACE_HELD_MS);
    expect([room.inside, room.waiting]).toEqual(['a', 'b']);
  });

  it('does not come in once removed or with the place of somebody who was', () => {
    const { room, anna } = lobby();
    room.invite({ kind: 'expiring', expiresAtMs: 1_000_000 });
    room.remove('a');
    expect(room.enter(2, 'a', anna, FIRST_LINK).closed).toEqual([[2, 'auth-failed']]);
    room.enter(3, 'x', anna, 2);
    room.name(3);
    expect([room.inside, room.waiting]).toEqual(['', 'x']);
  });

  it('shows the host another person at most so often, however often they ask and cancel', () => {
    const { room } = lobby();
    room.enter(2, 'b');
    let asked = 0;
    for (let times = 0; times < 100; times++) {
      if (room.name(2).typesTo(2).includes('waiting')) asked += 1;
      room.leave(2);
    }
    expect(asked).toBe(JOINS_BURST);
    room.name(2);
    expect(room.waiting).toBe('');
    room.tickAfter((room.subject.nextDeadlineMs() ?? 0) - room.nowMs);
    expect(room.waiting).toBe('b');
  });

  it('is one of as many as the port takes: the host sees the first, all are counted, and turns are held for no more', () => {
    const { room } = lobby(12);
    const letters = Array.from({ length: CONNECTIONS_MAX }, (_, index) => `w${index}`);
    for (const [index, letter] of letters.entries()) {
      room.nowMs += 1;
      ask(room, 100 + index, letter);
    }
    const { waiting, waitingCount } = room.subject.attendance;
    expect(waiting.map(({ id }) => id)).toEqual(
      letters.slice(0, WAITING_SHOWN_MAX).map((letter) => `id-${letter}`),
    );
    expect(waitingCount).toBe(CONNECTIONS_MAX);
    for (const [index] of letters.entries()) room.lose(100 + letters.length - 1 - index);
    expect(room.subject.attendance.waitingCount).toBe(WAITING_SHOWN_MAX);
    expect(room.inside).toBe('a');
  });
});

describe('somebody who waits and is away', () => {
  it.each([
    ['let in', (room: TestRoom) => room.admit('b')],
    ['in an open house', (room: TestRoom) => room.command({ type: 'lobby', on: false })],
  ])('has nothing come due at once, %s, and comes in when back', (_, decide) => {
    const { room } = lobby();
    const boris = ask(room);
    room.lose(2);
    decide(room);
    room.tickAfter(0);
    expect(room.subject.nextDeadlineMs()).toBeGreaterThan(room.nowMs);
    room.enter(3, 'b', boris);
    expect(room.inside).toBe('ab');
  });
});

describe('the end for all', () => {
  it('closes the call for those inside, away, outside and waiting, and no link of theirs opens the next one', () => {
    const { room, anna } = lobby();
    room.invite({ kind: 'one-time' });
    ask(room, 2, 'b');
    const clara = ask(room, 3, 'c');
    room.admit('c');
    room.lose(3);
    room.enter(4, 'd');
    const ended = room.command({ type: 'end' });
    expect(ended.closed).toEqual([
      [1, 'closed'],
      [2, 'closed'],
      [4, 'closed'],
    ]);
    expect(ended.forgotten).toEqual([FIRST_LINK, 2]);
    expect([room.inside, room.waiting]).toEqual(['', '']);
    expect(room.subject.links).toEqual([{ id: 3, terms: { kind: 'main' } }]);
    expect(room.enter(5, 'a', anna, FIRST_LINK).closed).toEqual([[5, 'auth-failed']]);
    // With the new link everybody is new.
    room.enter(6, 'c', clara, 3);
    expect(room.name(6).typesTo(6)).toEqual(['waiting']);
  });

  it('takes back what the host decided about those who had left before', () => {
    const { room } = lobby();
    const boris = ask(room, 2, 'b');
    room.admit('b');
    room.lose(2);
    room.tickAfter(PLACE_HELD_MS);
    room.command({ type: 'end' });
    room.enter(3, 'x', boris, room.lastLink);
    expect(room.name(3).typesTo(3)).toEqual(['waiting']);
  });

  it('reaches a reload on its way in', () => {
    const room = new TestRoom(3);
    const anna = room.join(1, 'a');
    room.enter(2, 'x', anna);
    expect(room.command({ type: 'end' }).closed).toEqual([
      [2, 'closed'],
      [1, 'closed'],
    ]);
  });
});

describe('a room that goes on', () => {
  it('has its door as it was, and those let in keep their place', () => {
    const { room, anna } = lobby();
    ask(room, 2, 'b');
    room.command({ type: 'lock' });
    const later = new TestRoom(3, { isEmpty: true });
    later.lastLink = room.lastLink;
    later.handle({ type: 'resumed', kept: room.subject.keep(room.nowMs), awayMs: 0 });
    expect(later.subject.attendance.door).toEqual({ locked: true, lobby: true });
    later.enter(11, 'x', anna);
    later.name(11);
    expect(later.inside).toBe('x');
    later.enter(12, 'b');
    expect(later.name(12).typesTo(12)).toEqual(['locked']);
    later.command({ type: 'unlock' });
    expect(later.name(12).typesTo(12)).toEqual(['waiting']);
  });
});
