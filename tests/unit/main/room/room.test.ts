import { describe, expect, it } from 'vitest';
import {
  PLACE_HELD_MS,
  ROSTERS_OUTSIDE_PER_SECOND,
  TAKEOVER_PING_MS,
} from '../../../../main/common/protocol/limits.ts';
import { FIRST_LINK, identityOf, RoomDesk } from '../../../support/room/room-desk.ts';

/** After which a page that has not joined is told of the next change at once. */
const ONLOOKERS_WAIT_MS = 1_000 / ROSTERS_OUTSIDE_PER_SECOND;

describe('entering', () => {
  it('greets with the own id, everyone who is in, and a resume of its own', () => {
    const desk = new RoomDesk(4);
    desk.join(1, 'a');
    const entered = desk.enter(2, 'b');
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
    expect(desk.inside).toBe('a');
  });

  it('tells everyone who has proven, joined or not, of a join, in order of joining', () => {
    const desk = new RoomDesk(4);
    desk.enter(1, 'a');
    desk.enter(2, 'b');
    desk.enter(3, 'c');
    expect(desk.name(2).typesTo(3)).toEqual(['roster']);
    desk.nowMs += ONLOOKERS_WAIT_MS;
    const joined = desk.name(1);
    for (const socket of [1, 2, 3]) expect(joined.typesTo(socket)).toEqual(['roster']);
    expect(desk.inside).toBe('ba');
  });

  it('counts revisions up, one a change', () => {
    const desk = new RoomDesk(4);
    desk.enter(1, 'a');
    const revisions = [desk.name(1), desk.name(1, 'other'), desk.leave(1)].map((deliveries) =>
      deliveries.to(1).map((message) => (message.type === 'roster' ? message.revision : message.type)),
    );
    expect(revisions).toEqual([[1], [2], [3]]);
  });

  it('keeps place and order at a rename', () => {
    const desk = new RoomDesk(4);
    desk.join(1, 'a');
    desk.join(2, 'b');
    desk.name(1, 'another');
    expect(desk.inside).toBe('ab');
    expect(desk.room.roster()[0]?.name).toBe('another');
  });
});

describe('a full room', () => {
  it('answers the name with full and keeps the socket; leaving frees the place', () => {
    const desk = new RoomDesk(2);
    desk.join(1, 'a');
    desk.join(2, 'b');
    desk.enter(3, 'c');
    const refused = desk.nameAmongLiving(3);
    expect(refused.to(3)).toEqual([{ type: 'full', capacity: 2 }]);
    expect(refused.closed).toEqual([]);
    desk.leave(1);
    desk.name(3);
    expect(desk.inside).toBe('bc');
  });

  it('lets those who are in rename', () => {
    const desk = new RoomDesk(2);
    desk.join(1, 'a');
    desk.join(2, 'b');
    expect(desk.name(2, 'new').typesTo(2)).toEqual(['roster']);
  });
});

describe('boxes', () => {
  it('go to the one they are for, from the one the socket belongs to', () => {
    const desk = new RoomDesk(3);
    for (const [socket, letter] of [
      [1, 'a'],
      [2, 'b'],
      [3, 'c'],
    ] as const) {
      desk.join(socket, letter);
    }
    expect(desk.box(1, 'b').all).toEqual([
      { type: 'send', to: [2], message: { type: 'chat', from: 'id-a', box: 'sealed' } },
    ]);
  });

  it('are refused from someone not joined, to a stranger, to oneself, and to someone not joined', () => {
    const desk = new RoomDesk(3);
    desk.join(1, 'a');
    desk.enter(2, 'b');
    expect(desk.box(2, 'a').all).toEqual([
      { type: 'send', to: [2], message: { type: 'error', code: 'not-joined' } },
    ]);
    for (const to of ['x', 'a', 'b']) {
      expect(desk.box(1, to).all).toEqual([
        { type: 'send', to: [1], message: { type: 'error', code: 'unknown-recipient' } },
      ]);
    }
  });

  it('to someone who is away go nowhere, without an error', () => {
    const desk = new RoomDesk(3);
    desk.join(1, 'a');
    desk.join(2, 'b');
    desk.lose(2);
    expect(desk.box(1, 'b').all).toEqual([]);
  });
});

describe('leaving', () => {
  it('frees the place at once and keeps the socket and its resume', () => {
    const desk = new RoomDesk(3);
    const resume = desk.join(1, 'a');
    expect(desk.leave(1).typesTo(1)).toEqual(['roster']);
    expect(desk.inside).toBe('');
    expect(desk.enter(2, 'a', resume).closed).toEqual([[1, 'replaced']]);
  });

  it('twice does nothing', () => {
    const desk = new RoomDesk(3);
    desk.join(1, 'a');
    desk.leave(1);
    expect(desk.leave(1).all).toEqual([]);
  });

  it('by a closed tab frees the place at once', () => {
    const desk = new RoomDesk(3);
    desk.join(1, 'a');
    desk.join(2, 'b');
    expect(desk.sayGoodbye(1).typesTo(2)).toEqual(['roster']);
    expect(desk.inside).toBe('b');
    expect(desk.room.nextDeadlineMs()).toBeNull();
  });
});

describe('a lost socket', () => {
  it('keeps its place for a minute, then leaves', () => {
    const desk = new RoomDesk(2);
    desk.join(1, 'a');
    desk.join(2, 'b');
    expect(desk.lose(1).all).toEqual([]);
    expect(desk.room.nextDeadlineMs()).toBe(PLACE_HELD_MS);
    desk.enter(3, 'c');
    desk.nameAmongLiving(3);
    expect(desk.vouch(2, 'a', 'there').typesTo(3)).toEqual(['full']);
    expect(desk.tickAfter(PLACE_HELD_MS - 1).all).toEqual([]);
    expect(desk.inside).toBe('ab');
    expect(desk.tickAfter(1).typesTo(2)).toEqual(['roster']);
    expect(desk.inside).toBe('b');
  });

  it('of someone not joined is forgotten', () => {
    const desk = new RoomDesk(2);
    const resume = desk.enter(1, 'a').resumeFor(1);
    desk.lose(1);
    expect(desk.enter(2, 'a', resume).resumeFor(2)).not.toBe(resume);
  });

  it('comes back to place and order under its key, with its resume for life', () => {
    const desk = new RoomDesk(3);
    const resume = desk.join(1, 'a');
    desk.join(2, 'b');
    desk.lose(1);
    const back = desk.enter(3, 'a', resume);
    expect(back.typesTo(3)).toEqual(['hello']);
    expect(back.resumeFor(3)).toBe(resume);
    expect(back.typesTo(2)).toEqual([]);
    expect(desk.inside).toBe('ab');
    desk.tickAfter(PLACE_HELD_MS);
    expect(desk.inside).toBe('ab');
    expect(desk.box(2, 'a').typesTo(3)).toEqual(['chat']);
  });

  it('whose end is noticed late takes nothing from the new one', () => {
    const desk = new RoomDesk(3);
    const resume = desk.join(1, 'a');
    expect(desk.enter(2, 'a', resume).closed).toEqual([[1, 'replaced']]);
    desk.lose(1);
    expect(desk.inside).toBe('a');
    expect(desk.room.nextDeadlineMs()).toBeNull();
  });
});

describe('a known key', () => {
  it('with another’s resume is refused', () => {
    const desk = new RoomDesk(3);
    desk.join(1, 'a');
    const other = desk.join(2, 'b');
    expect(desk.enter(4, 'a', other).closed).toEqual([[4, 'id-taken']]);
    expect(desk.inside).toBe('ab');
    expect(desk.box(2, 'a').typesTo(1)).toEqual(['chat']);
  });

  it('without a resume is the same page, whose hello got lost on the way', () => {
    const desk = new RoomDesk(3);
    const resume = desk.join(1, 'a');
    desk.join(2, 'b');
    const again = desk.enter(3, 'a');
    expect(again.closed).toEqual([[1, 'replaced']]);
    expect(again.resumeFor(3)).toBe(resume);
    expect(desk.inside).toBe('ab');
  });

  it('with another fingerprint is refused even with its resume', () => {
    const desk = new RoomDesk(3);
    const resume = desk.join(1, 'a');
    const identity = { ...identityOf('a'), id: 'id-z', fp: 'fp-z' };
    expect(desk.handle({ type: 'entered', socket: 2, link: FIRST_LINK, identity, resume }).closed).toEqual([
      [2, 'id-taken'],
    ]);
  });
});

describe('a reload (known resume, new key)', () => {
  it('takes the place over at once when the old socket is closed', () => {
    const desk = new RoomDesk(2);
    const resume = desk.join(1, 'a');
    desk.join(2, 'b');
    desk.lose(1);
    const reloaded = desk.enter(3, 'c', resume);
    expect(reloaded.typesTo(2)).toEqual(['roster']);
    expect(reloaded.resumeFor(3)).toBe(resume);
    expect(desk.inside).toBe('b');
    desk.enter(4, 'd');
    expect(desk.nameAmongLiving(4).typesTo(4)).toEqual(['full']);
    desk.name(3);
    expect(desk.inside).toBe('bc');
  });

  it('gives the kept place back when the name does not come in time, or on leave', () => {
    const desk = new RoomDesk(2);
    const resume = desk.join(1, 'a');
    desk.join(2, 'b');
    desk.lose(1);
    desk.enter(3, 'c', resume);
    desk.enter(4, 'd');
    desk.tickAfter(PLACE_HELD_MS);
    desk.nameAmongLiving(4);
    expect(desk.inside).toBe('bd');
    expect(desk.nameAmongLiving(3).typesTo(3)).toEqual(['full']);
  });

  it('does not prolong the kept place by reloading again', () => {
    const desk = new RoomDesk(2);
    const resume = desk.join(1, 'a');
    desk.lose(1);
    desk.enter(2, 'b', resume);
    const deadlineMs = desk.room.nextDeadlineMs();
    desk.nowMs += 1_000;
    desk.lose(2);
    desk.enter(3, 'c', resume);
    expect(desk.room.nextDeadlineMs()).toBe(deadlineMs);
  });

  it('asks an open old socket first, and takes over when it is silent', () => {
    const desk = new RoomDesk(2);
    const resume = desk.join(1, 'a');
    const asked = desk.enter(2, 'b', resume);
    expect(asked.probed).toEqual([1]);
    expect(asked.to(2)).toEqual([]);
    expect(desk.tickAfter(TAKEOVER_PING_MS - 1).all).toEqual([]);
    const taken = desk.tickAfter(1);
    expect(taken.closed).toEqual([[1, 'replaced']]);
    expect(taken.resumeFor(2)).toBe(resume);
    expect(desk.inside).toBe('');
  });

  it('is a new page with a resume of its own when the old socket lives (duplicated tab)', () => {
    const desk = new RoomDesk(2);
    const resume = desk.join(1, 'a');
    desk.enter(2, 'b', resume);
    const admitted = desk.handle({ type: 'alive', socket: 1 });
    expect(admitted.resumeFor(2)).not.toBe(resume);
    expect(admitted.closed).toEqual([]);
    expect(desk.tickAfter(TAKEOVER_PING_MS).all).toEqual([]);
    expect(desk.inside).toBe('a');
  });

  it('takes over as soon as the old socket ends meanwhile, even with a goodbye', () => {
    const desk = new RoomDesk(1);
    const resume = desk.join(1, 'a');
    desk.enter(2, 'b', resume);
    expect(desk.sayGoodbye(1).resumeFor(2)).toBe(resume);
    desk.enter(3, 'c');
    expect(desk.nameAmongLiving(3).typesTo(3)).toEqual(['full']);
    desk.name(2);
    expect(desk.inside).toBe('b');
  });

  it('is a new page when another reload already waits for the same place', () => {
    const desk = new RoomDesk(2);
    const resume = desk.join(1, 'a');
    desk.enter(2, 'b', resume);
    expect(desk.enter(3, 'c', resume).resumeFor(3)).not.toBe(resume);
  });

  it('that waits is closed when it speaks, and forgotten when it goes', () => {
    const desk = new RoomDesk(2);
    const resume = desk.join(1, 'a');
    desk.enter(2, 'b', resume);
    expect(desk.name(2).closed).toEqual([[2, 'bad-message']]);
    desk.enter(3, 'c', resume);
    desk.lose(3);
    expect(desk.tickAfter(TAKEOVER_PING_MS).all).toEqual([]);
    expect(desk.inside).toBe('a');
  });

  it('that waits and comes again on a new socket waits on, its old socket replaced', () => {
    const desk = new RoomDesk(2);
    const resume = desk.join(1, 'a');
    desk.enter(2, 'b', resume);
    expect(desk.enter(3, 'b').closed).toEqual([[3, 'id-taken']]);
    const again = desk.enter(4, 'b', resume);
    expect(again.closed).toEqual([[2, 'replaced']]);
    expect(again.probed).toEqual([1]);
    expect(desk.tickAfter(TAKEOVER_PING_MS).resumeFor(4)).toBe(resume);
  });

  it('of a page that reconnects itself while one waits leaves the waiting one a new page', () => {
    const desk = new RoomDesk(2);
    const resume = desk.join(1, 'a');
    desk.enter(2, 'b', resume);
    const back = desk.enter(3, 'a', resume);
    expect(back.closed).toEqual([[1, 'replaced']]);
    expect(back.resumeFor(3)).toBe(resume);
    expect(back.resumeFor(2)).not.toBe(resume);
  });
});
