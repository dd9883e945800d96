/** Holds admission to who comes back as whom, and for how long a place is kept for them. */

import { describe, expect, it } from 'vitest';
import { PLACE_HELD_MS } from '../../../../main/common/protocol/limits.ts';
import { FIRST_LINK, identityOf, TestRoom } from '../../../support/room/test-room.ts';

const kinds = (room: TestRoom) => room.subject.links.map(({ id, terms }) => `${terms.kind} ${id}`);

describe('a page that comes back on another socket', () => {
  it('has its place kept anew when it is lost again', () => {
    const room = new TestRoom(2);
    const resume = room.join(1, 'a');
    room.lose(1);
    room.nowMs += PLACE_HELD_MS - 1;
    expect(room.enter(2, 'a', resume).closed).toEqual([]);
    expect(room.subject.nextDeadlineMs()).toBeNull();
    room.lose(2);
    room.tickAfter(PLACE_HELD_MS - 1);
    expect(room.inside).toBe('a');
    room.tickAfter(1);
    expect(room.inside).toBe('');
  });

  it('keeps the place that waits for its new name', () => {
    const room = new TestRoom(1);
    room.nowMs = 5_000;
    const resume = room.join(1, 'a');
    room.lose(1);
    expect(room.enter(2, 'b', resume).closed).toEqual([]);
    expect(room.subject.nextDeadlineMs()).toBe(5_000 + PLACE_HELD_MS);
    room.enter(3, 'b', resume);
    room.enter(4, 'c');
    expect(room.nameAmongLiving(4).typesTo(4)).toEqual(['full']);
    room.name(3);
    expect(room.inside).toBe('b');
  });

  it('uses up no one-time link before it is in', () => {
    const room = new TestRoom(2);
    room.invite({ kind: 'one-time' });
    const resume = room.enter(1, 'a', null, room.lastLink).resumeFor(1);
    room.enter(2, 'a', resume, room.lastLink);
    expect(kinds(room)).toEqual(['main 1', 'one-time 2']);
    room.name(2);
    expect(kinds(room)).toEqual(['main 1']);
  });

  it('is known for good, however long it was away for', () => {
    const room = new TestRoom(2);
    room.invite({ kind: 'one-time' });
    const resume = room.join(1, 'a', room.lastLink);
    room.sayGoodbye(1);
    expect(room.subject.nextDeadlineMs()).toBe(PLACE_HELD_MS);
    expect(room.enter(2, 'a', resume, room.lastLink).resumeFor(2)).toBe(resume);
    expect(room.subject.nextDeadlineMs()).toBeNull();
  });
});

describe('a page that waits for the place of another', () => {
  it('keeps its turn from whoever brings its key under another id', () => {
    const room = new TestRoom(2);
    const resume = room.join(1, 'a');
    room.enter(2, 'b', resume);
    const identity = { ...identityOf('b'), id: 'id-z' };
    expect(room.handle({ type: 'entered', socket: 3, link: FIRST_LINK, identity, resume }).closed).toEqual([
      [3, 'id-taken'],
    ]);
  });

  it('does not come in when the link of both has ended meanwhile', () => {
    const room = new TestRoom(2);
    const resume = room.enter(1, 'a').resumeFor(1);
    room.enter(2, 'b', resume);
    const ended = room.command({ type: 'new-link' });
    expect(ended.closed).toEqual([
      [1, 'auth-failed'],
      [2, 'auth-failed'],
    ]);
    expect(ended.typesTo(2)).toEqual([]);
    expect([room.subject.resumes, room.subject.nextDeadlineMs()]).toEqual([[], null]);
  });
});
