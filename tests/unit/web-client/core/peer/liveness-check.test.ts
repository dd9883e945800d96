/** Signs of life of the other end of a pair: packets that come, a box that is taken. */

import { beforeEach, describe, expect, it } from 'vitest';
import { DOUBT_ANSWER_MS } from '../../../../../main/common/protocol/limits.ts';
import type { StatsReportLike } from '../../../../../web-client/core/browser-api.ts';
import { LivenessCheck } from '../../../../../web-client/core/peer/liveness-check.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let packets: number;
let voice: { stats(): Promise<StatsReportLike> } | null;
let sent: number;
let others: readonly Record<string, unknown>[];
let check: LivenessCheck;

const report = (): StatsReportLike =>
  new Map<string, Record<string, unknown>>([
    ['voice', { type: 'inbound-rtp', kind: 'audio', packetsReceived: packets }],
    ['away', { type: 'outbound-rtp', packetsSent: performance.now() }],
    ...others.map((entry, index): [string, Record<string, unknown>] => [`${index}`, entry]),
  ]);

beforeEach(() => {
  time = new ManualTime();
  packets = 100;
  sent = 0;
  others = [];
  voice = { stats: async () => report() };
  check = new LivenessCheck({ timers: time.timers, voice: () => voice, sendSign: () => ++sent });
});

/** What became of a check after so long: not settled is null. */
async function outcomeAfter(waitMs: number, run: Promise<boolean>): Promise<boolean | null> {
  let outcome: boolean | null = null;
  void run.then((alive) => {
    outcome = alive;
  });
  await time.advance(waitMs);
  return outcome;
}

describe('a check for life', () => {
  it('ends with yes as soon as the box is taken', async () => {
    const run = check.run();
    await time.advance(10);
    check.handleDelivered(1);
    expect(await outcomeAfter(0, run)).toBe(true);
    expect(time.pending).toBe(0);
  });

  it('ends with yes once more packets have come', async () => {
    const run = check.run();
    await time.advance(0);
    packets += 2;
    expect(await outcomeAfter(400, run)).toBe(true);
    expect(time.pending).toBe(0);
  });

  it('looks at the packets after a while, and says yes without a box that went', async () => {
    check = new LivenessCheck({ timers: time.timers, voice: () => voice, sendSign: () => null });
    const run = check.run();
    await time.advance(0);
    packets += 1;
    expect(await outcomeAfter(299, run)).toBeNull();
    expect(await outcomeAfter(1, run)).toBe(true);
  });

  it('counts what the own side received alone', async () => {
    const run = check.run();
    await time.advance(0);
    others = [{ type: 'remote-inbound-rtp', packetsReceived: 500 }];
    expect(await outcomeAfter(DOUBT_ANSWER_MS, run)).toBe(false);
    others = [{ type: 'inbound-rtp' }];
    const another = check.run();
    await time.advance(0);
    packets += 1;
    expect(await outcomeAfter(400, another)).toBe(true);
  });

  it('ends with no in time when nothing comes', async () => {
    const run = check.run();
    expect(await outcomeAfter(DOUBT_ANSWER_MS - 1, run)).toBeNull();
    expect(await outcomeAfter(1, run)).toBe(false);
    expect(time.pending).toBe(0);
  });

  it('takes no other box for its own', async () => {
    const run = check.run();
    await time.advance(0);
    check.handleDelivered(7);
    expect(await outcomeAfter(DOUBT_ANSWER_MS, run)).toBe(false);
  });

  it('says no at once, and sends nothing, while there is no connection', async () => {
    voice = null;
    expect(await outcomeAfter(0, check.run())).toBe(false);
    expect(sent).toBe(0);
  });

  it.each<[string, () => void]>([
    ['the browser gives no statistics', () => (voice = { stats: () => Promise.reject(new Error('closed')) })],
    ['the connection ends meanwhile', () => (voice = null)],
  ])('counts no packets once %s', async (_, happen) => {
    const run = check.run();
    await time.advance(0);
    happen();
    packets += 2;
    expect(await outcomeAfter(DOUBT_ANSWER_MS, run)).toBe(false);
    expect(time.pending).toBe(0);
  });

  it('has nothing to compare where the browser tells of packets only later', async () => {
    voice = { stats: () => Promise.reject(new Error('not yet')) };
    const run = check.run();
    await time.advance(0);
    voice = { stats: async () => report() };
    expect(await outcomeAfter(DOUBT_ANSWER_MS, run)).toBe(false);
  });

  it('can run twice at a time', async () => {
    const runs = [check.run(), check.run()];
    await time.advance(0);
    check.handleDelivered(2);
    expect(await Promise.all(runs.map((run) => outcomeAfter(0, run)))).toEqual([null, true]);
    check.handleDelivered(1);
    expect(await outcomeAfter(0, runs[0] as Promise<boolean>)).toBe(true);
  });
});
