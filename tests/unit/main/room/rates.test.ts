/** Holds the room to how much one guest can make it say: rosters, names, comings and goings, new faces. */

import { describe, expect, it } from 'vitest';
import {
  CAPACITY_MAX,
  CONNECTIONS_MAX,
  FRESH_PLACE_MS,
  JOINS_BURST,
  JOINS_PER_SECOND,
  LOCAL_CONNECTIONS_RESERVED,
  PLACE_HELD_MS,
  RENAMES_BURST,
  RENAMES_PER_SECOND,
  ROSTERS_BURST,
  ROSTERS_OUTSIDE_PER_SECOND,
  ROSTERS_PER_SECOND,
  SHORT_STAYS_BURST,
} from '../../../../main/common/protocol/limits.ts';
import type { ServerMessage } from '../../../../main/common/protocol/messages.ts';
import { type Deliveries, TestRoom } from '../../../support/room/test-room.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const letterOf = (socket: number): string => LETTERS[socket - 1] ?? `x${socket}`;

/** Rosters a socket is told meanwhile, the deliveries of `step` and of each due tick taken together. */
class RosterListener {
  readonly heard: ServerMessage[] = [];
  readonly #socket: number;
  readonly #room: TestRoom;

  constructor(room: TestRoom, socket: number) {
    this.#room = room;
    this.#socket = socket;
  }

  listen(deliveries: Deliveries): void {
    this.heard.push(...deliveries.to(this.#socket));
  }

  /** Does something so many times a second. */
  during(seconds: number, perSecond: number, step: () => Deliveries): void {
    for (let done = 0; done < seconds * perSecond; done++) {
      this.listen(step());
      this.#pass(1_000 / perSecond);
    }
  }

  /** Time goes by with all its ticks. */
  wait(ms: number): void {
    this.#pass(ms);
  }

  #pass(ms: number): void {
    const endMs = this.#room.nowMs + ms;
    for (;;) {
      const dueMs = this.#room.subject.nextDeadlineMs();
      if (dueMs === null || dueMs > endMs) break;
      this.#room.nowMs = Math.max(dueMs, this.#room.nowMs);
      this.listen(this.#room.tickAfter(0));
    }
    this.#room.nowMs = endMs;
  }

  get rosters() {
    return this.heard.flatMap((message) => (message.type === 'roster' ? [message] : []));
  }

  /** Everyone who was ever listed. */
  get faces(): number {
    return new Set(this.rosters.flatMap(({ roster }) => roster.map(({ id }) => id))).size;
  }
}

describe('rosters', () => {
  it('of twelve people who join at once go out at once', () => {
    const room = new TestRoom(CAPACITY_MAX);
    for (let socket = 1; socket <= CAPACITY_MAX; socket++) room.enter(socket, letterOf(socket));
    for (let socket = 1; socket <= CAPACITY_MAX; socket++) {
      const joined = room.name(socket);
      for (let inside = 1; inside <= socket; inside++) expect(joined.typesTo(inside)).toEqual(['roster']);
    }
  });

  it('go out a few times a second when everybody renames without end, the newest in the end', () => {
    const room = new TestRoom(CAPACITY_MAX);
    for (let socket = 1; socket <= CAPACITY_MAX; socket++) room.join(socket, letterOf(socket));
    const listener = new RosterListener(room, 1);
    let count = 0;
    listener.during(20, 100, () => room.name((count % CAPACITY_MAX) + 1, `name ${++count}`));
    expect(listener.rosters.length).toBeLessThanOrEqual(ROSTERS_BURST + 20 * ROSTERS_PER_SECOND);
    listener.wait(60_000);
    expect(listener.rosters.at(-1)?.roster).toEqual(room.subject.roster());
    expect(room.subject.nextDeadlineMs()).toBeNull();
  });

  it('reach pages that have not joined every two seconds at most, the newest one', () => {
    const room = new TestRoom(CAPACITY_MAX);
    for (let socket = 1; socket < CAPACITY_MAX; socket++) room.join(socket, letterOf(socket));
    room.enter(12, 'l');
    const listener = new RosterListener(room, 12);
    let count = 0;
    listener.during(20, 100, () => room.name((count % 11) + 1, `name ${++count}`));
    expect(listener.rosters.length).toBeLessThanOrEqual(1 + 20 * ROSTERS_OUTSIDE_PER_SECOND);
    listener.wait(60_000);
    expect(listener.rosters.at(-1)?.roster).toEqual(room.subject.roster());
  });

  it('come before the first box of somebody they list, however many have gone out', () => {
    const room = new TestRoom(CAPACITY_MAX);
    for (let socket = 1; socket <= 3; socket++) room.join(socket, letterOf(socket));
    for (let count = 0; count < ROSTERS_BURST; count++) room.name((count % 3) + 1, `name ${count}`);
    room.enter(4, 'd');
    expect(room.name(4).typesTo(1)).toEqual([]);
    expect(room.box(4, 'a').typesTo(1)).toEqual(['roster', 'chat']);
    expect(room.box(4, 'a').typesTo(1)).toEqual(['chat']);
    // Nobody else is told for that.
    expect(room.box(1, 'd').all).toHaveLength(1);
    expect(room.tickAfter(1_000 / ROSTERS_PER_SECOND).typesTo(2)).toEqual(['roster']);
  });

  it('tell who left of it at once, however many have gone out to those who look on', () => {
    const room = new TestRoom(3);
    for (const socket of [1, 2]) room.join(socket, letterOf(socket));
    room.enter(3, 'c');
    expect(room.name(1, 'other').typesTo(3)).toEqual(['roster']);
    const left = room.leave(2);
    expect([left.typesTo(2), left.typesTo(3)]).toEqual([['roster'], []]);
  });

  it('tell who left of it at once', () => {
    const room = new TestRoom(3);
    room.enter(1, 'a');
    room.name(1);
    expect(room.leave(1).to(1)).toMatchObject([{ type: 'roster', roster: [] }]);
  });
});

describe('names of one person', () => {
  it('change at once as people change them', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    for (let count = 1; count <= RENAMES_BURST; count++) {
      room.name(1, `name ${count}`);
      expect(room.subject.roster()[0]?.name).toBe(`name ${count}`);
    }
  });

  it('beyond that change now and then, and the newest wins', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    const before = room.subject.revision;
    const listener = new RosterListener(room, 1);
    let count = 0;
    listener.during(10, 18, () => room.name(1, `name ${++count}`));
    expect(room.subject.revision - before).toBeLessThanOrEqual(RENAMES_BURST + 10 * RENAMES_PER_SECOND);
    listener.wait(1_000 / RENAMES_PER_SECOND);
    expect(room.subject.roster()[0]?.name).toBe(`name ${count}`);
  });

  it('that wait are given to who is away, whose place is kept no longer for it', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    for (let count = 0; count <= RENAMES_BURST; count++) room.name(1, `name ${count}`);
    room.lose(1);
    room.tickAfter(1_000 / RENAMES_PER_SECOND);
    expect(room.subject.roster()[0]?.name).toBe(`name ${RENAMES_BURST}`);
    room.tickAfter(PLACE_HELD_MS);
    expect(room.inside).toBe('');
  });

  it('that wait are forgotten by who leaves', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    for (let count = 0; count <= RENAMES_BURST; count++) room.name(1, `name ${count}`);
    room.leave(1);
    room.tickAfter(60_000);
    expect(room.inside).toBe('');
  });
});

describe('joining', () => {
  const churn = (room: TestRoom, socket: number) => {
    room.leave(socket);
    return room.name(socket);
  };

  it('again is at once as people press Leave and Join', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    for (let count = 1; count < JOINS_BURST; count++) {
      churn(room, 1);
      expect(room.inside).toBe('a');
    }
  });

  it('29 times a second happens now and then, and in the end', () => {
    const room = new TestRoom(3);
    room.join(1, 'a');
    room.join(2, 'b');
    const before = room.subject.revision;
    const listener = new RosterListener(room, 1);
    listener.during(10, 29, () => churn(room, 2));
    // Each time is one change out and one in.
    expect(room.subject.revision - before).toBeLessThanOrEqual(2 * (JOINS_BURST + 10 * JOINS_PER_SECOND));
    listener.wait(1_000 / JOINS_PER_SECOND);
    expect(room.inside).toBe('ab');
  });

  it('for minutes happens no oftener than one place goes from one new identity to the next', () => {
    const room = new TestRoom(3);
    room.join(1, 'a');
    room.join(2, 'b');
    const before = room.subject.revision;
    new RosterListener(room, 1).during(120, 2, () => churn(room, 2));
    expect(room.subject.revision - before).toBeLessThanOrEqual(2 * (JOINS_BURST + 120_000 / FRESH_PLACE_MS));
  });

  it('is no faster by reloads, each under another key', () => {
    const room = new TestRoom(3);
    room.join(1, 'a');
    const resume = room.join(2, 'b');
    const listener = new RosterListener(room, 1);
    let socket = 2;
    listener.during(10, 29, () => {
      listener.listen(room.lose(socket));
      socket++;
      listener.listen(room.enter(socket, `k${socket}`, resume));
      return room.name(socket);
    });
    expect(listener.faces).toBeLessThanOrEqual(1 + JOINS_BURST + 10 * JOINS_PER_SECOND);
  });
});

describe('a place given back at once', () => {
  /** A room where that has happened too often of late. */
  const restlessRoom = (capacity: number) => {
    const room = new TestRoom(capacity);
    for (let socket = 101; socket <= 100 + SHORT_STAYS_BURST; socket++) {
      room.join(socket, letterOf(socket));
      room.sayGoodbye(socket);
    }
    return room;
  };

  it('is another’s at once, now and then', () => {
    const room = new TestRoom(2);
    room.join(1, 'a');
    for (let socket = 2; socket <= 1 + SHORT_STAYS_BURST; socket++) {
      room.join(socket, letterOf(socket));
      expect(room.inside).toBe(`a${letterOf(socket)}`);
      room.leave(socket);
    }
  });

  it('shows few new faces, however many identities somebody has', () => {
    const room = new TestRoom(CAPACITY_MAX);
    room.join(1, 'a');
    const listener = new RosterListener(room, 1);
    let socket = 1;
    listener.during(7, 37, () => {
      listener.listen(room.enter(++socket, `k${socket}`));
      listener.listen(room.name(socket));
      // Long enough for the room to be told of each.
      return room.sayGoodbye(Math.max(2, socket - 9));
    });
    const free = CAPACITY_MAX - 1;
    expect(socket).toBeGreaterThan(256);
    expect(listener.faces).toBeLessThanOrEqual(
      1 + SHORT_STAYS_BURST + free * Math.ceil(7_000 / FRESH_PLACE_MS),
    );
  });

  it('is its own one’s at once, by Join, and by a reload with a goodbye', () => {
    const room = restlessRoom(2);
    room.join(1, 'a');
    const resume = room.join(2, 'b');
    room.leave(2);
    room.name(2);
    expect(room.inside).toBe('ab');
    room.sayGoodbye(2);
    room.enter(3, 'c', resume);
    room.name(3);
    expect(room.inside).toBe('ac');
  });

  it('is another’s in a moment, who is not told that the room is full', () => {
    const room = restlessRoom(2);
    room.join(1, 'a');
    room.join(2, 'b');
    room.leave(2);
    room.enter(3, 'c');
    expect(room.name(3).typesTo(3)).toEqual([]);
    expect(room.subject.nextDeadlineMs()).toBe(FRESH_PLACE_MS);
    room.tickAfter(FRESH_PLACE_MS - 1);
    expect(room.inside).toBe('a');
    room.tickAfter(1);
    expect(room.inside).toBe('ac');
  });

  it('is free when the first of them is, whoever left first', () => {
    const room = restlessRoom(2);
    room.nowMs = 10;
    room.join(1, 'a');
    room.nowMs = 20;
    room.join(2, 'b');
    room.nowMs = 30;
    for (const socket of [2, 1]) room.leave(socket);
    room.enter(3, 'c');
    room.name(3);
    room.tickAfter(FRESH_PLACE_MS - 21);
    expect(room.inside).toBe('');
    room.tickAfter(1);
    expect(room.inside).toBe('c');
  });

  it('keeps nobody waiting whose own place is kept over a reload', () => {
    const room = restlessRoom(2);
    const resume = room.join(1, 'a');
    room.join(2, 'b');
    room.leave(2);
    room.lose(1);
    room.enter(3, 'c', resume);
    room.name(3);
    expect(room.inside).toBe('c');
  });

  it('counts as one only where the stay was short', () => {
    const room = new TestRoom(SHORT_STAYS_BURST);
    for (let socket = 1; socket <= SHORT_STAYS_BURST; socket++) room.join(socket, letterOf(socket));
    room.nowMs = FRESH_PLACE_MS;
    for (let socket = 1; socket <= SHORT_STAYS_BURST; socket++) room.leave(socket);
    for (let socket = 101; socket < 101 + 2 * SHORT_STAYS_BURST; socket++) {
      room.join(socket, letterOf(socket));
      if (socket <= 100 + SHORT_STAYS_BURST) room.sayGoodbye(socket);
    }
    expect(room.subject.roster()).toHaveLength(SHORT_STAYS_BURST);
  });

  it('is first theirs who asked first', () => {
    const room = restlessRoom(2);
    room.join(1, 'a');
    room.enter(4, 'd');
    room.join(2, 'b');
    room.leave(2);
    room.enter(3, 'c');
    room.name(3);
    room.nowMs += 1;
    room.name(4);
    const told = room.answerProbes(room.tickAfter(FRESH_PLACE_MS));
    expect(room.inside).toBe('ac');
    expect(told.typesTo(4)).toContain('full');
  });

  it('is theirs before a newcomer’s who wait for it in whatever number, until the host shuts them out', () => {
    const waiting = CONNECTIONS_MAX - LOCAL_CONNECTIONS_RESERVED;
    const crowded = (): TestRoom => {
      const room = restlessRoom(2);
      room.join(1, 'a');
      room.join(2, 'b');
      room.leave(2);
      for (let socket = 201; socket <= 200 + waiting; socket++) {
        room.enter(socket, `x${socket}`);
        expect(room.name(socket).closed).toEqual([]);
      }
      return room;
    };

    const open = crowded();
    open.enter(3, 'c');
    open.name(3);
    open.tickAfter(FRESH_PLACE_MS);
    expect(open.subject.roster().map(({ id }) => id)).toEqual(['id-a', 'id-x201']);

    const shut = crowded();
    expect(shut.subject.attendance.onlookers).toBe(waiting + 1);
    expect(shut.shutOut().closed).toHaveLength(waiting + 1);
    shut.enter(3, 'c', null, shut.lastLink);
    shut.name(3);
    shut.tickAfter(FRESH_PLACE_MS);
    expect(shut.inside).toBe('ac');
  });

  it('lets nobody in whose link the one before has used up', () => {
    const room = restlessRoom(2);
    room.join(1, 'a');
    room.join(2, 'b');
    room.invite({ kind: 'one-time' });
    for (const socket of [3, 4]) room.enter(socket, letterOf(socket), null, room.lastLink);
    for (const socket of [1, 2]) room.leave(socket);
    for (const socket of [3, 4]) room.name(socket);
    expect(room.tickAfter(FRESH_PLACE_MS).closed).toEqual([[4, 'auth-failed']]);
    expect(room.inside).toBe('c');
  });

  it('is free at once after a longer stay, and where there are others', () => {
    const room = restlessRoom(2);
    room.join(1, 'a');
    room.nowMs += FRESH_PLACE_MS;
    room.leave(1);
    room.join(2, 'b');
    room.join(3, 'c');
    expect(room.inside).toBe('bc');
  });
});
