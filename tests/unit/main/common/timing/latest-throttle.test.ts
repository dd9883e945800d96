import { beforeEach, expect, it } from 'vitest';
import { LatestThrottle } from '../../../../../main/common/timing/latest-throttle.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let told: number[];
let newest: LatestThrottle<number>;
beforeEach(() => {
  time = new ManualTime();
  told = [];
  const limit = { burst: 3, perSecond: 5 };
  newest = new LatestThrottle({ ...time, limit, tell: (value) => told.push(value) });
});

it('tells at once while it may', () => {
  for (const value of [1, 2, 3]) newest.push(value);
  expect(told).toEqual([1, 2, 3]);
  expect(time.pending).toBe(0);
});

it('tells the newest in its turn, and nothing more when all is told', async () => {
  for (let value = 1; value <= 50; value++) newest.push(value);
  expect(told).toEqual([1, 2, 3]);
  await time.advance(200);
  expect(told).toEqual([1, 2, 3, 50]);
  await time.advance(10_000);
  expect(told).toEqual([1, 2, 3, 50]);
  expect(time.pending).toBe(0);
});

it('keeps to its pace however often it is asked, and ends with the last', async () => {
  for (let value = 1; value <= 300; value++) {
    newest.push(value);
    await time.advance(33);
  }
  await time.advance(200);
  expect(told.length).toBeLessThanOrEqual(3 + 5 * 10 + 1);
  expect(told.at(-1)).toBe(300);
});

it('forgets what waits', async () => {
  for (const value of [1, 2, 3, 4]) newest.push(value);
  newest.dispose();
  expect(time.pending).toBe(0);
  await time.advance(1_000);
  expect([told, time.pending]).toEqual([[1, 2, 3], 0]);
});
