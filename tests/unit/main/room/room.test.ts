import { describe, expect, it } from 'vitest';
import {
  AWAY_DOUBTED_MS,
  PLACE_HELD_MS,
  RELOAD_AWAITED_MS,
  ROSTERS_OUTSIDE_PER_SECOND,
  TAKEOVER_PING_MS,
} from '../../../../main/common/protocol/limits.ts';
import { FIRST_LINK, identityOf, TestRoom } from '../../../support/room/test-room.ts';

/** After which a page that has not joined is told of the next change at once. */
const ONLOOKERS_WAIT_MS = 1_000 / ROSTERS_OUTSIDE_PER_SECOND;

describe('entering', () => {
  it('greets with the own id, everyone who is in, and a resume of its own', () => {
    const room = new TestRoom(4);
    room.join(1, 'a');
    const entered = room.enter(2, 'b');
    expect(entered.all).toEqual([
      {
        type: 'send',
        to: [2],
        message: {
          type: 'hello',
          id: 'id-b',
          roster: [{ ...identityOf('a'), name: 'name-1' }],
          capacity: 4,
          iceServers: [],
          resume: 'resume-2',
        },
      },
    ]);
    expect(room.inside).toBe('a');
  });

  it('tells everyone who has proven, joined or not, of a join, in order of joining', () => {
    const room = new TestRoom(4);
    room.enter(1, 'a');
    room.enter(2, 'b');
    room.enter(3, 'c');
    expect(room.name(2).typesTo(3)).toEqual(['roster']);
    room.nowMs += ONLOOKERS_WAIT_MS;
    const joined = room.name(1);
    for (const socket of [1, 2, 3]) expect(joined.typesTo(socket)).toEqual(['roster']);
    expect(room.inside).toBe('ba');
  });

  it('counts revisions up, one a change', () => {
    const room = new TestRoom(4);
    room.enter(1, 'a');
    const revisions = [room.name(1), room.name(1, 'other'), room.leave(1)].map((deliveries) =>
      deliveries.to(1).map((message) => (message.type === 'roster' ? message.revision : message.type)),
    );
    expect(revisions).toEqual([[1], [2], [3]]);
  });

  it('keeps place and order at a rename', () => {
    const room = new TestRoom(4);
    room.join(1, 'a');
    room.join(2, 'b');
    room.name(1, 'another');
    expect(room.inside).toBe('ab');
    expect(room.subject.roster()[0]?.name).toBe('another');
  });
});

describe('a full room', () => {
  it('answers the name with full and keeps the socket; leaving frees the place', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    room.join(2, 'b');
    room.enter(3, 'c');
    const refused = room.nameAmongLiving(3);
    expect(refused.to(3)).toEqual([{ type: 'full', capacity: 2 }]);
    expect(refused.closed).toEqual([]);
    room.leave(1);
    room.name(3);
    expect(room.inside).toBe('bc');
  });

  it('lets those who are in rename', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    room.join(2, 'b');
    expect(room.name(2, 'new').typesTo(2)).toEqual(['roster']);
  });
});

describe('boxes', () => {
  it('go to the one they are for, from the one the socket belongs to', () => {
    const room = new TestRoom(3);
    for (const [socket, letter] of [
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ] as const) {
      room.join(socket, letter);
    }
    expect(room.box(1, 'b').all).toEqual([
      { type: 'send', to: [2], message: { type: 'chat', from: 'id-a', box: 'sealed' } },
    ]);
  });

  it('are refused from someone not joined, to a stranger, to oneself, and to someone not joined', () => {
    const room = new TestRoom(3);
    room.join(1, 'a');
    room.enter(2, 'b');
    expect(room.box(2, 'a').all).toEqual([
      { type: 'send', to: [2], message: { type: 'error', code: 'not-joined' } },
    ]);
    for (const to of ['x', 'a', 'b']) {
      expect(room.box(1, to).all).toEqual([
        { type: 'send', to: [1], message: { type: 'error', code: 'unknown-recipient' } },
      ]);
    }
  });

  it('to someone who is away go nowhere, without an error', () => {
    const room = new TestRoom(3);
    room.join(1, 'a');
    room.join(2, 'b');
    room.lose(2);
    expect(room.box(1, 'b').all).toEqual([]);
  });
});

describe('leaving', () => {
  it('frees the place at once and keeps the socket and its resume', () => {
    const room = new TestRoom(3);
    const resume = room.join(1, 'a');
    expect(room.leave(1).typesTo(1)).toEqual(['roster']);
    expect(room.inside).toBe('');
    expect(room.enter(2, 'a', resume).closed).toEqual([[1, 'replaced']]);
  });

  it('twice does nothing', () => {
    const room = new TestRoom(3);
    room.join(1, 'a');
    room.leave(1);
    expect(room.leave(1).all).toEqual([]);
  });

  it('by a closed tab frees the place at once', () => {
    const room = new TestRoom(3);
    room.join(1, 'a');
    room.join(2, 'b');
    expect(room.sayGoodbye(1).typesTo(2)).toEqual(['roster']);
    expect(room.inside).toBe('b');
    room.tickAfter(RELOAD_AWAITED_MS);
    expect(room.subject.nextDeadlineMs()).toBeNull();
  });
});

describe('a lost socket', () => {
  it('keeps its place for a minute, then leaves', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    room.join(2, 'b');
    expect(room.lose(1).all).toEqual([]);
    expect(room.subject.nextDeadlineMs()).toBe(AWAY_DOUBTED_MS);
    room.enter(3, 'c');
    room.nameAmongLiving(3);
    expect(room.vouch(2, 'a', 'unknown').typesTo(3)).toEqual(['full']);
    expect(room.tickAfter(PLACE_HELD_MS - 1).typesTo(2)).toEqual(['doubt']);
    room.vouch(2, 'a', 'unknown');
    expect(room.inside).toBe('ab');
    expect(room.tickAfter(1).typesTo(2)).toEqual(['roster']);
    expect(room.inside).toBe('b');
  });

  it('of someone not joined is forgotten', () => {
    const room = new TestRoom(2);
    const resume = room.enter(1, 'a').resumeFor(1);
    room.lose(1);
    expect(room.enter(2, 'a', resume).resumeFor(2)).not.toBe(resume);
  });

  it('comes back to place and order under its key, with its resume for life', () => {
    const room = new TestRoom(3);
    const resume = room.join(1, 'a');
    room.join(2, 'b');
    room.lose(1);
    const back = room.enter(3, 'a', resume);
    expect(back.typesTo(3)).toEqual(['hello']);
    expect(back.resumeFor(3)).toBe(resume);
    expect(back.typesTo(2)).toEqual([]);
    expect(room.inside).toBe('ab');
    room.tickAfter(PLACE_HELD_MS);
    expect(room.inside).toBe('ab');
    expect(room.box(2, 'a').typesTo(3)).toEqual(['chat']);
  });

  it('whose end is noticed late takes nothing from the new one', () => {
    const room = new TestRoom(3);
    const resume = room.join(1, 'a');
    expect(room.enter(2, 'a', resume).closed).toEqual([[1, 'replaced']]);
    room.lose(1);
    expect(room.inside).toBe('a');
    expect(room.subject.nextDeadlineMs()).toBeNull();
  });
});

describe('a known key', () => {
  it('with another’s resume is refused', () => {
    const room = new TestRoom(3);
    room.join(1, 'a');
    const other = room.join(2, 'b');
    expect(room.enter(4, 'a', other).closed).toEqual([[4, 'id-taken']]);
    expect(room.inside).toBe('ab');
    expect(room.box(2, 'a').typesTo(1)).toEqual(['chat']);
  });

  it('without a resume is the same page, whose hello got lost on the way', () => {
    const room = new TestRoom(3);
    const resume = room.join(1, 'a');
    room.join(2, 'b');
    const again = room.enter(3, 'a');
    expect(again.closed).toEqual([[1, 'replaced']]);
    expect(again.resumeFor(3)).toBe(resume);
    expect(room.inside).toBe('ab');
  });

  it('with another fingerprint is refused even with its resume', () => {
    const room = new TestRoom(3);
    const resume = room.join(1, 'a');
    const identity = { ...identityOf('a'), id: 'id-z', fp: 'fp-z' };
    expect(room.handle({ type: 'entered', socket: 2, link: FIRST_LINK, identity, resume }).closed).toEqual([
      [2, 'id-taken'],
    ]);
  });
});

describe('a reload (known resume, new key)', () => {
  it('takes the place over at once when the old socket is closed', () => {
    const room = new TestRoom(2);
    const resume = room.join(1, 'a');
    room.join(2, 'b');
    room.lose(1);
    const reloaded = room.enter(3, 'c', resume);
    expect(reloaded.typesTo(2)).toEqual(['roster']);
    expect(reloaded.resumeFor(3)).toBe(resume);
    expect(room.inside).toBe('b');
    room.enter(4, 'd');
    expect(room.nameAmongLiving(4).typesTo(4)).toEqual(['full']);
    room.name(3);
    expect(room.inside).toBe('cb');
  });

  it('comes back to its position, also where the page said goodbye, if that was a moment ago', () => {
    const room = new TestRoom(3);
    const resume = room.join(1, 'a');
    room.join(2, 'b');
    room.sayGoodbye(1);
    expect(room.inside).toBe('b');
    room.tickAfter(RELOAD_AWAITED_MS - 1);
    expect(room.enter(3, 'c', resume).resumeFor(3)).toBe(resume);
    room.name(3);
    expect(room.inside).toBe('cb');
    room.sayGoodbye(3);
    room.tickAfter(RELOAD_AWAITED_MS);
    expect(room.enter(4, 'd', resume).resumeFor(4)).not.toBe(resume);
    room.name(4);
    expect(room.inside).toBe('bd');
  });

  it('loses it by leaving', () => {
    const room = new TestRoom(3);
    const resume = room.join(1, 'a');
    room.join(2, 'b');
    room.leave(1);
    room.lose(1);
    room.enter(3, 'c', resume);
    room.name(3);
    expect(room.inside).toBe('bc');
  });

  it('gives the kept place back when the name does not come in time, or on leave', () => {
    const room = new TestRoom(2);
    const resume = room.join(1, 'a');
    room.join(2, 'b');
    room.lose(1);
    room.enter(3, 'c', resume);
    room.enter(4, 'd');
    room.tickAfter(PLACE_HELD_MS);
    room.nameAmongLiving(4);
    expect(room.inside).toBe('bd');
    expect(room.nameAmongLiving(3).typesTo(3)).toEqual(['full']);
  });

  it('does not prolong the kept place by reloading again', () => {
    const room = new TestRoom(2);
    const resume = room.join(1, 'a');
    room.lose(1);
    room.enter(2, 'b', resume);
    const deadlineMs = room.subject.nextDeadlineMs();
    room.nowMs += 1_000;
    room.lose(2);
    room.enter(3, 'c', resume);
    expect(room.subject.nextDeadlineMs()).toBe(deadlineMs);
  });

  it('asks an open old socket first, and takes over when it is silent', () => {
    const room = new TestRoom(2);
    const resume = room.join(1, 'a');
    const asked = room.enter(2, 'b', resume);
    expect(asked.probed).toEqual([1]);
    expect(asked.to(2)).toEqual([]);
    expect(room.tickAfter(TAKEOVER_PING_MS - 1).all).toEqual([]);
    const taken = room.tickAfter(1);
    expect(taken.closed).toEqual([[1, 'replaced']]);
    expect(taken.resumeFor(2)).toBe(resume);
    expect(room.inside).toBe('');
  });

  it('is a new page with a resume of its own when the old socket lives (duplicated tab)', () => {
    const room = new TestRoom(2);
    const resume = room.join(1, 'a');
    room.enter(2, 'b', resume);
    const admitted = room.handle({ type: 'alive', socket: 1 });
    expect(admitted.resumeFor(2)).not.toBe(resume);
    expect(admitted.closed).toEqual([]);
    expect(room.tickAfter(TAKEOVER_PING_MS).all).toEqual([]);
    expect(room.inside).toBe('a');
  });

  it('takes over as soon as the old socket ends meanwhile, even with a goodbye', () => {
    const room = new TestRoom(1);
    const resume = room.join(1, 'a');
    room.enter(2, 'b', resume);
    expect(room.sayGoodbye(1).resumeFor(2)).toBe(resume);
    room.enter(3, 'c');
    expect(room.nameAmongLiving(3).typesTo(3)).toEqual(['full']);
    room.name(2);
    expect(room.inside).toBe('b');
  });

  it('is a new page when another reload already waits for the same place', () => {
    const room = new TestRoom(2);
    const resume = room.join(1, 'a');
    room.enter(2, 'b', resume);
    expect(room.enter(3, 'c', resume).resumeFor(3)).not.toBe(resume);
  });

  it('that waits is closed when it speaks, and forgotten when it goes', () => {
    const room = new TestRoom(2);
    const resume = room.join(1, 'a');
    room.enter(2, 'b', resume);
    expect(room.name(2).closed).toEqual([[2, 'bad-message']]);
    room.enter(3, 'c', resume);
    room.lose(3);
    expect(room.tickAfter(TAKEOVER_PING_MS).all).toEqual([]);
    expect(room.inside).toBe('a');
  });

  it('that waits and comes again on a new socket waits on, its old socket replaced', () => {
    const room = new TestRoom(2);
    const resume = room.join(1, 'a');
    room.enter(2, 'b', resume);
    expect(room.enter(3, 'b').closed).toEqual([[3, 'id-taken']]);
    const again = room.enter(4, 'b', resume);
    expect(again.closed).toEqual([[2, 'replaced']]);
    expect(again.probed).toEqual([1]);
    expect(room.tickAfter(TAKEOVER_PING_MS).resumeFor(4)).toBe(resume);
  });

  it('of a page that reconnects itself while one waits leaves the waiting one a new page', () => {
    const room = new TestRoom(2);
    const resume = room.join(1, 'a');
    room.enter(2, 'b', resume);
    const back = room.enter(3, 'a', resume);
    expect(back.closed).toEqual([[1, 'replaced']]);
    expect(back.resumeFor(3)).toBe(resume);
    expect(back.resumeFor(2)).not.toBe(resume);
  });
});
