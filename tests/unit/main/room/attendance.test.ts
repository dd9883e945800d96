/** Holds the room to what the host sees of those who only look on, and of whom others report. */

import { describe, expect, it } from 'vitest';
import { ONLOOKERS_MAX } from '../../../../main/common/protocol/limits.ts';
import { ok } from '../../../../main/common/result.ts';
import { FIRST_LINK, RoomDesk } from '../../../support/room/room-desk.ts';

const kinds = (desk: RoomDesk) => desk.room.links.map(({ id, terms }) => `${terms.kind} ${id}`);

describe('pages that have not joined', () => {
  const crowd = (desk: RoomDesk, count: number) => {
    const given = Array.from({ length: count }, (_, index) => {
      desk.nowMs += 1;
      return desk.enter(100 + index, `x${index}`);
    });
    return given.flatMap(({ closed }) => closed);
  };

  it('are counted, and nobody else is', () => {
    const desk = new RoomDesk(3);
    desk.join(1, 'a');
    desk.enter(2, 'b');
    desk.enter(3, 'c');
    expect(desk.room.attendance.waiting).toBe(2);
    desk.name(3);
    desk.lose(2);
    expect(desk.room.attendance.waiting).toBe(0);
    desk.leave(3);
    desk.lose(1);
    expect(desk.room.attendance.waiting).toBe(1);
  });

  it('are told anew only where something has changed', () => {
    const desk = new RoomDesk(3);
    desk.enter(1, 'a');
    const before = desk.room.attendance;
    desk.name(1);
    desk.name(1, 'another');
    const joined = desk.room.attendance;
    expect(joined).not.toBe(before);
    desk.tickAfter(1);
    expect(desk.room.attendance).toBe(joined);
  });

  it('may be so many; of more the one that has looked on for longest gives way', () => {
    const desk = new RoomDesk(3);
    desk.join(1, 'a');
    desk.join(2, 'b');
    expect(crowd(desk, ONLOOKERS_MAX)).toEqual([]);
    expect(desk.enter(300, 'y').closed).toEqual([[100, 'crowded']]);
    // Who leaves a call begins to look on then, and not when the page was opened.
    expect(desk.leave(2).closed).toEqual([[101, 'crowded']]);
    expect(desk.room.attendance.waiting).toBe(ONLOOKERS_MAX);
    expect(desk.inside).toBe('a');
  });

  it('may come back, and the room stays open to them', () => {
    const desk = new RoomDesk(3);
    crowd(desk, ONLOOKERS_MAX + 1);
    desk.join(400, 'x0');
    expect(desk.inside).toBe('x0');
  });

  it('are shut out by the host with every link they came with; those inside stay', () => {
    const desk = new RoomDesk(3);
    desk.invite({ kind: 'one-time' });
    desk.invite({ kind: 'expiring', expiresAtMs: 1_000 });
    desk.join(1, 'a');
    desk.enter(2, 'b');
    desk.enter(3, 'c', null, 3);
    expect(desk.shutOut().closed).toEqual([
      [2, 'auth-failed'],
      [3, 'auth-failed'],
    ]);
    expect(kinds(desk)).toEqual(['one-time 2', 'main 4']);
    expect(desk.inside).toBe('a');
    expect(desk.room.attendance.waiting).toBe(0);
    expect(desk.enter(4, 'd', null, FIRST_LINK).closed).toEqual([[4, 'auth-failed']]);
  });

  it('keep their place and their page, where they reload', () => {
    const desk = new RoomDesk(3);
    const resume = desk.join(1, 'a');
    desk.lose(1);
    desk.enter(2, 'b', resume);
    expect(desk.shutOut().closed).toEqual([]);
    desk.name(2);
    expect(desk.inside).toBe('b');
  });

  it('cost the room no link where there are none', () => {
    const desk = new RoomDesk(3);
    desk.join(1, 'a');
    expect(desk.shutOut()).toEqual({ all: [], answers: [ok(null)] });
    expect(desk.lastLink).toBe(FIRST_LINK);
    expect(kinds(desk)).toEqual(['main 1']);
  });
});

describe('a report', () => {
  const inside = (...letters: string[]) => {
    const desk = new RoomDesk(12);
    for (const [index, letter] of letters.entries()) desk.join(index + 1, letter);
    return desk;
  };
  const reports = (desk: RoomDesk) => Object.fromEntries(desk.room.attendance.reports);

  it('counts once for each who is in, and changes nothing else', () => {
    const desk = inside('a', 'b', 'c', 'd');
    for (const socket of [1, 2, 1, 2]) expect(desk.report(socket, 'd').all).toEqual([]);
    expect(reports(desk)).toEqual({ 'id-d': 2 });
    expect(desk.inside).toBe('abcd');
    expect(desk.box(4, 'a').typesTo(1)).toEqual(['chat']);
  });

  it('counts for nobody who is not in, for oneself, or by somebody who only looks on', () => {
    const desk = inside('a', 'b');
    desk.enter(9, 'x');
    for (const [socket, letter] of [
      [9, 'a'],
      [1, 'a'],
      [1, 'x'],
      [1, 'nobody'],
    ] as const) {
      expect(desk.report(socket, letter).all).toEqual([]);
    }
    expect(reports(desk)).toEqual({});
  });

  it('ends when either of the two leaves', () => {
    const desk = inside('a', 'b', 'c');
    desk.report(1, 'c');
    desk.report(2, 'c');
    desk.leave(1);
    expect(reports(desk)).toEqual({ 'id-c': 1 });
    desk.leave(3);
    desk.name(3);
    expect(reports(desk)).toEqual({});
  });
});
