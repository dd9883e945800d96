import { beforeEach, describe, expect, it } from 'vitest';
import { READ_OUT_MAX, READ_OUT_WINDOW_MS, ReadOut } from '../../../../../web-client/ui/chat/read-out.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let told: number[];
let readOut: ReadOut;
beforeEach(() => {
  time = new ManualTime();
  told = [];
  readOut = new ReadOut(time.timers, (count) => told.push(count));
});
const take = (count: number) =>
  Array.from({ length: count }, () => readOut.take()).filter((taken) => taken).length;

describe('ReadOut', () => {
  it('reads out what people write in a talk', async () => {
    for (let message = 0; message < 50; message++) {
      expect(readOut.take()).toBe(true);
      await time.advance(READ_OUT_WINDOW_MS / READ_OUT_MAX);
    }
    await time.advance(READ_OUT_WINDOW_MS);
    expect([told, time.pending]).toEqual([[], 0]);
  });

  it('tells of a flood how many came, once in a while', async () => {
    expect(take(60)).toBe(READ_OUT_MAX);
    await time.advance(READ_OUT_WINDOW_MS);
    expect(told).toEqual([60 - READ_OUT_MAX]);
    expect(take(3)).toBe(3);
    await time.advance(READ_OUT_WINDOW_MS);
    expect([told.length, time.pending]).toEqual([1, 0]);
  });
});
