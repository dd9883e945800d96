import { describe, expect, it } from 'vitest';
import { createBackoff } from '../../../../../main/common/timing/retry-policy.ts';

describe('createBackoff', () => {
  it('walks the steps and stays on the last', () => {
    const policy = createBackoff({ stepsMs: [1_000, 2_000, 5_000], jitter: 0, random: () => 0 });
    expect([1, 2, 3, 4, 99].map((attempt) => policy.nextDelayMs(attempt))).toEqual([
      1_000, 2_000, 5_000, 5_000, 5_000,
    ]);
  });

  it('draws the jitter from the lower part of a step', () => {
    const delay = (random: number) =>
      createBackoff({ stepsMs: [1_000], jitter: 0.4, random: () => random }).nextDelayMs(1);
    expect([delay(0), delay(0.5), delay(1)]).toEqual([600, 800, 1_000]);
  });

  it('ends after the last attempt', () => {
    const policy = createBackoff({ stepsMs: [1], jitter: 0, random: () => 0, maxAttempts: 2 });
    expect([policy.nextDelayMs(2), policy.nextDelayMs(3)]).toEqual([1, null]);
  });
});
