/** Holds the room to how much one guest can make it say: rosters, names, comings and goings, new faces. */

import { describe, expect, it } from 'vitest';
import {
  CAPACITY_MAX,
  FRESH_PLACE_MS,
  JOINS_BURST,
  JOINS_PER_SECOND,
  PLACE_HELD_MS,
  RENAMES_BURST,
  RENAMES_PER_SECOND,
  ROSTERS_BURST,
  ROSTERS_OUTSIDE_PER_SECOND,
  ROSTERS_PER_SECOND,
  SHORT_STAYS_BURST,
} from '../../../../main/common/protocol/limits.ts';
import type { ServerMessage } from '../../../../main/common/protocol/messages.ts';
import { type Deliveries, RoomDesk } from '../../../support/room/room-desk.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const letterOf = (socket: number): string => LETTERS[socket - 1] ?? `x${socket}`;

/** Rosters a socket is told meanwhile, the deliveries of `step` and of each due tick taken together. */
class Ear {
  readonly heard: ServerMessage[] = [];
  readonly #socket: number;
  readonly #desk: RoomDesk;

  constructor(desk: RoomDesk, socket: number) {
    this.#desk = desk;
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
    const endMs = this.#desk.nowMs + ms;
    for (;;) {
      const dueMs = this.#desk.room.nextDeadlineMs();
      if (dueMs === null || dueMs > endMs) break;
      this.#desk.nowMs = Math.max(dueMs, this.#desk.nowMs);
      this.listen(this.#desk.tickAfter(0));
    }
    this.#desk.nowMs = endMs;
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
    const desk = new RoomDesk(CAPACITY_MAX);
    for (let socket = 1; socket <= CAPACITY_MAX; socket++) desk.enter(socket, letterOf(socket));
    for (let socket = 1; socket <= CAPACITY_MAX; socket++) {
      const joined = desk.name(socket);
      for (let inside = 1; inside <= socket; inside++) expect(joined.typesTo(inside)).toEqual(['roster']);
    }
  });

  it('go out a few times a second when everybody renames without end, the newest in the end', () => {
    const desk = new RoomDesk(CAPACITY_MAX);
    for (let socket = 1; socket <= CAPACITY_MAX; socket++) desk.join(socket, letterOf(socket));
    const ear = new Ear(desk, 1);
    let count = 0;
    ear.during(20, 100, () => desk.name((count % CAPACITY_MAX) + 1, `name ${++count}`));
    expect(ear.rosters.length).toBeLessThanOrEqual(ROSTERS_BURST + 20 * ROSTERS_PER_SECOND);
    ear.wait(60_000);
    expect(ear.rosters.at(-1)?.roster).toEqual(desk.room.roster());
    expect(desk.room.nextDeadlineMs()).toBeNull();
  });

  it('reach pages that have not joined every two seconds at most, the newest one', () => {
    const desk = new RoomDesk(CAPACITY_MAX);
    for (let socket = 1; socket < CAPACITY_MAX; socket++) desk.join(socket, letterOf(socket));
    desk.enter(12, 'l');
    const ear = new Ear(desk, 12);
    let count = 0;
    ear.during(20, 100, () => desk.name((count % 11) + 1, `name ${++count}`));
    expect(ear.rosters.length).toBeLessThanOrEqual(1 + 20 * ROSTERS_OUTSIDE_PER_SECOND);
    ear.wait(60_000);
    expect(ear.rosters.at(-1)?.roster).toEqual(desk.room.roster());
  });

  it('come before the first box of somebody they list, however many have gone out', () => {
    const desk = new RoomDesk(CAPACITY_MAX);
    for (let socket = 1; socket <= 3; socket++) desk.join(socket, letterOf(socket));
    for (let count = 0; count < ROSTERS_BURST; count++) desk.name((count % 3) + 1, `name ${count}`);
    desk.enter(4, 'd');
    expect(desk.name(4).typesTo(1)).toEqual([]);
    expect(desk.box(4, 'a').typesTo(1)).toEqual(['roster', 'chat']);
    expect(desk.box(4, 'a').typesTo(1)).toEqual(['chat']);
    // Nobody else is told for that.
    expect(desk.box(1, 'd').all).toHaveLength(1);
    expect(desk.tickAfter(1_000 / ROSTERS_PER_SECOND).typesTo(2)).toEqual(['roster']);
  });

  it('tell who left of it at once', () => {
    const desk = new RoomDesk(3);
    desk.enter(1, 'a');
    desk.name(1);
    expect(desk.leave(1).to(1)).toMatchObject([{ type: 'roster', roster: [] }]);
  });
});

describe('names of one person', () => {
  it('change at once as people change them', () => {
    const desk = new RoomDesk(2);
    desk.join(1, 'a');
    for (let count = 1; count <= RENAMES_BURST; count++) {
      desk.name(1, `name ${count}`);
      expect(desk.room.roster()[0]?.name).toBe(`name ${count}`);
    }
  });

  it('beyond that change now and then, and the newest wins', () => {
    const desk = new RoomDesk(2);
    desk.join(1, 'a');
    const before = desk.room.revision;
    const ear = new Ear(desk, 1);
    let count = 0;
    ear.during(10, 18, () => desk.name(1, `name ${++count}`));
    expect(desk.room.revision - before).toBeLessThanOrEqual(RENAMES_BURST + 10 * RENAMES_PER_SECOND);
    ear.wait(1_000 / RENAMES_PER_SECOND);
    expect(desk.room.roster()[0]?.name).toBe(`name ${count}`);
  });

  it('that wait are given to who is away, whose place is kept no longer for it', () => {
    const desk = new RoomDesk(2);
    desk.join(1, 'a');
    for (let count = 0; count <= RENAMES_BURST; count++) desk.name(1, `name ${count}`);
    desk.lose(1);
    desk.tickAfter(1_000 / RENAMES_PER_SECOND);
    expect(desk.room.roster()[0]?.name).toBe(`name ${RENAMES_BURST}`);
    desk.tickAfter(PLACE_HELD_MS);
    expect(desk.inside).toBe('');
  });

  it('that wait are forgotten by who leaves', () => {
    const desk = new RoomDesk(2);
    desk.join(1, 'a');
    for (let count = 0; count <= RENAMES_BURST; count++) desk.name(1, `name ${count}`);
    desk.leave(1);
    desk.tickAfter(60_000);
    expect(desk.inside).toBe('');
  });
});

describe('joining', () => {
  const churn = (desk: RoomDesk, socket: number) => {
    desk.leave(socket);
    return desk.name(socket);
  };

  it('again is at once as people press Leave and Join', () => {
    const desk = new RoomDesk(2);
    desk.join(1, 'a');
    for (let count = 1; count < JOINS_BURST; count++) {
      churn(desk, 1);
      expect(desk.inside).toBe('a');
    }
  });

  it('29 times a second happens now and then, and in the end', () => {
    const desk = new RoomDesk(3);
    desk.join(1, 'a');
    desk.join(2, 'b');
    const before = desk.room.revision;
    const ear = new Ear(desk, 1);
    ear.during(10, 29, () => churn(desk, 2));
    // Each time is one change out and one in.
    expect(desk.room.revision - before).toBeLessThanOrEqual(2 * (JOINS_BURST + 10 * JOINS_PER_SECOND));
    ear.wait(1_000 / JOINS_PER_SECOND);
    expect(desk.inside).toBe('ab');
  });

  it('for minutes happens no oftener than one place goes from one new identity to the next', () => {
    const desk = new RoomDesk(3);
    desk.join(1, 'a');
    desk.join(2, 'b');
    const before = desk.room.revision;
    new Ear(desk, 1).during(120, 2, () => churn(desk, 2));
    expect(desk.room.revision - before).toBeLessThanOrEqual(2 * (JOINS_BURST + 120_000 / FRESH_PLACE_MS));
  });

  it('is no faster by reloads, each under another key', () => {
    const desk = new RoomDesk(3);
    desk.join(1, 'a');
    const resume = desk.join(2, 'b');
    const ear = new Ear(desk, 1);
    let socket = 2;
    ear.during(10, 29, () => {
      ear.listen(desk.lose(socket));
      socket++;
      ear.listen(desk.enter(socket, `k${socket}`, resume));
      return desk.name(socket);
    });
    expect(ear.faces).toBeLessThanOrEqual(1 + JOINS_BURST + 10 * JOINS_PER_SECOND);
  });
});

describe('a place given back at once', () => {
  /** A room where that has happened too often of late. */
  const restlessDesk = (capacity: number) => {
    const desk = new RoomDesk(capacity);
    for (let socket = 101; socket <= 100 + SHORT_STAYS_BURST; socket++) {
      desk.join(socket, letterOf(socket));
      desk.sayGoodbye(socket);
    }
    return desk;
  };

  it('is another’s at once, now and then', () => {
    const desk = new RoomDesk(2);
    desk.join(1, 'a');
    for (let socket = 2; socket <= 1 + SHORT_STAYS_BURST; socket++) {
      desk.join(socket, letterOf(socket));
      expect(desk.inside).toBe(`a${letterOf(socket)}`);
      desk.leave(socket);
    }
  });

  it('shows few new faces, however many identities somebody has', () => {
    const desk = new RoomDesk(CAPACITY_MAX);
    desk.join(1, 'a');
    const ear = new Ear(desk, 1);
    let socket = 1;
    ear.during(7, 37, () => {
      ear.listen(desk.enter(++socket, `k${socket}`));
      ear.listen(desk.name(socket));
      // Long enough for the room to be told of each.
      return desk.sayGoodbye(Math.max(2, socket - 9));
    });
    const free = CAPACITY_MAX - 1;
    expect(socket).toBeGreaterThan(256);
    expect(ear.faces).toBeLessThanOrEqual(1 + SHORT_STAYS_BURST + free * Math.ceil(7_000 / FRESH_PLACE_MS));
  });

  it('is its own one’s at once, by Join, and by a reload with a goodbye', () => {
    const desk = restlessDesk(2);
    desk.join(1, 'a');
    const resume = desk.join(2, 'b');
    desk.leave(2);
    desk.name(2);
    expect(desk.inside).toBe('ab');
    desk.sayGoodbye(2);
    desk.enter(3, 'c', resume);
    desk.name(3);
    expect(desk.inside).toBe('ac');
  });

  it('is another’s in a moment, who is not told that the room is full', () => {
    const desk = restlessDesk(2);
    desk.join(1, 'a');
    desk.join(2, 'b');
    desk.leave(2);
    desk.enter(3, 'c');
    expect(desk.name(3).typesTo(3)).toEqual([]);
    expect(desk.room.nextDeadlineMs()).toBe(FRESH_PLACE_MS);
    desk.tickAfter(FRESH_PLACE_MS - 1);
    expect(desk.inside).toBe('a');
    desk.tickAfter(1);
    expect(desk.inside).toBe('ac');
  });

  it('is first theirs who asked first', () => {
    const desk = restlessDesk(2);
    desk.join(1, 'a');
    desk.enter(4, 'd');
    desk.join(2, 'b');
    desk.leave(2);
    desk.enter(3, 'c');
    desk.name(3);
    desk.nowMs += 1;
    desk.name(4);
    const told = desk.answerProbes(desk.tickAfter(FRESH_PLACE_MS));
    expect(desk.inside).toBe('ac');
    expect(told.typesTo(4)).toContain('full');
  });

  it('lets nobody in whose link the one before has used up', () => {
    const desk = restlessDesk(2);
    desk.join(1, 'a');
    desk.join(2, 'b');
    desk.invite({ kind: 'one-time' });
    for (const socket of [3, 4]) desk.enter(socket, letterOf(socket), null, desk.lastLink);
    for (const socket of [1, 2]) desk.leave(socket);
    for (const socket of [3, 4]) desk.name(socket);
    expect(desk.tickAfter(FRESH_PLACE_MS).closed).toEqual([[4, 'auth-failed']]);
    expect(desk.inside).toBe('c');
  });

  it('is free at once after a longer stay, and where there are others', () => {
    const desk = restlessDesk(2);
    desk.join(1, 'a');
    desk.nowMs += FRESH_PLACE_MS;
    desk.leave(1);
    desk.join(2, 'b');
    desk.join(3, 'c');
    expect(desk.inside).toBe('bc');
  });
});
