import { describe, expect, it } from 'vitest';
import { LOSS_MIN_MS, LostTime } from '../../../../../web-client/recording/timeline/lost-time.ts';

const RATE = 1_000;
const BATCH = 40;

/** Batches of 40 ms from a context of a thousand samples a second, each so much later than it should be. */
function noted(lateMs: readonly number[]): LostTime {
  const lost = new LostTime(RATE);
  for (const [index, late] of lateMs.entries())
    lost.note((index + 1) * BATCH, 5_000 + (index + 1) * BATCH + late);
  return lost;
}

const losses = (lost: LostTime, batches: number) =>
  Array.from({ length: batches }, (_, index) => lost.before(index * BATCH));

describe('time lost by a context', () => {
  it('is nothing while it runs', () => {
    expect(losses(noted([0, 3, 1, 8, 0]), 5)).toEqual([0, 0, 0, 0, 0]);
  });

  it('is found at its place, once, however the context goes on', () => {
    expect(losses(noted([0, 0, 2_000, 2_004, 2_001]), 5)).toEqual([0, 0, 2_000, 0, 0]);
  });

  it('is found again when it is lost again', () => {
    expect(losses(noted([0, 300, 300, 900, 900]), 5)).toEqual([0, 300, 0, 600, 0]);
  });

  it('is nothing where it was only told late', () => {
    expect(losses(noted([0, 900, 860, 820, 0]), 5)).toEqual([0, 0, 0, 0, 0]);
  });

  it('is counted from the earliest stamp, for none is early', () => {
    expect(losses(noted([80, 0, 90, 90]), 4)).toEqual([0, 0, 0, 0]);
    expect(losses(noted([80, 0, LOSS_MIN_MS, LOSS_MIN_MS]), 4)).toEqual([0, 0, LOSS_MIN_MS, 0]);
  });

  it('is not known before anything has come', () => {
    expect(new LostTime(RATE).before(0)).toBe(0);
  });
});
