import { beforeEach, expect, it } from 'vitest';
import type { RoomState } from '../../../../../web-client/core/state/room-state.ts';
import {
  LazyCardPopovers,
  type LazyCardPopoversOptions,
} from '../../../../../web-client/ui/people/lazy-card-popovers.ts';
import { ROOM } from '../../../../support/page/room-states.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const OUT: RoomState = { ...ROOM, call: 'out' };
const JOINED: RoomState = { ...ROOM, call: 'joined' };

let time: ManualTime;
/** When the texts were asked for, by a host that does not answer. */
let asked: number[];
let failed: number;
let popovers: LazyCardPopovers;
beforeEach(() => {
  time = new ManualTime();
  asked = [];
  failed = 0;
  const options: Partial<LazyCardPopoversOptions> = {
    timers: time.timers,
    loadTexts: () => {
      asked.push(time.clock());
      return Promise.reject(new Error('out of reach'));
    },
    announceFailure: () => failed++,
  };
  popovers = new LazyCardPopovers(options as LazyCardPopoversOptions);
});

it('gets nothing before one is in the call, and then waits for the voices', async () => {
  for (const room of [null, OUT, { ...ROOM, call: 'joining' } as const]) popovers.render(room);
  expect(time.pending).toBe(0);
  popovers.render(JOINED);
  await time.advance(1_599);
  expect(asked).toEqual([]);
  await time.advance(1);
  expect([asked, failed]).toEqual([[1_600], 0]);
});

it('gets them at once where one asks, once for all who wait, and again after it failed', async () => {
  popovers.showVerification('boris');
  popovers.showVerification('clara');
  expect(asked).toEqual([0]);
  await expect.poll(() => failed).toBe(2);
  popovers.showVerification('boris');
  expect(asked).toEqual([0, 0]);
  await expect.poll(() => failed).toBe(3);
});
