/** Holds the room to what the host sees of those who only look on, and of whom others report. */

import { describe, expect, it } from 'vitest';
import { ONLOOKERS_MAX } from '../../../../main/common/protocol/limits.ts';
import { ok } from '../../../../main/common/result.ts';
import { FIRST_LINK, TestRoom } from '../../../support/room/test-room.ts';

const kinds = (room: TestRoom) => room.subject.links.map(({ id, terms }) => `${terms.kind} ${id}`);

describe('pages that have not joined', () => {
  const crowd = (room: TestRoom, count: number) => {
    const given = Array.from({ length: count }, (_, index) => {
      room.nowMs += 1;
      return room.enter(100 + index, `x${index}`);
    });
    return given.flatMap(({ closed }) => closed);
  };

  it('are counted, and nobody else is', () => {
    const room = new TestRoom(3);
    room.join(1, 'a');
    room.enter(2, 'b');
    room.enter(3, 'c');
    expect(room.subject.attendance.onlookers).toBe(2);
    room.name(3);
    room.lose(2);
    expect(room.subject.attendance.onlookers).toBe(0);
    room.leave(3);
    room.lose(1);
    expect(room.subject.attendance.onlookers).toBe(1);
  });

  it('are none of those who are away while their place waits for a name', () => {
    const room = new TestRoom(3);
    const resume = room.join(1, 'a');
    room.lose(1);
    room.enter(2, 'b', resume);
    expect(room.subject.attendance.onlookers).toBe(1);
    room.lose(2);
    expect(room.subject.attendance.onlookers).toBe(0);
  });

  it('are told anew only where something has changed', () => {
    const room = new TestRoom(3);
    room.enter(1, 'a');
    const before = room.subject.attendance;
    room.name(1);
    room.name(1, 'another');
    const joined = room.subject.attendance;
    expect(joined).not.toBe(before);
    room.tickAfter(1);
    expect(room.subject.attendance).toBe(joined);
  });

  it('may be so many; of more the one that has looked on for longest gives way', () => {
    const room = new TestRoom(3);
    room.join(1, 'a');
    room.join(2, 'b');
    expect(crowd(room, ONLOOKERS_MAX)).toEqual([]);
    expect(room.enter(300, 'y').closed).toEqual([[100, 'crowded']]);
    // Who leaves a call begins to look on then, and not when the page was opened.
    expect(room.leave(2).closed).toEqual([[101, 'crowded']]);
    expect(room.subject.attendance.onlookers).toBe(ONLOOKERS_MAX);
    expect(room.inside).toBe('a');
  });

  it('may come back, and the room stays open to them', () => {
    const room = new TestRoom(3);
    crowd(room, ONLOOKERS_MAX + 1);
    room.join(400, 'x0');
    expect(room.inside).toBe('x0');
  });

  it('are shut out by the host with every link they came with; those inside stay', () => {
    const room = new TestRoom(3);
    room.invite({ kind: 'one-time' });
    room.invite({ kind: 'expiring', expiresAtMs: 1_000 });
    room.join(1, 'a');
    room.enter(2, 'b');
    room.enter(3, 'c', null, 3);
    expect(room.shutOut().closed).toEqual([
      [2, 'auth-failed'],
      [3, 'auth-failed'],
    ]);
    expect(kinds(room)).toEqual(['one-time 2', 'main 4']);
    expect(room.inside).toBe('a');
    expect(room.subject.attendance.onlookers).toBe(0);
    expect(room.enter(4, 'd', null, FIRST_LINK).closed).toEqual([[4, 'auth-failed']]);
  });

  it('keep their place and their page, where they reload', () => {
    const room = new TestRoom(3);
    const resume = room.join(1, 'a');
    room.lose(1);
    room.enter(2, 'b', resume);
    expect(room.shutOut().closed).toEqual([]);
    room.name(2);
    expect(room.inside).toBe('b');
  });

  it('cost the room no link where there are none', () => {
    const room = new TestRoom(3);
    room.join(1, 'a');
    expect(room.shutOut()).toEqual({ all: [], answers: [ok(null)] });
    expect(room.lastLink).toBe(FIRST_LINK);
    expect(kinds(room)).toEqual(['main 1']);
  });
});

describe('a report', () => {
  const inside = (...letters: string[]) => {
    const room = new TestRoom(12);
    for (const [index, letter] of letters.entries()) room.join(index + 1, letter);
    return room;
  };
  const reports = (room: TestRoom) => Object.fromEntries(room.subject.attendance.reports);

  it('counts once for each who is in, and changes nothing else', () => {
    const room = inside('a', 'b', 'c', 'd');
    for (const socket of [1, 2, 1, 2]) expect(room.report(socket, 'd').all).toEqual([]);
    expect(reports(room)).toEqual({ 'id-d': 2 });
    expect(room.inside).toBe('abcd');
    expect(room.box(4, 'a').typesTo(1)).toEqual(['chat']);
  });

  it('counts for nobody who is not in, for oneself, or by somebody who only looks on', () => {
    const room = inside('a', 'b');
    room.enter(9, 'x');
    for (const [socket, letter] of [
      [9, 'a'],
      [1, 'a'],
      [1, 'x'],
      [1, 'nobody'],
    ] as const) {
      expect(room.report(socket, letter).all).toEqual([]);
    }
    expect(reports(room)).toEqual({});
  });

  it('ends when its only reporter closes the page', () => {
    const room = inside('a', 'b', 'c');
    room.report(1, 'c');
    expect(reports(room)).toEqual({ 'id-c': 1 });
    room.sayGoodbye(1);
    expect(reports(room)).toEqual({});
  });

  it('ends when either of the two leaves', () => {
    const room = inside('a', 'b', 'c');
    room.report(1, 'c');
    room.report(2, 'c');
    room.leave(1);
    expect(reports(room)).toEqual({ 'id-c': 1 });
    room.leave(3);
    room.name(3);
    expect(reports(room)).toEqual({});
  });
});
