import { expect, it } from 'vitest';
import { within } from '../../../../web-client/media/attempt.ts';
import { ManualTime } from '../../../support/time/manual-time.ts';

it('is what the promise is, where that settles in time, and leaves no timer', async () => {
  const time = new ManualTime();
  expect(await within(time.timers, 100, Promise.resolve('came'))).toBe('came');
  await expect(within(time.timers, 100, Promise.reject(new Error('refused')))).rejects.toThrow('refused');
  await time.advance(0);
  expect(time.pending).toBe(0);
});

it('waits no longer than so for what is silent', async () => {
  const time = new ManualTime();
  let failed = false;
  within(time.timers, 100, new Promise(() => {})).catch(() => {
    failed = true;
  });
  await time.advance(99);
  expect(failed).toBe(false);
  await time.advance(1);
  expect(failed).toBe(true);
});
