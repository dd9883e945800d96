import { describe, expect, it } from 'vitest';
import { ResendTimeout } from '../../../../../../main/common/e2ee/stream/resend-timeout.ts';

describe('the wait for an acknowledgement', () => {
  it('is a second before any came, and after each time twice as long, up to eight', () => {
    const timeout = new ResendTimeout();
    expect([0, 1, 2, 3, 4, 30].map((resends) => timeout.delayMs(resends))).toEqual([
      1_000, 2_000, 4_000, 8_000, 8_000, 8_000,
    ]);
  });

  it('is no shorter where they come fast', () => {
    const timeout = new ResendTimeout();
    for (let box = 0; box < 10; box++) timeout.noteRoundTrip(30);
    expect(timeout.delayMs(0)).toBe(1_000);
  });

  it('is the mean and four times the variation of those that took long', () => {
    const timeout = new ResendTimeout();
    timeout.noteRoundTrip(800);
    expect(timeout.delayMs(0)).toBe(800 + 4 * 400);
    timeout.noteRoundTrip(1_600);
    // A quarter of the way to the 800 by which it differs, and an eighth of the way to itself.
    expect(timeout.delayMs(0)).toBe(900 + 4 * 500);
    expect(timeout.delayMs(1)).toBe(2 * 2_900);
    expect(timeout.delayMs(2)).toBe(8_000);
  });
});
