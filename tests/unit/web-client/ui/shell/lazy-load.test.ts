import { beforeEach, expect, it } from 'vitest';
import { LazyLoad } from '../../../../../web-client/ui/shell/lazy-load.ts';
import { ManualTime, settle } from '../../../../support/time/manual-time.ts';

const RETRY_MS = 3_000;

let time: ManualTime;
/** When it was asked for. */
let asked: number[];
let answers: boolean;
let failing: number[];
let lazyLoad: LazyLoad;
beforeEach(() => {
  time = new ManualTime();
  asked = [];
  failing = [];
  answers = true;
  const load = async () => {
    asked.push(time.clock());
    if (!answers) throw new Error('out of reach');
  };
  lazyLoad = new LazyLoad(load, time.timers, () => failing.push(time.clock()));
});

it('asks at once where that is wanted, and once', async () => {
  lazyLoad.startAfter(0);
  expect(asked).toEqual([0]);
  lazyLoad.startAfter(0);
  lazyLoad.startAfter(5);
  await time.advance(10 * RETRY_MS);
  expect([asked, time.pending]).toEqual([[0], 0]);
});

it('asks in good time, whatever is called after that', async () => {
  lazyLoad.startAfter(100);
  lazyLoad.startAfter(0);
  await time.advance(99);
  expect(asked).toEqual([]);
  await time.advance(1);
  expect(asked).toEqual([100]);
});

it('asks again until there is an answer', async () => {
  answers = false;
  lazyLoad.startAfter(0);
  await settle();
  await time.advance(2 * RETRY_MS);
  answers = true;
  await time.advance(10 * RETRY_MS);
  expect([asked, time.pending]).toEqual([[0, RETRY_MS, 2 * RETRY_MS, 3 * RETRY_MS], 0]);
});

it('says once that it fails, and not for a moment without network', async () => {
  answers = false;
  lazyLoad.startAfter(0);
  await settle();
  expect(failing).toEqual([]);
  await time.advance(10 * RETRY_MS);
  expect(failing).toEqual([RETRY_MS]);
});
