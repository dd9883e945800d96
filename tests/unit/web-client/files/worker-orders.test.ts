import { beforeEach, expect, it } from 'vitest';
import { SCRIPT_STARTS_MS } from '../../../../main/common/protocol/limits.ts';
import type { FileWorkerWord } from '../../../../web-client/files/file-orders.ts';
import { WorkerOrders } from '../../../../web-client/files/worker-orders.ts';
import { ManualTime } from '../../../support/time/manual-time.ts';

let time: ManualTime;
let orders: WorkerOrders;
let say: (words: readonly FileWorkerWord[]) => void;
let breakDown: () => void;
let isTerminated: boolean;

beforeEach(() => {
  time = new ManualTime();
  isTerminated = false;
  orders = new WorkerOrders({
    timers: time.timers,
    onCached: () => {},
    createWorker: () => ({
      postMessage: () => {},
      terminate: () => {
        isTerminated = true;
      },
      addEventListener: (type: string, listener: unknown) => {
        if (type === 'message') say = (data) => (listener as (event: object) => void)({ data });
        if (type === 'error') breakDown = listener as () => void;
      },
    }),
  });
});

const asked = async () => {
  let answer: unknown = 'none';
  void orders.ask('keeps', null, null).then((gives) => {
    answer = gives;
  });
  await time.advance(0);
  return () => answer;
};

it('gives up a worker whose script is silent for long, and whatever was asked of it', async () => {
  const answer = await asked();
  await time.advance(SCRIPT_STARTS_MS - 1);
  expect([answer(), orders.isOver]).toEqual(['none', false]);
  await time.advance(1);
  expect([answer(), orders.isOver, isTerminated]).toEqual([null, true, true]);
});

it('waits for one that runs as long as its answer takes', async () => {
  const answer = await asked();
  say([]);
  await time.advance(10 * SCRIPT_STARTS_MS);
  expect([answer(), orders.isOver, time.pending]).toEqual(['none', false, 0]);
  say([{ id: 1, gives: 'disk' }]);
  await time.advance(0);
  expect(answer()).toBe('disk');
});

it('is over at once where the script does not come, and leaves no timer', async () => {
  const answer = await asked();
  breakDown();
  await time.advance(0);
  expect([answer(), orders.isOver, time.pending]).toEqual([null, true, 0]);
});
