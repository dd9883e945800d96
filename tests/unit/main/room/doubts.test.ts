/** The place of somebody who is not there any more, and whose person stands at the door with the same link. */

import { describe, expect, it } from 'vitest';
import {
  AWAY_DOUBTED_MS,
  DOUBT_AGAIN_MS,
  DOUBT_SOCKET_MS,
  DOUBT_WITNESS_MS,
  FRESH_PLACE_MS,
  PLACE_HELD_MS,
} from '../../../../main/common/protocol/limits.ts';
import { TestRoom } from '../../../support/room/test-room.ts';

/** A room for two with a and b, for a while. */
function twoInside(capacity = 2): TestRoom {
  const room = new TestRoom(capacity);
  room.join(1, 'a');
  room.join(2, 'b');
  room.nowMs += FRESH_PLACE_MS;
  return room;
}

/** a came by the room's own link, b by an invitation. */
function roomOfTwoLinks(capacity = 2): TestRoom {
  const room = new TestRoom(capacity);
  room.join(1, 'a');
  room.invite({ kind: 'expiring', expiresAtMs: 1e9 });
  room.join(2, 'b', room.lastLink);
  room.nowMs += FRESH_PLACE_MS;
  return room;
}

describe('a crashed browser’s place', () => {
  it('is its person’s again as soon as the other one says that nothing is heard', () => {
    const room = twoInside();
    room.lose(2);
    room.enter(3, 'c');
    const asked = room.name(3);
    expect(asked.to(1)).toContainEqual({ type: 'doubt', id: 'id-b' });
    expect(asked.typesTo(3)).toEqual([]);
    room.alive(1);
    expect(room.inside).toBe('ab');
    const told = room.vouch(1, 'b', 'lost');
    expect(room.inside).toBe('ac');
    expect(told.typesTo(3)).toContain('roster');
    expect(told.typesTo(1)).toContain('roster');
  });

  it('is asked about once where its socket closes while it is being asked', () => {
    const room = twoInside();
    room.enter(3, 'c');
    room.name(3);
    const told = room.lose(2).to(1);
    expect(told.filter(({ type }) => type === 'doubt')).toEqual([{ type: 'doubt', id: 'id-b' }]);
  });

  it('stays with who is heard, and the room is full', () => {
    const room = twoInside();
    room.lose(2);
    room.enter(3, 'c');
    room.nameAmongLiving(3);
    expect(room.vouch(1, 'b', 'there').to(3)).toEqual([{ type: 'full', capacity: 2 }]);
    expect(room.inside).toBe('ab');
  });

  it('stays with who was never connected, as far as those know who are in', () => {
    const room = twoInside();
    room.lose(2);
    room.enter(3, 'c');
    room.nameAmongLiving(3);
    expect(room.vouch(1, 'b', 'unknown').typesTo(3)).toEqual(['full']);
    expect(room.inside).toBe('ab');
  });

  it('stays where who was asked does not answer', () => {
    const room = twoInside();
    room.lose(2);
    room.enter(3, 'c');
    room.nameAmongLiving(3);
    room.tickAfter(DOUBT_WITNESS_MS - 1);
    expect(room.tickAfter(1).typesTo(3)).toEqual(['full']);
    expect(room.inside).toBe('ab');
    expect(room.vouch(1, 'b', 'lost').all).toEqual([]);
    expect(room.inside).toBe('ab');
  });

  it('stays where a broken tunnel took all sockets', () => {
    const room = twoInside(3);
    room.lose(1);
    room.lose(2);
    expect(room.enter(3, 'c').typesTo(3)).toEqual(['hello']);
    room.name(3);
    room.enter(4, 'd');
    room.name(4);
    room.alive(3);
    expect(room.inside).toBe('abc');
    room.vouch(3, 'a', 'unknown');
    expect(room.vouch(3, 'b', 'unknown').typesTo(4)).toEqual(['full']);
    expect(room.inside).toBe('abc');
  });

  it('stays at once where nobody is left to ask', () => {
    const room = twoInside();
    room.lose(1);
    room.lose(2);
    room.enter(3, 'c');
    const asked = room.name(3);
    expect([asked.probed, asked.typesTo(3)]).toEqual([[], ['full']]);
  });

  it('stays at once where whoever could be asked is away, by whatever link they came', () => {
    const room = roomOfTwoLinks();
    for (const socket of [1, 2]) room.lose(socket);
    room.enter(3, 'c', null, room.lastLink);
    expect(room.name(3).typesTo(3)).toEqual(['full']);
  });

  it('is asked about once', () => {
    const room = twoInside();
    room.lose(2);
    room.enter(3, 'c');
    expect(room.nameAmongLiving(3).probed).toEqual([1]);
    expect(room.tickAfter(DOUBT_WITNESS_MS).typesTo(1)).toEqual([]);
  });

  it('is doubted where one of many links is the same', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    const resume = room.join(2, 'b');
    room.invite({ kind: 'expiring', expiresAtMs: 1e9 });
    room.enter(3, 'b', resume, room.lastLink);
    room.nowMs += FRESH_PLACE_MS;
    room.lose(3);
    room.enter(4, 'c');
    expect(room.name(4).to(1)).toContainEqual({ type: 'doubt', id: 'id-b' });
  });

  it('stays when who was asked goes, too', () => {
    const room = twoInside();
    room.lose(2);
    room.enter(3, 'c');
    room.nameAmongLiving(3);
    expect(room.lose(1).typesTo(3)).toEqual(['full']);
    expect(room.inside).toBe('ab');
  });

  it('is given up in a group, too, while its person is in already', () => {
    const room = twoInside(6);
    room.lose(2);
    room.join(3, 'c');
    expect(room.inside).toBe('abc');
    room.vouch(1, 'b', 'lost');
    expect(room.inside).toBe('ac');
  });

  it('needs everybody’s word, and one voice is enough to keep it', () => {
    for (const [words, inside] of [
      [['lost', 'lost'], 'acd'],
      [['lost', 'unknown'], 'acd'],
      [['unknown', 'lost'], 'acd'],
      [['lost', 'there'], 'abcd'],
      [['there', 'lost'], 'abcd'],
    ] as const) {
      const room = twoInside(6);
      room.join(3, 'c');
      room.nowMs += FRESH_PLACE_MS;
      room.lose(2);
      room.join(4, 'd');
      room.vouch(1, 'b', words[0]);
      room.vouch(3, 'b', words[1]);
      expect([words, room.inside]).toEqual([words, inside]);
    }
  });

  it('is doubted for somebody with another link only where there is no other place', () => {
    for (const [capacity, asked, inside] of [
      [2, ['doubt'], 'ac'],
      [3, ['roster'], 'abc'],
    ] as const) {
      const room = roomOfTwoLinks(capacity);
      room.lose(2);
      room.enter(3, 'c');
      const told = room.nameAmongLiving(3);
      expect([capacity, told.typesTo(1)]).toEqual([capacity, asked]);
      expect(told.typesTo(3)).not.toContain('full');
      room.vouch(1, 'b', 'lost');
      expect(room.inside).toBe(inside);
    }
  });

  it('takes back who was there after all, while there is room', () => {
    const room = new TestRoom(3);
    const resume = room.join(2, 'b');
    room.join(1, 'a');
    room.nowMs += FRESH_PLACE_MS;
    room.lose(2);
    room.join(3, 'c');
    room.vouch(1, 'b', 'lost');
    expect(room.inside).toBe('ac');
    expect(room.enter(4, 'b', resume).resumeFor(4)).toBe(resume);
    room.nameAmongLiving(4);
    expect(room.inside).toBe('acb');
  });

  it('forgets who does not come back', () => {
    const room = new TestRoom(3);
    const resume = room.join(2, 'b');
    room.join(1, 'a');
    room.nowMs += FRESH_PLACE_MS;
    room.lose(2);
    room.join(3, 'c');
    room.vouch(1, 'b', 'lost');
    room.tickAfter(PLACE_HELD_MS);
    expect(room.enter(4, 'b', resume).resumeFor(4)).not.toBe(resume);
  });
});

describe('a place whose person nobody hears', () => {
  it('is given up though nobody wants it, once they have been away for 15 seconds', () => {
    const room = twoInside(6);
    room.lose(2);
    expect(room.tickAfter(AWAY_DOUBTED_MS - 1).all).toEqual([]);
    expect(room.inside).toBe('ab');
    expect(room.tickAfter(1).to(1)).toEqual([{ type: 'doubt', id: 'id-b' }]);
    expect(room.vouch(1, 'b', 'lost').typesTo(1)).toEqual(['roster']);
    expect(room.inside).toBe('a');
    expect(room.subject.nextDeadlineMs()).toBe(room.nowMs + PLACE_HELD_MS);
  });

  it('is doubted again and again, and kept while somebody hears them, however long', () => {
    const room = twoInside(6);
    room.lose(2);
    for (let passedMs = 0; passedMs < 3 * PLACE_HELD_MS; passedMs += AWAY_DOUBTED_MS) {
      expect(room.tickAfter(AWAY_DOUBTED_MS).typesTo(1)).toEqual(['doubt']);
      expect(room.vouch(1, 'b', 'there').all).toEqual([]);
      expect(room.inside).toBe('ab');
    }
    for (let passedMs = AWAY_DOUBTED_MS; passedMs < PLACE_HELD_MS; passedMs += AWAY_DOUBTED_MS) {
      expect(room.tickAfter(AWAY_DOUBTED_MS).typesTo(1)).toEqual(['doubt']);
      room.vouch(1, 'b', 'unknown');
      expect(room.inside).toBe('ab');
    }
    expect(room.tickAfter(AWAY_DOUBTED_MS).typesTo(1)).toEqual(['roster']);
    expect(room.inside).toBe('a');
  });

  it('is kept no longer by a word that nobody asked for, or of who is not away', () => {
    const room = twoInside(6);
    room.vouch(1, 'b', 'there');
    room.lose(2);
    room.tickAfter(AWAY_DOUBTED_MS - 1);
    room.vouch(1, 'b', 'there');
    room.tickAfter(PLACE_HELD_MS - AWAY_DOUBTED_MS + 1);
    expect(room.inside).toBe('a');
  });

  it('is theirs when they are back in time, and for a minute while it is nobody else’s', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    const resume = room.join(2, 'b');
    room.nowMs += FRESH_PLACE_MS;
    room.lose(2);
    room.tickAfter(AWAY_DOUBTED_MS - 1);
    room.enter(3, 'b', resume);
    expect(room.tickAfter(AWAY_DOUBTED_MS).all).toEqual([]);
    room.lose(3);
    room.tickAfter(AWAY_DOUBTED_MS);
    room.vouch(1, 'b', 'lost');
    room.nowMs += PLACE_HELD_MS - 1;
    expect(room.enter(4, 'b', resume).resumeFor(4)).toBe(resume);
    room.nameAmongLiving(4);
    expect(room.inside).toBe('ab');
  });

  it('is kept where all are away, as when a tunnel breaks, and those who come back hear each other', () => {
    const room = new TestRoom(6);
    const resumes = ['a', 'b'].map((letter, index) => room.join(index + 1, letter));
    room.nowMs += FRESH_PLACE_MS;
    for (const socket of [1, 2]) room.lose(socket);
    expect(room.tickAfter(AWAY_DOUBTED_MS).all).toEqual([]);
    room.enter(3, 'a', resumes[0]);
    expect(room.tickAfter(AWAY_DOUBTED_MS).to(3)).toEqual([{ type: 'doubt', id: 'id-b' }]);
    room.vouch(3, 'b', 'there');
    room.enter(4, 'b', resumes[1]);
    expect(room.inside).toBe('ab');
  });

  it('is doubted at the first heartbeat that their socket misses', () => {
    const room = twoInside(6);
    expect(room.silent(2).probed).toEqual([2]);
    expect(room.tickAfter(DOUBT_SOCKET_MS).to(1)).toEqual([{ type: 'doubt', id: 'id-b' }]);
    expect(room.vouch(1, 'b', 'lost').cut).toEqual([2]);
    expect(room.inside).toBe('a');
  });

  it('is nobody’s where a page only looks on, or is loaded anew', () => {
    const room = twoInside(6);
    room.enter(3, 'c');
    expect(room.silent(3).all).toEqual([]);
    const resume = room.join(4, 'd');
    room.lose(4);
    room.enter(5, 'e', resume);
    room.lose(5);
    expect(room.tickAfter(AWAY_DOUBTED_MS).typesTo(1)).toEqual([]);
  });
});

describe('a silent socket', () => {
  it('is asked first, then those who could hear its person, and ended', () => {
    const room = twoInside();
    room.enter(3, 'c');
    const asked = room.name(3);
    expect(asked.probed).toEqual([1, 2]);
    room.alive(1);
    expect(room.tickAfter(DOUBT_SOCKET_MS - 1).typesTo(1)).toEqual([]);
    expect(room.tickAfter(1).to(1)).toEqual([{ type: 'doubt', id: 'id-b' }]);
    expect(room.vouch(1, 'b', 'lost').cut).toEqual([2]);
    expect(room.inside).toBe('ac');
  });

  it('gives way in a full room to its person by another link, too, and in no other', () => {
    for (const [capacity, probed, inside] of [
      [2, [1, 2], 'ac'],
      [3, [1], 'abc'],
    ] as const) {
      const room = roomOfTwoLinks(capacity);
      room.enter(3, 'c');
      expect([capacity, room.name(3).probed]).toEqual([capacity, probed]);
      room.alive(1);
      room.tickAfter(DOUBT_SOCKET_MS);
      room.vouch(1, 'b', 'lost');
      expect(room.inside).toBe(inside);
    }
  });

  it('that answers keeps its place, whatever is said of it by who came by another link', () => {
    const room = roomOfTwoLinks();
    room.enter(3, 'c');
    room.name(3);
    room.alive(1);
    expect(room.alive(2).typesTo(3)).toEqual(['full']);
    room.vouch(1, 'b', 'lost');
    expect(room.inside).toBe('ab');
  });

  it('that closes has those asked at once who could hear its person, and about nobody else', () => {
    const room = twoInside(6);
    room.join(3, 'c');
    room.nowMs += DOUBT_AGAIN_MS;
    room.enter(4, 'd');
    expect(room.name(4).probed).toEqual([1, 2, 3]);
    const gone = room.lose(2);
    for (const socket of [1, 3]) expect(gone.to(socket)).toEqual([{ type: 'doubt', id: 'id-b' }]);
  });

  it('that closes when they have been asked has nobody asked again', () => {
    const room = twoInside(6);
    room.enter(3, 'c');
    room.name(3);
    room.alive(1);
    expect(room.tickAfter(DOUBT_SOCKET_MS).typesTo(1)).toEqual(['doubt']);
    expect(room.lose(2).typesTo(1)).toEqual([]);
  });

  it('of a page that only looks on is nobody’s place', () => {
    const room = twoInside();
    room.enter(4, 'd');
    room.enter(3, 'c');
    expect(room.name(3).probed).toEqual([1, 2]);
  });

  it('that answers is no more doubted, and the room is full at once', () => {
    const room = twoInside();
    room.enter(3, 'c');
    room.name(3);
    room.alive(1);
    expect(room.alive(2).typesTo(3)).toEqual(['full']);
    expect(room.subject.nextDeadlineMs()).toBeNull();
  });

  it('is no witness', () => {
    const room = twoInside(6);
    room.join(3, 'c');
    room.nowMs += FRESH_PLACE_MS;
    room.enter(4, 'd');
    room.name(4);
    room.alive(1);
    const asked = room.tickAfter(DOUBT_SOCKET_MS);
    expect(asked.to(1)).toHaveLength(2);
    expect([...asked.to(2), ...asked.to(3)]).toEqual([]);
    room.vouch(1, 'b', 'lost');
    room.vouch(1, 'c', 'lost');
    expect(room.inside).toBe('ad');
  });

  it('is not asked again and again for somebody who comes back all the time', () => {
    const room = twoInside();
    room.enter(3, 'c');
    expect(room.nameAmongLiving(3).probed).toEqual([1, 2]);
    for (let count = 0; count < 20; count++) {
      room.nowMs += (DOUBT_AGAIN_MS - 1) / 20;
      const again = room.name(3);
      expect(again.probed).toEqual([]);
      expect(again.typesTo(3)).toEqual(['full']);
    }
    room.nowMs += DOUBT_AGAIN_MS;
    expect(room.name(3).probed).toEqual([1, 2]);
  });

  it('whose page comes back on another one is doubted no more', () => {
    const room = new TestRoom(2);
    const resume = room.join(1, 'a');
    room.join(2, 'b');
    room.nowMs += FRESH_PLACE_MS;
    room.enter(3, 'c');
    room.name(3);
    room.alive(2);
    expect(room.enter(4, 'a', resume).typesTo(3)).toEqual(['full']);
    expect(room.inside).toBe('ab');
  });
});

describe('a word', () => {
  it('that nobody asked for, or on oneself, does nothing', () => {
    const room = twoInside();
    room.vouch(1, 'b', 'lost');
    room.lose(2);
    room.vouch(1, 'b', 'lost');
    room.enter(3, 'c');
    room.name(3);
    room.vouch(3, 'b', 'lost');
    room.vouch(1, 'a', 'lost');
    expect(room.inside).toBe('ab');
  });
});
