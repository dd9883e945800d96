import { describe, expect, it } from 'vitest';
import { SLICE_GAP_MS, SLICE_MAX, WorkSlices } from '../../../../../web-client/ui/chat/work-slices.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

describe('WorkSlices', () => {
  it('does a few at once and the rest by and by, each once however often it is asked for', async () => {
    const time = new ManualTime();
    const done: number[] = [];
    const slices = new WorkSlices<number>(time.timers, (slice) => done.push(...slice));
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
