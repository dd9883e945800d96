/** Holds the room to what its links are good for, and to what is left to somebody whose link is over. */

import { describe, expect, it } from 'vitest';
import { PLACE_HELD_MS, TAKEOVER_PING_MS } from '../../../../main/common/protocol/limits.ts';
import { fail, ok } from '../../../../main/common/result.ts';
import { FIRST_LINK, identityOf, TestRoom } from '../../../support/room/test-room.ts';

const LIFE_MS = 3_600_000;

const kinds = (room: TestRoom) => room.subject.links.map(({ id, terms }) => `${terms.kind} ${id}`);

describe('a new main link', () => {
  it('takes the place of the one before, which lets nobody new in', () => {
    const room = new TestRoom(3);
    const invited = room.invite({ kind: 'main' });
    expect(kinds(room)).toEqual(['main 2']);
    expect(invited.forgotten).toEqual([FIRST_LINK]);
    expect(room.enter(1, 'a', null, FIRST_LINK).closed).toEqual([[1, 'auth-failed']]);
    expect(room.enter(2, 'b', null, 2).typesTo(2)).toEqual(['hello']);
  });

  it('lets those inside stay and come back, by key or after a reload, away or not', () => {
    const room = new TestRoom(3);
    const [a, b] = [room.join(1, 'a'), room.join(2, 'b')];
    room.lose(2);
    const invited = room.invite({ kind: 'main' });
    expect([invited.closed, invited.forgotten]).toEqual([[], []]);
    expect(room.inside).toBe('ab');
    expect(room.enter(3, 'a', a).resumeFor(3)).toBe(a);
    expect(room.enter(4, 'c', b).resumeFor(4)).toBe(b);
    room.name(4);
    expect(room.inside).toBe('ac');
  });

  it('puts out at once whoever has only opened the page', () => {
    const room = new TestRoom(3);
    room.join(1, 'a');
    const resume = room.enter(2, 'b').resumeFor(2);
    expect(room.invite({ kind: 'main' }).closed).toEqual([[2, 'auth-failed']]);
    expect(room.name(2).all).toEqual([]);
    expect(room.inside).toBe('a');
    expect(room.enter(3, 'b', resume).closed).toEqual([[3, 'auth-failed']]);
  });

  it('leaves alone whoever has only opened another good link', () => {
    const room = new TestRoom(3);
    room.invite({ kind: 'one-time' });
    room.enter(1, 'a', null, 2);
    expect(room.invite({ kind: 'main' }).closed).toEqual([]);
    room.name(1);
    expect(room.inside).toBe('a');
  });

  it('lets nobody use the old one on the strength of a key or a resume that is not theirs', () => {
    const room = new TestRoom(4);
    const resume = room.join(1, 'a');
    room.join(2, 'b');
    room.invite({ kind: 'main' });
    const tries = [
      room.enter(3, 'a'),
      room.enter(4, 'a', 'made up'),
      room.enter(5, 'c', 'made up'),
      room.handle({
        type: 'entered',
        socket: 6,
        link: FIRST_LINK,
        identity: { ...identityOf('a'), id: 'id-z', fp: 'fp-z' },
        resume,
      }),
    ];
    expect(tries.flatMap(({ closed }) => closed)).toEqual([3, 4, 5, 6].map((it) => [it, 'auth-failed']));
    expect(tries.every(({ all }) => all.length === 1)).toBe(true);
  });

  it('is no way in for a page that shows another’s old link with its own resume', () => {
    const room = new TestRoom(4);
    room.invite({ kind: 'one-time' });
    const resume = room.join(1, 'a');
    room.join(2, 'b', 2);
    room.invite({ kind: 'main' });
    expect(room.enter(3, 'a', resume, 2).closed).toEqual([[3, 'auth-failed']]);
    expect(room.enter(4, 'a', resume).resumeFor(4)).toBe(resume);
  });

  it('makes a duplicated tab of somebody inside a stranger', () => {
    const room = new TestRoom(4);
    const resume = room.join(1, 'a');
    room.invite({ kind: 'main' });
    expect(room.enter(2, 'b', resume).probed).toEqual([1]);
    expect(room.handle({ type: 'alive', socket: 1 }).closed).toEqual([[2, 'auth-failed']]);
    expect(room.inside).toBe('a');
  });

  it('is taken up by somebody inside, who needs the old one no longer', () => {
    const room = new TestRoom(4);
    const resume = room.join(1, 'a');
    room.invite({ kind: 'main' });
    room.enter(2, 'a', resume, 2);
    expect(room.lose(2).forgotten).toEqual([]);
    expect(room.tickAfter(PLACE_HELD_MS).forgotten).toEqual([FIRST_LINK]);
  });

  it('lets who leaves come in again from the same page, until the next new one', () => {
    const room = new TestRoom(4);
    room.join(1, 'a');
    room.invite({ kind: 'main' });
    room.leave(1);
    room.name(1);
    expect(room.inside).toBe('a');
    room.leave(1);
    expect(room.invite({ kind: 'main' }).closed).toEqual([[1, 'auth-failed']]);
  });

  it('lets somebody inside reload, at which browsers say goodbye: the place is free, the way back is not lost', () => {
    const room = new TestRoom(1);
    const resume = room.join(1, 'a');
    room.invite({ kind: 'main' });
    expect(room.sayGoodbye(1).forgotten).toEqual([]);
    expect(room.inside).toBe('');
    expect(room.subject.nextDeadlineMs()).toBe(PLACE_HELD_MS);
    room.join(2, 'b', 2);
    expect(room.enter(3, 'c', resume).resumeFor(3)).toBe(resume);
    expect(room.subject.nextDeadlineMs()).toBeNull();
    expect(room.nameAmongLiving(3).typesTo(3)).toEqual(['full']);
    room.leave(2);
    room.name(3);
    expect(room.inside).toBe('c');
  });

  it('is no way back for who closed the page a minute ago', () => {
    const room = new TestRoom(4);
    const [a, b] = [room.join(1, 'a'), room.join(2, 'b')];
    room.invite({ kind: 'main' });
    room.sayGoodbye(1);
    room.leave(2);
    room.lose(2);
    expect(room.tickAfter(PLACE_HELD_MS - 1).forgotten).toEqual([]);
    expect(room.tickAfter(1).forgotten).toEqual([FIRST_LINK]);
    expect(room.enter(3, 'a', a).closed).toEqual([[3, 'auth-failed']]);
    expect(room.enter(4, 'c', b).closed).toEqual([[4, 'auth-failed']]);
  });

  it('ends the way back of who has just closed the page', () => {
    const room = new TestRoom(4);
    const [a, b] = [room.join(1, 'a'), room.join(2, 'b')];
    room.sayGoodbye(1);
    room.invite({ kind: 'main' });
    expect(room.enter(3, 'a', a).closed).toEqual([[3, 'auth-failed']]);
    room.sayGoodbye(2);
    expect(room.invite({ kind: 'main' }).forgotten).toContain(FIRST_LINK);
    expect(room.enter(4, 'b', b).closed).toEqual([[4, 'auth-failed']]);
  });
});

describe('a one-time link', () => {
  it('is used up by the first to join, not by the first to open the page', () => {
    const room = new TestRoom(4);
    room.invite({ kind: 'one-time' });
    room.enter(1, 'a', null, 2);
    room.enter(2, 'b', null, 2);
    expect(kinds(room)).toEqual(['main 1', 'one-time 2']);
    const joined = room.name(2);
    expect(joined.closed).toEqual([[1, 'auth-failed']]);
    expect(kinds(room)).toEqual(['main 1']);
    expect(room.name(1).all).toEqual([]);
    expect(room.inside).toBe('b');
    expect(room.enter(3, 'c', null, 2).closed).toEqual([[3, 'auth-failed']]);
  });

  it('lets the one who used it come back after a loss and after a reload', () => {
    const room = new TestRoom(4);
    room.invite({ kind: 'one-time' });
    const resume = room.join(1, 'a', 2);
    room.lose(1);
    expect(room.enter(2, 'a', resume, 2).resumeFor(2)).toBe(resume);
    room.lose(2);
    expect(room.enter(3, 'b', resume, 2).resumeFor(3)).toBe(resume);
    room.name(3);
    expect(room.inside).toBe('b');
    room.sayGoodbye(3);
    expect(room.tickAfter(PLACE_HELD_MS).forgotten).toEqual([2]);
    expect(room.enter(4, 'b', resume, 2).closed).toEqual([[4, 'auth-failed']]);
  });

  it('is not used up while there is no place', () => {
    const room = new TestRoom(1);
    room.join(1, 'a');
    room.invite({ kind: 'one-time' });
    room.enter(2, 'b', null, 2);
    expect(room.nameAmongLiving(2).typesTo(2)).toEqual(['full']);
    expect(kinds(room)).toEqual(['main 1', 'one-time 2']);
    room.leave(1);
    room.name(2);
    expect(kinds(room)).toEqual(['main 1']);
  });

  it('is used up by somebody inside who comes back with it', () => {
    const room = new TestRoom(2);
    const resume = room.join(1, 'a');
    room.invite({ kind: 'one-time' });
    room.enter(2, 'a', resume, 2);
    expect(kinds(room)).toEqual(['main 1']);
  });
});

describe('a link with an expiry', () => {
  it('lets in until its time, and is a deadline', () => {
    const room = new TestRoom(4);
    room.invite({ kind: 'expiring', expiresAtMs: LIFE_MS });
    expect(room.subject.nextDeadlineMs()).toBe(LIFE_MS);
    room.nowMs = LIFE_MS - 1;
    room.join(1, 'a', 2);
    room.enter(2, 'b', null, 2);
    const expired = room.tickAfter(1);
    expect(expired.closed).toEqual([[2, 'auth-failed']]);
    expect(room.inside).toBe('a');
    expect(kinds(room)).toEqual(['main 1']);
    expect(room.subject.nextDeadlineMs()).toBeNull();
    expect(room.enter(3, 'c', null, 2).closed).toEqual([[3, 'auth-failed']]);
  });

  it('lets those inside come back after its time, as long as their place is kept', () => {
    const room = new TestRoom(4);
    room.invite({ kind: 'expiring', expiresAtMs: LIFE_MS });
    const resume = room.join(1, 'a', 2);
    room.tickAfter(LIFE_MS);
    room.lose(1);
    expect(room.enter(2, 'a', resume, 2).resumeFor(2)).toBe(resume);
    room.lose(2);
    expect(room.tickAfter(PLACE_HELD_MS).forgotten).toEqual([2]);
    expect(room.enter(3, 'a', resume, 2).closed).toEqual([[3, 'auth-failed']]);
  });

  it('is over when its time is, even if the tick is late', () => {
    const room = new TestRoom(4);
    room.invite({ kind: 'expiring', expiresAtMs: LIFE_MS });
    room.enter(1, 'a', null, 2);
    room.nowMs = LIFE_MS;
    expect(room.name(1).closed).toEqual([[1, 'auth-failed']]);
    expect(room.inside).toBe('');
    room.invite({ kind: 'expiring', expiresAtMs: 2 * LIFE_MS });
    room.nowMs = 2 * LIFE_MS;
    expect(room.enter(2, 'b', null, 3).closed).toEqual([[2, 'auth-failed']]);
  });
});

describe('revoking', () => {
  it('ends one link and leaves the others and those inside alone', () => {
    const room = new TestRoom(4);
    room.invite({ kind: 'one-time' });
    room.invite({ kind: 'expiring', expiresAtMs: LIFE_MS });
    room.join(1, 'a', 3);
    room.enter(2, 'b', null, 3);
    room.enter(3, 'c', null, 2);
    const revoked = room.revoke(3);
    expect(revoked.closed).toEqual([[2, 'auth-failed']]);
    expect(revoked.answers).toEqual([ok(null)]);
    expect(kinds(room)).toEqual(['main 1', 'one-time 2']);
    expect(room.inside).toBe('a');
  });

  it('does nothing to the main link, to one that is over, and to one that never was', () => {
    const room = new TestRoom(4);
    room.enter(1, 'a');
    for (const link of [FIRST_LINK, 7])
      expect(room.revoke(link)).toEqual({ all: [], answers: [fail('unknown-invitation')] });
    expect(kinds(room)).toEqual(['main 1']);
  });
});

describe('removing somebody', () => {
  it('tells them, closes, frees the place and tells the others, who stay', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    const b = room.join(2, 'b');
    const removed = room.remove('a');
    expect(removed.all).toEqual([
      { type: 'close', socket: 1, reason: 'kicked' },
      { type: 'send', to: [2], message: { type: 'roster', roster: room.subject.roster(), revision: 3 } },
    ]);
    expect(room.inside).toBe('b');
    expect(room.enter(3, 'b', b).resumeFor(3)).toBe(b);
  });

  it('ends the main link they came with; the next one stands at once', () => {
    const room = new TestRoom(3);
    room.join(1, 'a');
    room.join(2, 'b');
    room.remove('a');
    expect(kinds(room)).toEqual(['main 2']);
    room.join(3, 'c', 2);
    expect(room.inside).toBe('bc');
  });

  it('ends another link they came with, and needs no new main one', () => {
    const room = new TestRoom(3);
    room.invite({ kind: 'expiring', expiresAtMs: LIFE_MS });
    room.join(1, 'a', 2);
    expect(room.remove('a').forgotten).toEqual([2]);
    expect(room.lastLink).toBe(2);
    expect(kinds(room)).toEqual(['main 1']);
  });

  it('refuses their return by old link, old key, old resume and reload', () => {
    const room = new TestRoom(4);
    const resume = room.join(1, 'a');
    room.join(2, 'b');
    room.remove('a');
    const tries = [
      room.enter(3, 'a', resume),
      room.enter(4, 'a'),
      room.enter(5, 'c', resume),
      room.enter(6, 'd'),
    ];
    expect(tries.flatMap(({ closed }) => closed)).toEqual([3, 4, 5, 6].map((it) => [it, 'auth-failed']));
    expect(room.inside).toBe('b');
  });

  it('is not undone by their reload that is on its way in', () => {
    const room = new TestRoom(4);
    const resume = room.join(1, 'a');
    room.join(2, 'b');
    room.invite({ kind: 'one-time' });
    room.enter(3, 'c', resume, 2);
    expect(room.remove('a').closed).toEqual([
      [3, 'kicked'],
      [1, 'kicked'],
    ]);
    expect(kinds(room)).toEqual(['main 3']);
    expect(room.tickAfter(TAKEOVER_PING_MS).all).toEqual([]);
  });

  it('ends every link they have shown, not only the last one', () => {
    const room = new TestRoom(4);
    const resume = room.join(1, 'a');
    room.invite({ kind: 'expiring', expiresAtMs: LIFE_MS });
    room.enter(2, 'a', resume, 2);
    room.lose(2);
    room.enter(3, 'b', resume, 2);
    room.name(3);
    room.remove('b');
    expect(kinds(room)).toEqual(['main 3']);
  });

  it('reaches who is away, and costs nobody else a place', () => {
    const room = new TestRoom(2);
    const resume = room.join(1, 'a');
    room.lose(1);
    expect(room.remove('a').closed).toEqual([]);
    expect(room.inside).toBe('');
    expect(room.subject.nextDeadlineMs()).toBeNull();
    expect(room.enter(2, 'a', resume).closed).toEqual([[2, 'auth-failed']]);
  });

  it('puts out whoever had only opened their link', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    room.enter(2, 'b');
    expect(room.remove('a').closed).toEqual([
      [1, 'kicked'],
      [2, 'auth-failed'],
    ]);
  });

  it('of somebody who is not in changes nothing', () => {
    const room = new TestRoom(2);
    room.enter(1, 'a');
    const removed = room.remove('a');
    expect(removed).toEqual({ all: [], answers: [fail('unknown-participant')] });
    expect(room.lastLink).toBe(FIRST_LINK);
    expect(kinds(room)).toEqual(['main 1']);
  });
});

it('lets nobody in by a link it does not know', () => {
  const room = new TestRoom(2);
  expect(room.enter(1, 'a', null, 99).closed).toEqual([[1, 'auth-failed']]);
});
