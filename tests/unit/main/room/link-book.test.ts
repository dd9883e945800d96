/** Holds the room to what its links are good for, and to what is left to somebody whose link is over. */

import { describe, expect, it } from 'vitest';
import { PLACE_HELD_MS, TAKEOVER_PING_MS } from '../../../../main/common/protocol/limits.ts';
import { fail, ok } from '../../../../main/common/result.ts';
import { FIRST_LINK, identityOf, RoomDesk } from '../../../support/room/room-desk.ts';

const LIFE_MS = 3_600_000;

const kinds = (desk: RoomDesk) => desk.room.links.map(({ id, terms }) => `${terms.kind} ${id}`);

describe('a new main link', () => {
  it('takes the place of the one before, which lets nobody new in', () => {
    const desk = new RoomDesk(3);
    const invited = desk.invite({ kind: 'main' });
    expect(kinds(desk)).toEqual(['main 2']);
    expect(invited.forgotten).toEqual([FIRST_LINK]);
    expect(desk.enter(1, 'a', null, FIRST_LINK).closed).toEqual([[1, 'auth-failed']]);
    expect(desk.enter(2, 'b', null, 2).typesTo(2)).toEqual(['hello']);
  });

  it('lets those inside stay and come back, by key or after a reload, away or not', () => {
    const desk = new RoomDesk(3);
    const [a, b] = [desk.join(1, 'a'), desk.join(2, 'b')];
    desk.lose(2);
    const invited = desk.invite({ kind: 'main' });
    expect([invited.closed, invited.forgotten]).toEqual([[], []]);
    expect(desk.inside).toBe('ab');
    expect(desk.enter(3, 'a', a).resumeFor(3)).toBe(a);
    expect(desk.enter(4, 'c', b).resumeFor(4)).toBe(b);
    desk.name(4);
    expect(desk.inside).toBe('ac');
  });

  it('puts out at once whoever has only opened the page', () => {
    const desk = new RoomDesk(3);
    desk.join(1, 'a');
    const resume = desk.enter(2, 'b').resumeFor(2);
    expect(desk.invite({ kind: 'main' }).closed).toEqual([[2, 'auth-failed']]);
    expect(desk.name(2).all).toEqual([]);
    expect(desk.inside).toBe('a');
    expect(desk.enter(3, 'b', resume).closed).toEqual([[3, 'auth-failed']]);
  });

  it('leaves alone whoever has only opened another good link', () => {
    const desk = new RoomDesk(3);
    desk.invite({ kind: 'one-time' });
    desk.enter(1, 'a', null, 2);
    expect(desk.invite({ kind: 'main' }).closed).toEqual([]);
    desk.name(1);
    expect(desk.inside).toBe('a');
  });

  it('lets nobody use the old one on the strength of a key or a resume that is not theirs', () => {
    const desk = new RoomDesk(4);
    const resume = desk.join(1, 'a');
    desk.join(2, 'b');
    desk.invite({ kind: 'main' });
    const tries = [
      desk.enter(3, 'a'),
      desk.enter(4, 'a', 'made up'),
      desk.enter(5, 'c', 'made up'),
      desk.handle({
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
    const desk = new RoomDesk(4);
    desk.invite({ kind: 'one-time' });
    const resume = desk.join(1, 'a');
    desk.join(2, 'b', 2);
    desk.invite({ kind: 'main' });
    expect(desk.enter(3, 'a', resume, 2).closed).toEqual([[3, 'auth-failed']]);
    expect(desk.enter(4, 'a', resume).resumeFor(4)).toBe(resume);
  });

  it('makes a duplicated tab of somebody inside a stranger', () => {
    const desk = new RoomDesk(4);
    const resume = desk.join(1, 'a');
    desk.invite({ kind: 'main' });
    expect(desk.enter(2, 'b', resume).probed).toEqual([1]);
    expect(desk.handle({ type: 'alive', socket: 1 }).closed).toEqual([[2, 'auth-failed']]);
    expect(desk.inside).toBe('a');
  });

  it('is taken up by somebody inside, who needs the old one no longer', () => {
    const desk = new RoomDesk(4);
    const resume = desk.join(1, 'a');
    desk.invite({ kind: 'main' });
    desk.enter(2, 'a', resume, 2);
    expect(desk.lose(2).forgotten).toEqual([]);
    expect(desk.tickAfter(PLACE_HELD_MS).forgotten).toEqual([FIRST_LINK]);
  });

  it('lets who leaves come in again from the same page, until the next new one', () => {
    const desk = new RoomDesk(4);
    desk.join(1, 'a');
    desk.invite({ kind: 'main' });
    desk.leave(1);
    desk.name(1);
    expect(desk.inside).toBe('a');
    desk.leave(1);
    expect(desk.invite({ kind: 'main' }).closed).toEqual([[1, 'auth-failed']]);
  });

  it('lets somebody inside reload, at which browsers say goodbye: the place is free, the way back is not lost', () => {
    const desk = new RoomDesk(1);
    const resume = desk.join(1, 'a');
    desk.invite({ kind: 'main' });
    expect(desk.sayGoodbye(1).forgotten).toEqual([]);
    expect(desk.inside).toBe('');
    expect(desk.room.nextDeadlineMs()).toBe(PLACE_HELD_MS);
    desk.join(2, 'b', 2);
    expect(desk.enter(3, 'c', resume).resumeFor(3)).toBe(resume);
    expect(desk.room.nextDeadlineMs()).toBeNull();
    expect(desk.nameAmongLiving(3).typesTo(3)).toEqual(['full']);
    desk.leave(2);
    desk.name(3);
    expect(desk.inside).toBe('c');
  });

  it('is no way back for who closed the page a minute ago', () => {
    const desk = new RoomDesk(4);
    const [a, b] = [desk.join(1, 'a'), desk.join(2, 'b')];
    desk.invite({ kind: 'main' });
    desk.sayGoodbye(1);
    desk.leave(2);
    desk.lose(2);
    expect(desk.tickAfter(PLACE_HELD_MS - 1).forgotten).toEqual([]);
    expect(desk.tickAfter(1).forgotten).toEqual([FIRST_LINK]);
    expect(desk.enter(3, 'a', a).closed).toEqual([[3, 'auth-failed']]);
    expect(desk.enter(4, 'c', b).closed).toEqual([[4, 'auth-failed']]);
  });

  it('ends the way back of who has just closed the page', () => {
    const desk = new RoomDesk(4);
    const [a, b] = [desk.join(1, 'a'), desk.join(2, 'b')];
    desk.sayGoodbye(1);
    desk.invite({ kind: 'main' });
    expect(desk.enter(3, 'a', a).closed).toEqual([[3, 'auth-failed']]);
    desk.sayGoodbye(2);
    expect(desk.invite({ kind: 'main' }).forgotten).toContain(FIRST_LINK);
    expect(desk.enter(4, 'b', b).closed).toEqual([[4, 'auth-failed']]);
  });
});

describe('a one-time link', () => {
  it('is used up by the first to join, not by the first to open the page', () => {
    const desk = new RoomDesk(4);
    desk.invite({ kind: 'one-time' });
    desk.enter(1, 'a', null, 2);
    desk.enter(2, 'b', null, 2);
    expect(kinds(desk)).toEqual(['main 1', 'one-time 2']);
    const joined = desk.name(2);
    expect(joined.closed).toEqual([[1, 'auth-failed']]);
    expect(kinds(desk)).toEqual(['main 1']);
    expect(desk.name(1).all).toEqual([]);
    expect(desk.inside).toBe('b');
    expect(desk.enter(3, 'c', null, 2).closed).toEqual([[3, 'auth-failed']]);
  });

  it('lets the one who used it come back after a loss and after a reload', () => {
    const desk = new RoomDesk(4);
    desk.invite({ kind: 'one-time' });
    const resume = desk.join(1, 'a', 2);
    desk.lose(1);
    expect(desk.enter(2, 'a', resume, 2).resumeFor(2)).toBe(resume);
    desk.lose(2);
    expect(desk.enter(3, 'b', resume, 2).resumeFor(3)).toBe(resume);
    desk.name(3);
    expect(desk.inside).toBe('b');
    desk.sayGoodbye(3);
    expect(desk.tickAfter(PLACE_HELD_MS).forgotten).toEqual([2]);
    expect(desk.enter(4, 'b', resume, 2).closed).toEqual([[4, 'auth-failed']]);
  });

  it('is not used up while there is no place', () => {
    const desk = new RoomDesk(1);
    desk.join(1, 'a');
    desk.invite({ kind: 'one-time' });
    desk.enter(2, 'b', null, 2);
    expect(desk.nameAmongLiving(2).typesTo(2)).toEqual(['full']);
    expect(kinds(desk)).toEqual(['main 1', 'one-time 2']);
    desk.leave(1);
    desk.name(2);
    expect(kinds(desk)).toEqual(['main 1']);
  });

  it('is used up by somebody inside who comes back with it', () => {
    const desk = new RoomDesk(2);
    const resume = desk.join(1, 'a');
    desk.invite({ kind: 'one-time' });
    desk.enter(2, 'a', resume, 2);
    expect(kinds(desk)).toEqual(['main 1']);
  });
});

describe('a link with an expiry', () => {
  it('lets in until its time, and is a deadline', () => {
    const desk = new RoomDesk(4);
    desk.invite({ kind: 'expiring', expiresAtMs: LIFE_MS });
    expect(desk.room.nextDeadlineMs()).toBe(LIFE_MS);
    desk.nowMs = LIFE_MS - 1;
    desk.join(1, 'a', 2);
    desk.enter(2, 'b', null, 2);
    const expired = desk.tickAfter(1);
    expect(expired.closed).toEqual([[2, 'auth-failed']]);
    expect(desk.inside).toBe('a');
    expect(kinds(desk)).toEqual(['main 1']);
    expect(desk.room.nextDeadlineMs()).toBeNull();
    expect(desk.enter(3, 'c', null, 2).closed).toEqual([[3, 'auth-failed']]);
  });

  it('lets those inside come back after its time, as long as their place is kept', () => {
    const desk = new RoomDesk(4);
    desk.invite({ kind: 'expiring', expiresAtMs: LIFE_MS });
    const resume = desk.join(1, 'a', 2);
    desk.tickAfter(LIFE_MS);
    desk.lose(1);
    expect(desk.enter(2, 'a', resume, 2).resumeFor(2)).toBe(resume);
    desk.lose(2);
    expect(desk.tickAfter(PLACE_HELD_MS).forgotten).toEqual([2]);
    expect(desk.enter(3, 'a', resume, 2).closed).toEqual([[3, 'auth-failed']]);
  });

  it('is over when its time is, even if the tick is late', () => {
    const desk = new RoomDesk(4);
    desk.invite({ kind: 'expiring', expiresAtMs: LIFE_MS });
    desk.enter(1, 'a', null, 2);
    desk.nowMs = LIFE_MS;
    expect(desk.name(1).closed).toEqual([[1, 'auth-failed']]);
    expect(desk.inside).toBe('');
    desk.invite({ kind: 'expiring', expiresAtMs: 2 * LIFE_MS });
    desk.nowMs = 2 * LIFE_MS;
    expect(desk.enter(2, 'b', null, 3).closed).toEqual([[2, 'auth-failed']]);
  });
});

describe('revoking', () => {
  it('ends one link and leaves the others and those inside alone', () => {
    const desk = new RoomDesk(4);
    desk.invite({ kind: 'one-time' });
    desk.invite({ kind: 'expiring', expiresAtMs: LIFE_MS });
    desk.join(1, 'a', 3);
    desk.enter(2, 'b', null, 3);
    desk.enter(3, 'c', null, 2);
    const revoked = desk.revoke(3);
    expect(revoked.closed).toEqual([[2, 'auth-failed']]);
    expect(revoked.answers).toEqual([ok(null)]);
    expect(kinds(desk)).toEqual(['main 1', 'one-time 2']);
    expect(desk.inside).toBe('a');
  });

  it('does nothing to the main link, to one that is over, and to one that never was', () => {
    const desk = new RoomDesk(4);
    desk.enter(1, 'a');
    for (const link of [FIRST_LINK, 7])
      expect(desk.revoke(link)).toEqual({ all: [], answers: [fail('unknown-invitation')] });
    expect(kinds(desk)).toEqual(['main 1']);
  });
});

describe('removing somebody', () => {
  it('tells them, closes, frees the place and tells the others, who stay', () => {
    const desk = new RoomDesk(2);
    desk.join(1, 'a');
    const b = desk.join(2, 'b');
    const removed = desk.remove('a');
    expect(removed.all).toEqual([
      { type: 'close', socket: 1, reason: 'kicked' },
      { type: 'send', to: [2], message: { type: 'roster', roster: desk.room.roster(), revision: 3 } },
    ]);
    expect(desk.inside).toBe('b');
    expect(desk.enter(3, 'b', b).resumeFor(3)).toBe(b);
  });

  it('ends the main link they came with; the next one stands at once', () => {
    const desk = new RoomDesk(3);
    desk.join(1, 'a');
    desk.join(2, 'b');
    desk.remove('a');
    expect(kinds(desk)).toEqual(['main 2']);
    desk.join(3, 'c', 2);
    expect(desk.inside).toBe('bc');
  });

  it('ends another link they came with, and needs no new main one', () => {
    const desk = new RoomDesk(3);
    desk.invite({ kind: 'expiring', expiresAtMs: LIFE_MS });
    desk.join(1, 'a', 2);
    expect(desk.remove('a').forgotten).toEqual([2]);
    expect(desk.lastLink).toBe(2);
    expect(kinds(desk)).toEqual(['main 1']);
  });

  it('refuses their return by old link, old key, old resume and reload', () => {
    const desk = new RoomDesk(4);
    const resume = desk.join(1, 'a');
    desk.join(2, 'b');
    desk.remove('a');
    const tries = [
      desk.enter(3, 'a', resume),
      desk.enter(4, 'a'),
      desk.enter(5, 'c', resume),
      desk.enter(6, 'd'),
    ];
    expect(tries.flatMap(({ closed }) => closed)).toEqual([3, 4, 5, 6].map((it) => [it, 'auth-failed']));
    expect(desk.inside).toBe('b');
  });

  it('is not undone by their reload that is on its way in', () => {
    const desk = new RoomDesk(4);
    const resume = desk.join(1, 'a');
    desk.join(2, 'b');
    desk.invite({ kind: 'one-time' });
    desk.enter(3, 'c', resume, 2);
    expect(desk.remove('a').closed).toEqual([
      [3, 'kicked'],
      [1, 'kicked'],
    ]);
    expect(kinds(desk)).toEqual(['main 3']);
    expect(desk.tickAfter(TAKEOVER_PING_MS).all).toEqual([]);
  });

  it('ends every link they have shown, not only the last one', () => {
    const desk = new RoomDesk(4);
    const resume = desk.join(1, 'a');
    desk.invite({ kind: 'expiring', expiresAtMs: LIFE_MS });
    desk.enter(2, 'a', resume, 2);
    desk.lose(2);
    desk.enter(3, 'b', resume, 2);
    desk.name(3);
    desk.remove('b');
    expect(kinds(desk)).toEqual(['main 3']);
  });

  it('reaches who is away, and costs nobody else a place', () => {
    const desk = new RoomDesk(2);
    const resume = desk.join(1, 'a');
    desk.lose(1);
    expect(desk.remove('a').closed).toEqual([]);
    expect(desk.inside).toBe('');
    expect(desk.room.nextDeadlineMs()).toBeNull();
    expect(desk.enter(2, 'a', resume).closed).toEqual([[2, 'auth-failed']]);
  });

  it('puts out whoever had only opened their link', () => {
    const desk = new RoomDesk(2);
    desk.join(1, 'a');
    desk.enter(2, 'b');
    expect(desk.remove('a').closed).toEqual([
      [1, 'kicked'],
      [2, 'auth-failed'],
    ]);
  });

  it('of somebody who is not in changes nothing', () => {
    const desk = new RoomDesk(2);
    desk.enter(1, 'a');
    const removed = desk.remove('a');
    expect(removed).toEqual({ all: [], answers: [fail('unknown-participant')] });
    expect(desk.lastLink).toBe(FIRST_LINK);
    expect(kinds(desk)).toEqual(['main 1']);
  });
});

it('lets nobody in by a link it does not know', () => {
  const desk = new RoomDesk(2);
  expect(desk.enter(1, 'a', null, 99).closed).toEqual([[1, 'auth-failed']]);
});
