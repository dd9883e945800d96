import { expect, it, vi } from 'vitest';
import { TokenBucket, TokenBuckets } from '../../../../../main/common/timing/token-bucket.ts';

const LIMIT = { perSecond: 30, burst: 160 };

function takeAll(bucket: TokenBucket, nowMs: number): number {
  let taken = 0;
  while (bucket.take(nowMs)) taken++;
  return taken;
}

it('starts full', () => {
  expect(takeAll(new TokenBucket(LIMIT, 0), 0)).toBe(160);
});

it('fills at its rate, fractions included', () => {
  const bucket = new TokenBucket(LIMIT, 0);
  takeAll(bucket, 0);
  expect(bucket.take(33)).toBe(false);
  expect(bucket.take(34)).toBe(true);
  expect(takeAll(bucket, 1_034)).toBe(30);
});

it('never holds more than its burst', () => {
  const bucket = new TokenBucket(LIMIT, 0);
  takeAll(bucket, 0);
  expect(takeAll(bucket, 3_600_000)).toBe(160);
});

it('takes time that goes backwards for standing still', () => {
  const bucket = new TokenBucket(LIMIT, 1_000);
  takeAll(bucket, 1_000);
  expect(bucket.take(0)).toBe(false);
  expect(bucket.take(1_000)).toBe(false);
  expect(bucket.take(1_034)).toBe(true);
  expect(takeAll(new TokenBucket(LIMIT, 1_000), 0)).toBe(160);
});

it('has nobody wait while there is one, and else for the whole millisecond', () => {
  const bucket = new TokenBucket(LIMIT, 0);
  expect(bucket.waitMs(0)).toBe(0);
  takeAll(bucket, 0);
  expect(bucket.waitMs(0)).toBe(34);
});

it('knows to the millisecond when there is one more, however often it is asked meanwhile', () => {
  for (const perSecond of [0.1, 0.2, 0.5, 2, 4, 8, 20, 25, 50]) {
    const bucket = new TokenBucket({ perSecond, burst: 1 }, 0);
    bucket.take(0);
    const dueMs = 1_000 / perSecond;
    for (let nowMs = 0; nowMs < dueMs; nowMs += dueMs / 20 < 1 ? 1 : Math.floor(dueMs / 20))
      expect([perSecond, nowMs, nowMs + bucket.waitMs(nowMs)]).toEqual([perSecond, nowMs, dueMs]);
    expect(bucket.take(dueMs)).toBe(true);
  }
});

it('is one for each key, and forgotten once it is full again', () => {
  const buckets = new TokenBuckets({ perSecond: 1, burst: 2 });
  const take = (key: string, nowMs: number) => buckets.take(key, nowMs);
  expect(['a', 'a', 'a', 'b'].map((key) => take(key, 0))).toEqual([true, true, false, true]);
  for (let second = 1; second < 100; second++) take(`x${second}`, second * 1_000);
  const looks = vi.spyOn(TokenBucket.prototype, 'isFull');
  // Each that is remembered is looked at as a new one comes.
  take('c', 100_000);
  expect(looks).toHaveBeenCalledTimes(1);
  looks.mockRestore();
  expect(['c', 'd', 'c'].map((key) => take(key, 100_000))).toEqual([true, true, false]);
});
