import { describe, expect, it } from 'vitest';
import { type RoundTrip, SendPace } from '../../../../../../web-client/core/files/links/send-pace.ts';

const SHORT_MS = 4;
const LONG_MS = 40;
const RATE = 1_000_000;
/** Of what goes in a second, what a message has. */
const MESSAGE_SHARE = 0.05;
const FIRST = 131_072;
const ofSecond = (bytes: number) => Math.round(bytes * MESSAGE_SHARE);

/** What one reading says, of a browser that is on time unless told otherwise. */
const trip = (roundTripMs: number, bytesPerSecond: number, nowMs: number, lateMs = 0): RoundTrip => ({
  roundTripMs,
  bytesPerSecond,
  nowMs,
  lateMs,
});

/** One that met these round trips, a second apart, while so much went. */
function paceAfter(roundTripsMs: readonly number[], rate = RATE): SendPace {
  const pace = new SendPace();
  for (const [second, roundTripMs] of roundTripsMs.entries())
    pace.handleRoundTrip(trip(roundTripMs, rate, second * 1_000));
  return pace;
}

describe('SendPace', () => {
  it('lets all go on a short way', () => {
    const pace = paceAfter([SHORT_MS, SHORT_MS + 90, SHORT_MS]);
    expect(pace.take(1e9, 0)).toBe(0);
    expect(pace.take(1e9, 0)).toBe(0);
    expect([pace.messageBytes, pace.limited]).toEqual([null, false]);
  });

  it('begins slowly on a long one, and lets ever more go as long as nothing waits', () => {
    const messages = [1, 2, 3, 4].map((times) => paceAfter(Array(times).fill(LONG_MS)).messageBytes);
    expect(messages).toEqual([1, 1.6, 1.6 ** 2, 1.6 ** 3].map((times) => ofSecond(FIRST * times)));
  });

  it('has no limit any more once that is far above what goes, and not only for a moment', () => {
    const pace = paceAfter(Array(2).fill(LONG_MS), 40_000);
    expect(pace.messageBytes).toBe(ofSecond(FIRST * 1.6));
    pace.handleRoundTrip(trip(LONG_MS, 40_000, 2_000));
    expect([pace.messageBytes, pace.limited]).toEqual([null, false]);
    const went = paceAfter(Array(2).fill(LONG_MS), 120_000);
    for (let second = 2; second < 4; second++) went.handleRoundTrip(trip(LONG_MS, 0, second * 1_000));
    expect(went.messageBytes).not.toBeNull();
  });

  it('lets so much go, piece by piece', () => {
    const pace = paceAfter([LONG_MS]);
    expect(pace.take(FIRST / 8, 0)).toBe(0);
    expect(pace.take(1, 0)).toBe(125);
    expect(pace.take(1, 124)).toBe(1);
    expect(pace.take(1, 125)).toBe(0);
  });

  it('goes slower than it did once a queue has grown, and by far where that is long', () => {
    const before = FIRST * 1.6;
    expect(paceAfter([LONG_MS, LONG_MS, LONG_MS + 150]).messageBytes).toBe(ofSecond(before * 0.7));
    const pace = paceAfter([LONG_MS, LONG_MS, LONG_MS + 900]);
    expect([pace.messageBytes, pace.limited]).toEqual([ofSecond(before * 0.5), true]);
  });

  it('takes one late answer where nothing was limited for that alone', () => {
    const pace = paceAfter([SHORT_MS, SHORT_MS + 150, SHORT_MS, SHORT_MS + 150]);
    expect(pace.limited).toBe(false);
    pace.handleRoundTrip(trip(SHORT_MS + 150, RATE, 5_000));
    expect([pace.limited, pace.messageBytes]).toEqual([true, ofSecond(RATE * 0.7)]);
  });

  it('lets a queue drain before it goes slower still, and never stops', () => {
    const pace = paceAfter([LONG_MS, LONG_MS, LONG_MS + 900]);
    const before = pace.messageBytes;
    pace.handleRoundTrip(trip(LONG_MS + 800, RATE, 3_000));
    expect(pace.messageBytes).toBe(before);
    const shrinking = [600, 400, 270, 180, 120];
    for (const [times, queuedMs] of shrinking.entries())
      pace.handleRoundTrip(trip(LONG_MS + queuedMs, RATE, 5_000 + times * 2_000));
    expect(pace.messageBytes).toBe(4_096);
    expect(pace.take(32_768, 0)).toBe(0);
    expect(pace.take(1, 0)).toBe(1_000);
  });

  it('goes as it did where going slower made no queue shorter, for it is not of its making', () => {
    const pace = paceAfter([SHORT_MS, SHORT_MS]);
    for (const second of [2, 3, 5, 7]) pace.handleRoundTrip(trip(SHORT_MS + 500, RATE, second * 1_000));
    expect(pace.messageBytes).toBe(ofSecond(RATE));
    for (let second = 8; second < 20; second++)
      pace.handleRoundTrip(trip(SHORT_MS + 500, RATE, second * 1_000));
    expect(pace.messageBytes).toBeNull();
  });

  it('goes faster again, bit by bit, once the queue is gone, and then as fast as it can', () => {
    const pace = paceAfter([LONG_MS, LONG_MS, LONG_MS + 150, LONG_MS + 20]);
    expect(pace.messageBytes).toBe(ofSecond(FIRST * 1.6 * 0.7 * 1.2));
    for (let second = 4; second < 40; second++) pace.handleRoundTrip(trip(LONG_MS, RATE, second * 1_000));
    expect(pace.messageBytes).toBeNull();
  });

  it('takes no late answer of a busy computer for a queue, and lets more go meanwhile', () => {
    const pace = paceAfter([LONG_MS, LONG_MS]);
    for (const second of [2, 3]) pace.handleRoundTrip(trip(LONG_MS + 900, RATE, second * 1_000, 60));
    expect([pace.limited, pace.messageBytes]).toEqual([false, ofSecond(FIRST * 1.6 ** 3)]);
    pace.handleRoundTrip(trip(LONG_MS + 900, RATE, 4_000, 40));
    expect(pace.limited).toBe(true);
  });

  it('begins slowly on a long way also where the computer is busy', () => {
    const pace = new SendPace();
    pace.handleRoundTrip(trip(LONG_MS, 0, 0, 500));
    expect(pace.messageBytes).toBe(ofSecond(FIRST));
  });

  it('learns another rest where the way has become another', () => {
    const pace = paceAfter([LONG_MS, ...Array(160).fill(LONG_MS + 300)]);
    expect(pace.messageBytes).toBeNull();
  });
});
