/** The place of somebody who is not there any more, and whose person stands at the door with the same link. */

import { describe, expect, it } from 'vitest';
import {
  DOUBT_AGAIN_MS,
  DOUBT_SOCKET_MS,
  DOUBT_WITNESS_MS,
  FRESH_PLACE_MS,
  PLACE_HELD_MS,
} from '../../../../main/common/protocol/limits.ts';
import { RoomDesk } from '../../../support/room/room-desk.ts';

/** A room for two with a and b, for a while. */
function twoInside(capacity = 2): RoomDesk {
  const desk = new RoomDesk(capacity);
  desk.join(1, 'a');
  desk.join(2, 'b');
  desk.nowMs += FRESH_PLACE_MS;
  return desk;
}

describe('a crashed browser’s place', () => {
  it('is its person’s again as soon as the other one says that nothing is heard', () => {
    const desk = twoInside();
    desk.lose(2);
    desk.enter(3, 'c');
    const asked = desk.name(3);
    expect(asked.to(1)).toContainEqual({ type: 'doubt', id: 'id-b' });
    expect(asked.typesTo(3)).toEqual([]);
    desk.alive(1);
    expect(desk.inside).toBe('ab');
    const told = desk.vouch(1, 'b', 'lost');
    expect(desk.inside).toBe('ac');
    expect(told.typesTo(3)).toContain('roster');
    expect(told.typesTo(1)).toContain('roster');
  });

  it('stays with who is heard, and the room is full', () => {
    const desk = twoInside();
    desk.lose(2);
    desk.enter(3, 'c');
    desk.nameAmongLiving(3);
    expect(desk.vouch(1, 'b', 'there').to(3)).toEqual([{ type: 'full', capacity: 2 }]);
    expect(desk.inside).toBe('ab');
  });

  it('stays with who was never connected, as far as those know who are in', () => {
    const desk = twoInside();
    desk.lose(2);
    desk.enter(3, 'c');
    desk.nameAmongLiving(3);
    expect(desk.vouch(1, 'b', 'unknown').typesTo(3)).toEqual(['full']);
    expect(desk.inside).toBe('ab');
  });

  it('stays where who was asked does not answer', () => {
    const desk = twoInside();
    desk.lose(2);
    desk.enter(3, 'c');
    desk.nameAmongLiving(3);
    desk.tickAfter(DOUBT_WITNESS_MS - 1);
    expect(desk.tickAfter(1).typesTo(3)).toEqual(['full']);
    expect(desk.inside).toBe('ab');
    expect(desk.vouch(1, 'b', 'lost').all).toEqual([]);
    expect(desk.inside).toBe('ab');
  });

  it('stays where a broken tunnel took all sockets', () => {
    const desk = twoInside(3);
    desk.lose(1);
    desk.lose(2);
    expect(desk.enter(3, 'c').typesTo(3)).toEqual(['hello']);
    desk.name(3);
    desk.enter(4, 'd');
    desk.name(4);
    desk.alive(3);
    expect(desk.inside).toBe('abc');
    desk.vouch(3, 'a', 'unknown');
    expect(desk.vouch(3, 'b', 'unknown').typesTo(4)).toEqual(['full']);
    expect(desk.inside).toBe('abc');
  });

  it('stays when who was asked goes, too', () => {
    const desk = twoInside();
    desk.lose(2);
    desk.enter(3, 'c');
    desk.nameAmongLiving(3);
    expect(desk.lose(1).typesTo(3)).toEqual(['full']);
    expect(desk.inside).toBe('ab');
  });

  it('is given up in a group, too, while its person is in already', () => {
    const desk = twoInside(6);
    desk.lose(2);
    desk.join(3, 'c');
    expect(desk.inside).toBe('abc');
    desk.vouch(1, 'b', 'lost');
    expect(desk.inside).toBe('ac');
  });

  it('needs everybody’s word, and one voice is enough to keep it', () => {
    for (const [words, inside] of [
      [['lost', 'lost'], 'acd'],
      [['lost', 'unknown'], 'acd'],
      [['unknown', 'lost'], 'acd'],
      [['lost', 'there'], 'abcd'],
      [['there', 'lost'], 'abcd'],
    ] as const) {
      const desk = twoInside(6);
      desk.join(3, 'c');
      desk.nowMs += FRESH_PLACE_MS;
      desk.lose(2);
      desk.join(4, 'd');
      desk.vouch(1, 'b', words[0]);
      desk.vouch(3, 'b', words[1]);
      expect([words, desk.inside]).toEqual([words, inside]);
    }
  });

  it('is not doubted by somebody with another link', () => {
    const desk = new RoomDesk(2);
    const other = desk.invite({ kind: 'expiring', expiresAtMs: 1e9 }) && desk.lastLink;
    desk.join(1, 'a');
    desk.join(2, 'b', other);
    desk.lose(2);
    desk.enter(3, 'c');
    const asked = desk.nameAmongLiving(3);
    expect(asked.typesTo(3)).toEqual(['full']);
    expect(asked.typesTo(1)).toEqual([]);
  });

  it('takes back who was there after all, while there is room', () => {
    const desk = new RoomDesk(3);
    const resume = desk.join(2, 'b');
    desk.join(1, 'a');
    desk.nowMs += FRESH_PLACE_MS;
    desk.lose(2);
    desk.join(3, 'c');
    desk.vouch(1, 'b', 'lost');
    expect(desk.inside).toBe('ac');
    expect(desk.enter(4, 'b', resume).resumeFor(4)).toBe(resume);
    desk.nameAmongLiving(4);
    expect(desk.inside).toBe('acb');
  });

  it('forgets who does not come back', () => {
    const desk = new RoomDesk(3);
    const resume = desk.join(2, 'b');
    desk.join(1, 'a');
    desk.nowMs += FRESH_PLACE_MS;
    desk.lose(2);
    desk.join(3, 'c');
    desk.vouch(1, 'b', 'lost');
    desk.tickAfter(PLACE_HELD_MS);
    expect(desk.enter(4, 'b', resume).resumeFor(4)).not.toBe(resume);
  });
});

describe('a silent socket', () => {
  it('is asked first, then those who could hear its person, and ended', () => {
    const desk = twoInside();
    desk.enter(3, 'c');
    const asked = desk.name(3);
    expect(asked.probed).toEqual([1, 2]);
    desk.alive(1);
    expect(desk.tickAfter(DOUBT_SOCKET_MS - 1).typesTo(1)).toEqual([]);
    expect(desk.tickAfter(1).to(1)).toEqual([{ type: 'doubt', id: 'id-b' }]);
    expect(desk.vouch(1, 'b', 'lost').cut).toEqual([2]);
    expect(desk.inside).toBe('ac');
  });

  it('that answers is no more doubted, and the room is full at once', () => {
    const desk = twoInside();
    desk.enter(3, 'c');
    desk.name(3);
    desk.alive(1);
    expect(desk.alive(2).typesTo(3)).toEqual(['full']);
    expect(desk.room.nextDeadlineMs()).toBeNull();
  });

  it('is no witness', () => {
    const desk = twoInside(6);
    desk.join(3, 'c');
    desk.nowMs += FRESH_PLACE_MS;
    desk.enter(4, 'd');
    desk.name(4);
    desk.alive(1);
    const asked = desk.tickAfter(DOUBT_SOCKET_MS);
    expect(asked.to(1)).toHaveLength(2);
    expect([...asked.to(2), ...asked.to(3)]).toEqual([]);
    desk.vouch(1, 'b', 'lost');
    desk.vouch(1, 'c', 'lost');
    expect(desk.inside).toBe('ad');
  });

  it('is not asked again and again for somebody who knocks all the time', () => {
    const desk = twoInside();
    desk.enter(3, 'c');
    expect(desk.nameAmongLiving(3).probed).toEqual([1, 2]);
    for (let knock = 0; knock < 20; knock++) {
      desk.nowMs += (DOUBT_AGAIN_MS - 1) / 20;
      const again = desk.name(3);
      expect(again.probed).toEqual([]);
      expect(again.typesTo(3)).toEqual(['full']);
    }
    desk.nowMs += DOUBT_AGAIN_MS;
    expect(desk.name(3).probed).toEqual([1, 2]);
  });

  it('whose page comes back on another one is doubted no more', () => {
    const desk = new RoomDesk(2);
    const resume = desk.join(1, 'a');
    desk.join(2, 'b');
    desk.nowMs += FRESH_PLACE_MS;
    desk.enter(3, 'c');
    desk.name(3);
    desk.alive(2);
    expect(desk.enter(4, 'a', resume).typesTo(3)).toEqual(['full']);
    expect(desk.inside).toBe('ab');
  });
});

describe('a word', () => {
  it('that nobody asked for, or on oneself, does nothing', () => {
    const desk = twoInside();
    desk.vouch(1, 'b', 'lost');
    desk.lose(2);
    desk.vouch(1, 'b', 'lost');
    desk.enter(3, 'c');
    desk.name(3);
    desk.vouch(3, 'b', 'lost');
    desk.vouch(1, 'a', 'lost');
    expect(desk.inside).toBe('ab');
  });
});
