/** Holds the room to its host's own page: past the door and back to its place by what was drawn for it, once, and nobody else by that. */

import { describe, expect, it } from 'vitest';
import { FRESH_PLACE_MS, PLACE_HELD_MS, TAKEOVER_PING_MS } from '../../../../main/common/protocol/limits.ts';
import { FIRST_LINK, TestRoom } from '../../../support/room/test-room.ts';

/** Locked, and with a lobby: nobody comes in but by the host's word. */
function shutRoom(capacity = 3): TestRoom {
  const room = new TestRoom(capacity, { lobby: true });
  room.command({ type: 'lock' });
  return room;
}

function expectHost(room: TestRoom, resume: string): void {
  expect(room.handle({ type: 'host-expected', resume }).all).toEqual([]);
}

/** The host's page, loaded anew under another key each time. */
function comeAsHost(room: TestRoom, socket: number, letter: string, resume = `drawn-${letter}`): void {
  expectHost(room, resume);
  room.enter(socket, letter, resume);
  room.answerProbes(room.name(socket));
}

describe('the host’s own page', () => {
  it('comes into the own room, whatever the door asks of others, and again after leaving', () => {
    const room = shutRoom();
    comeAsHost(room, 1, 'h');
    expect(room.inside).toBe('h');
    room.leave(1);
    expect(room.inside).toBe('');
    room.name(1);
    expect(room.inside).toBe('h');
    expect(room.waiting).toBe('');
  });

  it('comes into a 1×1 in which one guest is', () => {
    const room = new TestRoom(2, { lobby: true });
    room.join(1, 'a');
    room.admit('a');
    comeAsHost(room, 2, 'h');
    expect(room.inside).toBe('ah');
  });

  it('takes over the place that its former self left behind, in a full room as well', () => {
    const room = new TestRoom(2);
    comeAsHost(room, 1, 'h');
    room.join(2, 'a');
    room.lose(1);
    expect(room.inside).toBe('ha');
    // The window crashed; the next one knows nothing of the former.
    comeAsHost(room, 3, 'i');
    expect(room.inside).toBe('ia');
  });

  it('takes it over from a window that hangs, once that is certain', () => {
    const room = shutRoom(2);
    comeAsHost(room, 1, 'h');
    expectHost(room, 'drawn-i');
    expect(room.enter(2, 'i', 'drawn-i').probed).toEqual([1]);
    room.tickAfter(TAKEOVER_PING_MS);
    room.name(2);
    expect(room.inside).toBe('i');
  });

  it('is let in beside one that lives', () => {
    const room = shutRoom();
    comeAsHost(room, 1, 'h');
    expectHost(room, 'drawn-i');
    room.answerProbes(room.enter(2, 'i', 'drawn-i'));
    room.name(2);
    expect(room.inside).toBe('hi');
  });

  it('comes back by a link that has ended, as any page that was known', () => {
    const room = shutRoom();
    comeAsHost(room, 1, 'h');
    room.command({ type: 'new-link' });
    room.lose(1);
    expectHost(room, 'drawn-i');
    expect(room.enter(2, 'i', 'drawn-i', FIRST_LINK).typesTo(2)).toEqual(['hello']);
  });

  it('is known in the next run of a room that is kept', () => {
    const first = shutRoom();
    comeAsHost(first, 1, 'h');
    const room = new TestRoom(3, { isEmpty: true });
    room.handle({ type: 'resumed', kept: first.subject.keep(first.nowMs), awayMs: 0 });
    comeAsHost(room, 2, 'i');
    expect(room.inside).toBe('i');
  });
});

describe('the place of the host’s own page', () => {
  /** The page is open, and nobody has pressed Join there yet. */
  function openAsHost(room: TestRoom, socket: number, letter = 'h'): void {
    expectHost(room, `drawn-${letter}`);
    room.enter(socket, letter, `drawn-${letter}`);
  }

  it('is kept from when it is open, however many guests come before the host joins', () => {
    const room = new TestRoom(2);
    openAsHost(room, 1);
    room.join(2, 'a');
    room.enter(3, 'b');
    expect(room.nameAmongLiving(3).typesTo(3)).toEqual(['full']);
    room.tickAfter(10 * PLACE_HELD_MS);
    expect(room.nameAmongLiving(3).typesTo(3)).toEqual(['full']);
    room.nameAmongLiving(1);
    expect(room.inside).toBe('ah');
  });

  it('is the next one that becomes free, where two guests had filled the room before', () => {
    const room = new TestRoom(2);
    for (const [socket, letter] of [
      [1, 'a'],
      [2, 'b'],
    ] as const)
      room.join(socket, letter);
    openAsHost(room, 3);
    expect(room.nameAmongLiving(3).typesTo(3)).toEqual(['full']);
    room.enter(4, 'c');
    room.remove('b');
    room.name(4);
    expect(room.inside).toBe('a');
    room.name(3);
    expect(room.inside).toBe('ah');
  });

  it('puts nobody out, and makes the room no larger', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    room.join(2, 'b');
    openAsHost(room, 3);
    for (let time = 0; time < 3; time++) {
      expect(room.nameAmongLiving(3).typesTo(3)).toEqual(['full']);
      room.tickAfter(PLACE_HELD_MS);
    }
    expect(room.inside).toBe('ab');
  });

  it('is anybody’s once the host has left, until the host asks again', () => {
    const room = new TestRoom(2);
    openAsHost(room, 1);
    room.name(1);
    room.nowMs += FRESH_PLACE_MS;
    room.leave(1);
    room.join(2, 'a');
    room.join(3, 'b');
    expect(room.inside).toBe('ab');
    expect(room.nameAmongLiving(1).typesTo(1)).toEqual(['full']);
    room.remove('a');
    room.enter(4, 'c', null, room.lastLink);
    expect(room.nameAmongLiving(4).typesTo(4)).toEqual(['full']);
  });

  it('is anybody’s once its page is closed, and after a minute where it was only lost', () => {
    for (const [goodbye, isFree] of [
      [true, true],
      [false, false],
    ]) {
      const room = new TestRoom(2);
      openAsHost(room, 1);
      room.join(2, 'a');
      room.handle({ type: 'gone', socket: 1, goodbye: goodbye === true });
      room.enter(3, 'b');
      room.nameAmongLiving(3);
      room.vouch(2, 'h', 'unknown');
      expect(room.inside).toBe(isFree ? 'ab' : 'a');
      room.tickAfter(PLACE_HELD_MS);
      room.name(3);
      expect(room.inside).toBe('ab');
    }
  });

  it('outlives a new link, and who is shut out', () => {
    const room = new TestRoom(2);
    openAsHost(room, 1);
    for (const type of ['new-link', 'shut-out'] as const) expect(room.command({ type }).closed).toEqual([]);
    expect(room.lastLink).toBe(2);
    // Those the host may want to shut out are others.
    expect(room.subject.attendance.onlookers).toBe(0);
    room.name(1);
    expect(room.inside).toBe('h');
  });

  it('may be waited for at a full room by a link that ends', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    room.join(2, 'b');
    openAsHost(room, 3);
    for (const type of ['new-link', 'shut-out'] as const) expect(room.command({ type }).closed).toEqual([]);
    room.remove('b');
    room.name(3);
    expect(room.inside).toBe('ah');
  });

  it('is nobody else’s: a guest’s page that is only open has none', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    room.enter(2, 'b', 'drawn-h');
    room.join(3, 'c');
    expect(room.inside).toBe('ac');
  });
});

describe('what lets the host’s page in', () => {
  it('is worth nothing to a second page, by replay', () => {
    const room = shutRoom();
    comeAsHost(room, 1, 'h', 'drawn');
    expect(room.enter(2, 'x', 'drawn').probed).toEqual([]);
    expect(room.name(2).typesTo(2)).toEqual(['locked']);
    expect(room.inside).toBe('h');
  });

  it('is worth nothing to who takes it while the former page is asked whether it lives', () => {
    const room = shutRoom();
    comeAsHost(room, 1, 'h');
    expectHost(room, 'drawn');
    room.enter(2, 'i', 'drawn');
    room.enter(3, 'x', 'drawn');
    expect(room.name(3).typesTo(3)).toEqual(['locked']);
    room.tickAfter(TAKEOVER_PING_MS);
    room.name(2);
    expect(room.inside).toBe('i');
  });

  it('cannot be guessed, nor is a page without one the host’s', () => {
    const room = shutRoom();
    expectHost(room, 'drawn');
    for (const [socket, resume] of [
      [1, null],
      [2, ''],
      [3, 'drawm'],
      [4, 'resume-9'],
    ] as const) {
      room.enter(socket, `x${socket}`, resume);
      expect(room.name(socket).typesTo(socket)).toEqual(['locked']);
    }
  });

  it('is good no more once another was drawn, and opens no link', () => {
    const room = shutRoom();
    expectHost(room, 'drawn-1');
    expectHost(room, 'drawn-2');
    room.enter(1, 'x', 'drawn-1');
    expect(room.name(1).typesTo(1)).toEqual(['locked']);
    room.command({ type: 'new-link' });
    expect(room.enter(2, 'y', 'drawn-2', FIRST_LINK).closed).toEqual([[2, 'auth-failed']]);
  });

  it('makes no host of a guest, and what a removed host had makes nobody one', () => {
    const room = shutRoom();
    comeAsHost(room, 1, 'h');
    room.remove('h');
    const link = room.lastLink;
    room.enter(2, 'x', 'drawn-h', link);
    expect(room.name(2).typesTo(2)).toEqual(['locked']);
    room.tickAfter(PLACE_HELD_MS);
    expect(room.inside).toBe('');
  });
});
