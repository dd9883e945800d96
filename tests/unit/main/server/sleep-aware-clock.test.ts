/** Holds the server's clock to its promise: it counts sleep, and no setting of the time of day turns it back. */

import { describe, expect, it } from 'vitest';
import { createSleepAwareClock } from '../../../../main/server/sleep-aware-clock.ts';

function setUp() {
  let steadyMs = 100;
  let wallMs = 1_700_000_000_000;
  const clock = createSleepAwareClock(
    () => steadyMs,
    () => wallMs,
  );
  const startMs = clock();
  return {
    elapsedMs: () => clock() - startMs,
    pass(ms: number) {
      steadyMs += ms;
      wallMs += ms;
    },
    /** Only the time of day goes on, or is set. */
    jump(ms: number) {
      wallMs += ms;
    },
  };
}

describe('the waking clock', () => {
  it('counts like the steady one', () => {
    const { elapsedMs, pass } = setUp();
    pass(1_234);
    expect(elapsedMs()).toBe(1_234);
  });

  it('counts what was slept, once', () => {
    const { elapsedMs, pass, jump } = setUp();
    jump(3_600_000);
    expect(elapsedMs()).toBe(3_600_000);
    pass(500);
    expect(elapsedMs()).toBe(3_600_500);
  });

  it('takes no small correction for a sleep, and sums none up', () => {
    const { elapsedMs, pass, jump } = setUp();
    for (let second = 0; second < 10; second++) {
      pass(1_000);
      jump(4_999);
      elapsedMs();
    }
    expect(elapsedMs()).toBe(10_000);
  });

  it('does not go back, nor stand still, when the time of day is set back', () => {
    const { elapsedMs, pass, jump } = setUp();
    pass(1_000);
    jump(-7_200_000);
    expect(elapsedMs()).toBe(1_000);
    pass(1_000);
    expect(elapsedMs()).toBe(2_000);
    jump(3_600_000);
    expect(elapsedMs()).toBe(3_602_000);
  });
});
