/** Holds a room to going on where another was cut off: places, links, order, and who was put out. */

import { describe, expect, it } from 'vitest';
import { AWAY_DOUBTED_MS, PLACE_HELD_MS } from '../../../../main/common/protocol/limits.ts';
import { FIRST_LINK, identityOf, TestRoom } from '../../../support/room/test-room.ts';

/** Another room that goes on with what this one is, `awayMs` later. */
function resumed(former: TestRoom, awayMs = 0): TestRoom {
  const room = new TestRoom(3, { isEmpty: true });
  room.lastLink = former.lastLink;
  room.nowMs = 5_000;
  room.handle({ type: 'resumed', kept: former.subject.keep(former.nowMs), awayMs });
  return room;
}

/** Anna and Boris are in, Clara looks on. */
function busyRoom(): { readonly room: TestRoom; readonly resumes: readonly string[] } {
  const room = new TestRoom(3);
  const resumes = [1, 2, 3].map((socket) => room.enter(socket, 'abc'[socket - 1] ?? '').resumeFor(socket));
  room.nameAmongLiving(2);
  room.nameAmongLiving(1);
  return { room, resumes };
}

describe('a room that goes on', () => {
  it('has the same people in the same order, and each is let back to the own place', () => {
    const { room, resumes } = busyRoom();
    const later = resumed(room);
    expect(later.subject.roster()).toEqual(room.subject.roster());
    const back = later.enter(11, 'a', resumes[0]);
    expect(back.resumeFor(11)).toBe(resumes[0]);
    expect(back.to(11)[0]).toMatchObject({ roster: room.subject.roster() });
    // The page whose `hello` got lost, and the reload of another.
    expect(later.enter(12, 'b').resumeFor(12)).toBe(resumes[1]);
    later.lose(12);
    later.enter(13, 'd', resumes[1]);
    later.name(13);
    expect(later.inside).toBe('da');
  });

  it('holds places for a minute from then on, and not for those who never come', () => {
    const later = resumed(busyRoom().room);
    later.enter(11, 'a');
    later.tickAfter(PLACE_HELD_MS - 1);
    expect(later.inside).toBe('ba');
    later.tickAfter(1);
    expect(later.inside).toBe('a');
  });

  it('asks those who are back about those who are not', () => {
    const later = resumed(busyRoom().room);
    later.enter(11, 'a');
    expect(later.tickAfter(AWAY_DOUBTED_MS).typesTo(11)).toEqual(['doubt']);
  });

  it('lets nobody take another’s place or id', () => {
    const later = resumed(busyRoom().room);
    expect(later.enter(11, 'a', 'made up').closed).toEqual([[11, 'id-taken']]);
  });

  it('is as full as it was', () => {
    const { room } = busyRoom();
    room.nameAmongLiving(3);
    const later = resumed(room);
    later.enter(11, 'd');
    expect(later.name(11).typesTo(11)).toEqual(['full']);
  });

  it('knows its links: what let people in still does, what had ended only lets back', () => {
    const room = new TestRoom(3);
    room.invite({ kind: 'one-time' });
    room.invite({ kind: 'expiring', expiresAtMs: 60_000 });
    const resume = room.enter(1, 'a', null, 2).resumeFor(1);
    room.name(1);
    room.nowMs = 10_000;
    const later = resumed(room, 20_000);
    expect(later.subject.links).toEqual([
      { id: FIRST_LINK, terms: { kind: 'main' } },
      { id: 3, terms: { kind: 'expiring', expiresAtMs: 35_000 } },
    ]);
    expect(later.enter(11, 'b', null, 2).closed).toEqual([[11, 'auth-failed']]);
    expect(later.enter(12, 'a', resume, 2).resumeFor(12)).toBe(resume);
    expect(later.enter(13, 'c', null, 3).closed).toEqual([]);
    later.tickAfter(30_000);
    expect(later.subject.links.map(({ id }) => id)).toEqual([FIRST_LINK]);
  });

  it('lets those who were removed stay out, with all they had', () => {
    const { room, resumes } = busyRoom();
    room.remove('a');
    const kept = room.subject.keep(room.nowMs);
    expect(JSON.stringify(kept)).not.toContain(resumes[0]);
    expect(JSON.stringify(kept)).not.toContain(identityOf('a').key);
    const later = resumed(room);
    // The link stays known for Boris, who came by it as well.
    expect(later.enter(11, 'a', resumes[0], FIRST_LINK).closed).toEqual([[11, 'auth-failed']]);
    expect(later.enter(12, 'b', resumes[1], FIRST_LINK).closed).toEqual([]);
    expect(later.inside).toBe('b');
  });

  it('is kept the same when it goes on and nothing happens', () => {
    const { room } = busyRoom();
    const { nowMs: _, ...before } = room.subject.keep(0);
    const { nowMs: __, ...after } = resumed(room).subject.keep(5_000);
    expect(after).toEqual(before);
  });
});
