import { beforeEach, describe, expect, it } from 'vitest';
import {
  RECEIVE_LULL_MS,
  RECEIVE_SLICE_MS,
  RECEIVE_WAITING_MAX,
} from '../../../../../main/common/protocol/peer-limits.ts';
import { type ReceiveLine, ReceiveTurns } from '../../../../../web-client/core/peer/receive-turns.ts';
import { settle } from '../../../../support/time/manual-time.ts';

let nowMs: number;
/** What runs once everything else had its turn. */
let pending: (() => void)[];
let turns: ReceiveTurns;
let taken: string[];
beforeEach(() => {
  nowMs = 0;
  pending = [];
  turns = new ReceiveTurns({
    clock: () => nowMs,
    timers: {
      setTimeout: (callback) => {
        pending.push(callback);
        return callback;
      },
      clearTimeout: (handle) => {
        pending = pending.filter((callback) => callback !== handle);
      },
    },
  });
  taken = [];
});

/** Steps that each take so much of the page's time. */
function fill(line: ReceiveLine, name: string, count: number, costMs = 0): void {
  for (let index = 1; index <= count; index++) {
    line.add(async () => {
      taken.push(`${name}${index}`);
      nowMs += costMs;
    });
  }
}

async function slice(): Promise<void> {
  pending.shift()?.();
  await settle();
}

/** A step that lasts until it is told to end. */
function hang(line: ReceiveLine): () => void {
  let finish = () => {};
  const lasting = new Promise<void>((resolve) => {
    finish = resolve;
  });
  line.add(() => lasting);
  return finish;
}

describe('an honest page', () => {
  it('takes what comes at once, and what comes together without giving way', async () => {
    fill(turns.line(), 'a', 1);
    expect(taken).toEqual(['a1']);
    fill(turns.line(), 'b', 50, 0.1);
    await settle();
    expect(taken).toHaveLength(51);
    expect(pending.length).toBe(0);
  });

  it('takes at once what comes after a while, for the time between is no work', async () => {
    const line = turns.line();
    fill(line, 'a', 1);
    await settle();
    nowMs += 10 * RECEIVE_SLICE_MS;
    fill(line, 'b', 1);
    expect(taken).toEqual(['a1', 'b1']);
    expect(pending.length).toBe(0);
  });

  it('takes at once what comes after a step that waited for the browser, when all else had its turn', async () => {
    const line = turns.line();
    const finish = hang(line);
    nowMs += 10 * RECEIVE_SLICE_MS;
    finish();
    await settle();
    fill(line, 'a', 1);
    expect(taken).toEqual(['a1']);
    expect(pending.length).toBe(0);
  });
});

describe('a pair', () => {
  it('keeps its order, one step at a time', async () => {
    const line = turns.line();
    const finish = hang(line);
    fill(line, 'a', 3);
    await settle();
    expect(taken).toEqual([]);
    finish();
    await settle();
    expect(taken).toEqual(['a1', 'a2', 'a3']);
  });

  it('that waits for the browser holds up no other', () => {
    hang(turns.line());
    fill(turns.line(), 'b', 1);
    expect(taken).toEqual(['b1']);
  });

  it('has so many waiting and no more, and is taken on after that', async () => {
    const line = turns.line();
    const finish = hang(line);
    fill(line, 'a', RECEIVE_WAITING_MAX + 100);
    finish();
    await settle();
    expect(taken).toHaveLength(RECEIVE_WAITING_MAX);
    fill(line, 'b', 1);
    expect(taken.at(-1)).toBe('b1');
  });
});

describe('a flood', () => {
  it('lets everything else have its turn after a few ms', async () => {
    fill(turns.line(), 'flood', 100, 1);
    await settle();
    expect(taken).toHaveLength(RECEIVE_SLICE_MS);
    expect(pending.length).toBe(1);
    await slice();
    expect(taken).toHaveLength(2 * RECEIVE_SLICE_MS);
    for (let count = 0; count < 20; count++) await slice();
    expect([taken.length, pending.length]).toEqual([100, 0]);
  });

  it('gives way as well where its messages have queued up, each of them alone in a task of the browser', async () => {
    const line = turns.line();
    for (let message = 0; message < 100; message++) {
      fill(line, 'flood', 1, 1);
      await settle();
    }
    expect(taken).toHaveLength(RECEIVE_SLICE_MS);
    await slice();
    expect(taken).toHaveLength(2 * RECEIVE_SLICE_MS);
    for (let count = 0; count < 20; count++) await slice();
    expect([taken.length, pending.length]).toEqual([100, 0]);
  });

  it('that pauses is no flood: what comes then begins a slice of its own', async () => {
    const line = turns.line();
    for (let message = 0; message < 100; message++) {
      fill(line, 'calm', 1, 1);
      await settle();
      nowMs += RECEIVE_LULL_MS;
    }
    expect([taken.length, pending.length]).toEqual([100, 0]);
  });

  it('holds up another pair by a box or two, not by all of it', async () => {
    fill(turns.line(), 'flood', RECEIVE_WAITING_MAX, 3);
    await settle();
    fill(turns.line(), 'b', 2, 3);
    const before = taken.length;
    await slice();
    expect(taken.slice(before)).toEqual([`flood${before + 1}`, 'b1', `flood${before + 2}`]);
    await slice();
    expect(taken.slice(before + 3, before + 5)).toContain('b2');
  });

  it('of three pairs gives each of them every third turn', async () => {
    const lines = [turns.line(), turns.line(), turns.line()];
    for (const [index, line] of lines.entries()) fill(line, 'abc'[index] ?? '', 40, 1);
    for (let count = 0; count < 3; count++) {
      await slice();
    }
    const counts = ['a', 'b', 'c'].map((name) => taken.filter((step) => step.startsWith(name)).length);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
  });
});

describe('disposal', () => {
  it('in the middle of a flood takes nothing more and leaves no timer', async () => {
    const line = turns.line();
    fill(line, 'flood', 100, 1);
    await settle();
    const before = taken.length;
    turns.dispose();
    turns.dispose();
    fill(line, 'late', 1);
    await slice();
    expect([taken.length, pending.length]).toEqual([before, 0]);
  });

  it('while a step lasts takes no step after it', async () => {
    const line = turns.line();
    const finish = hang(line);
    fill(line, 'a', 1);
    turns.dispose();
    finish();
    await settle();
    expect(taken).toEqual([]);
  });
});
