/** Holds work that comes in a flood to its part of the page's time, and all of it to being done in the end. */

import { describe, expect, it } from 'vitest';
import {
  PacedWork,
  SLICE_GAP_MS,
  SLICE_MAX,
  SLICE_REST_RATIO,
  WorkSlices,
} from '../../../../../web-client/ui/chat/work-slices.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

describe('WorkSlices', () => {
  it('does a few at once and the rest by and by, each once however often it is asked for', async () => {
    const time = new ManualTime();
    const done: number[] = [];
    const slices = new WorkSlices<number>(time.clock, time.timers, (slice) => done.push(...slice));
    const items = Array.from({ length: 3 * SLICE_MAX }, (_, item) => item);
    for (let asked = 0; asked < 28; asked++) slices.add(items.slice(asked === 0 ? 0 : SLICE_MAX));
    expect(done).toEqual(items.slice(0, SLICE_MAX));
    await time.advance(SLICE_GAP_MS);
    expect(done).toHaveLength(2 * SLICE_MAX);
    await time.advance(SLICE_GAP_MS);
    expect(done).toEqual(items);
    expect(time.pending).toBe(0);
  });
});

describe('PacedWork', () => {
  /** Work of so many slices, and when each began. */
  function paced(sliceTookMs: number, slices: number) {
    const time = new ManualTime();
    const beganMs: number[] = [];
    let nowMs = 0;
    const clock = () => time.clock() + nowMs;
    const work = new PacedWork(clock, time.timers, () => {
      beganMs.push(time.clock());
      nowMs += sliceTookMs;
      return beganMs.length < slices;
    });
    return { time, work, beganMs };
  }

  it('leaves the page twice as long as a slice took, whatever that is, and never less than a frame', async () => {
    for (const [tookMs, restMs] of [
      [0, SLICE_GAP_MS],
      [5, SLICE_GAP_MS],
      [40, SLICE_REST_RATIO * 40],
      [900, SLICE_REST_RATIO * 900],
    ] as const) {
      const { time, work, beganMs } = paced(tookMs, 4);
      work.begin();
      await time.advance(4 * restMs);
      expect(beganMs).toEqual([0, 1, 2, 3].map((slice) => slice * restMs));
      expect(time.pending).toBe(0);
    }
  });

  it('does not begin anew while it rests, however often it is asked to, and needs no rest when nothing is left', async () => {
    const { time, work, beganMs } = paced(40, 2);
    work.begin();
    expect(work.resting).toBe(true);
    for (let asked = 0; asked < 60; asked++) work.begin();
    expect(beganMs).toHaveLength(1);
    await time.advance(SLICE_REST_RATIO * 40);
    expect(beganMs).toHaveLength(2);
    expect(work.resting).toBe(false);
    work.begin();
    expect(beganMs).toHaveLength(3);
  });
});
