import { describe, expect, it } from 'vitest';
import { SendPace } from '../../../../../../web-client/core/files/links/send-pace.ts';

const REST_MS = 40;
const RATE = 1_000_000;

/** One that learnt the rest of a way, and then met this round trip. */
function paceAfter(roundTripMs: number): SendPace {
  const pace = new SendPace();
  pace.handleRoundTrip(REST_MS, RATE);
  pace.handleRoundTrip(roundTripMs, RATE);
  return pace;
}

describe('SendPace', () => {
  it('lets all go while nothing waits on the way', () => {
    const pace = paceAfter(REST_MS + 90);
    expect(pace.take(1e9, 0)).toBe(0);
    expect(pace.take(1e9, 0)).toBe(0);
    expect(pace.messageBytes).toBeNull();
  });

  it('goes slower than it did, in smaller pieces, once a queue has grown', () => {
    const pace = paceAfter(REST_MS + 150);
    expect(pace.messageBytes).toBe(35_000);
    expect(pace.take(70_000, 0)).toBe(0);
    expect(pace.take(1, 0)).toBe(100);
    expect(pace.take(1, 99)).toBe(1);
    expect(pace.take(1, 100)).toBe(0);
  });

  it('goes ever slower while the queue stays, and never stops', () => {
    const pace = paceAfter(REST_MS + 150);
    const before = pace.messageBytes;
    for (let times = 0; times < 30; times++) pace.handleRoundTrip(REST_MS + 500, 1);
    expect(pace.messageBytes).toBeLessThan(before ?? 0);
    expect(pace.take(32_768, 0)).toBe(0);
    expect(pace.take(1, 0)).toBeLessThanOrEqual(1_000);
  });

  it('goes faster again, bit by bit, once the queue is gone, and then as fast as it can', () => {
    const pace = paceAfter(REST_MS + 150);
    pace.handleRoundTrip(REST_MS + 20, RATE * 0.7);
    expect(pace.messageBytes).toBe(42_000);
    for (let times = 0; times < 30; times++) pace.handleRoundTrip(REST_MS, RATE);
    expect(pace.messageBytes).toBeNull();
  });

  it('learns another rest where the way has become another', () => {
    const pace = paceAfter(REST_MS + 300);
    for (let times = 0; times < 100; times++) pace.handleRoundTrip(REST_MS + 300, RATE);
    expect(pace.messageBytes).toBeNull();
  });
});
