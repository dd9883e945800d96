/** Holds the keeping of a room to its pace, its order and its end. */

import { describe, expect, it } from 'vitest';
import type { KeptRoom } from '../../../../main/host/kept-room.ts';
import { RoomKeeping } from '../../../../main/host/room-keeping.ts';
import { FakeKeptRoom } from '../../../support/host/fake-dependencies.ts';
import { KEPT_ROOM } from '../../../support/host/kept-rooms.ts';
import { ManualTime } from '../../../support/time/manual-time.ts';

function setUp() {
  const time = new ManualTime();
  const file = new FakeKeptRoom([]);
  let room: KeptRoom = KEPT_ROOM;
  let failures = 0;
  const keeping = new RoomKeeping({
    file,
    clock: time.clock,
    timers: time.timers,
    keep: () => ({ ...room, savedAtMs: time.clock() }),
    onFailed: () => failures++,
  });
  const change = (capacity: number) => {
    room = { ...KEPT_ROOM, options: { ...KEPT_ROOM.options, capacity } };
    keeping.handleChange();
  };
  return { time, file, keeping, change, failures: () => failures };
}

describe('keeping a room', () => {
  it('writes the newest state, a few times a second at most, and nothing where nothing changed', async () => {
    const { time, file, keeping, change } = setUp();
    for (let capacity = 2; capacity <= 12; capacity++) change(capacity);
    await time.advance(1_000);
    expect(file.kept?.options.capacity).toBe(12);
    expect(file.writes).toBeLessThanOrEqual(3);
    const { writes } = file;
    keeping.handleChange();
    await time.advance(1_000);
    expect(file.writes).toBe(writes);
  });

  it('writes at once what must not be lost', async () => {
    const { file, keeping, change } = setUp();
    for (let capacity = 2; capacity <= 12; capacity++) change(capacity);
    await keeping.flush();
    expect(file.kept?.options.capacity).toBe(12);
  });

  it('leaves nothing at its end, whatever comes after', async () => {
    const { time, file, keeping, change } = setUp();
    change(3);
    await keeping.end();
    change(4);
    await keeping.flush();
    await time.advance(10_000);
    expect(file.kept).toBeNull();
    expect(time.pending).toBe(0);
  });

  it('leaves no older state where the newest cannot be written, says so once, and goes on trying', async () => {
    const { file, keeping, change, failures } = setUp();
    await keeping.flush();
    file.fails = true;
    change(3);
    await keeping.flush();
    change(4);
    await keeping.flush();
    expect([file.kept, failures()]).toEqual([null, 1]);
    file.fails = false;
    await keeping.flush();
    expect(file.kept?.options.capacity).toBe(4);
  });
});
