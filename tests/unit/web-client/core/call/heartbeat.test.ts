import { beforeEach, describe, expect, it } from 'vitest';
import { HEARTBEAT_IN_CALL_MS, HEARTBEAT_INTERVAL_MS } from '../../../../../main/common/protocol/limits.ts';
import {
  HEARTBEAT_REPLY_MAX_MS,
  HEARTBEAT_REPLY_MS,
  Heartbeat,
} from '../../../../../web-client/core/call/heartbeat.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
/** By which the page's clock is ahead of its timers: it was frozen for so long. */
let frozenMs: number;
let intervalMs: number;
let told: string[];
let heartbeat: Heartbeat;
beforeEach(() => {
  time = new ManualTime();
  frozenMs = 0;
  intervalMs = HEARTBEAT_INTERVAL_MS;
  told = [];
  heartbeat = new Heartbeat({
    clock: () => time.clock() + frozenMs,
    timers: time.timers,
    intervalMs: () => intervalMs,
    sendPing: () => told.push('ping'),
    onDoubt: (doubted) => told.push(doubted ? 'doubted' : 'alive'),
    onDead: () => {
      told.push('dead');
      heartbeat.stop();
    },
  });
  heartbeat.start();
});

/** Lets a ping be answered after so long, by which it is known how long the way is. */
async function measure(replyMs: number): Promise<void> {
  await time.advance(HEARTBEAT_INTERVAL_MS);
  await time.advance(replyMs);
  heartbeat.handleFrame();
  told.length = 0;
}

describe('the heartbeat', () => {
  it('asks only after a silence', async () => {
    await time.advance(10_000);
    heartbeat.handleFrame();
    await time.advance(HEARTBEAT_INTERVAL_MS - 1);
    expect(told).toEqual([]);
    await time.advance(1);
    expect(told).toEqual(['ping']);
  });

  it('takes any frame for an answer, and asks again after the next silence', async () => {
    await measure(10);
    await time.advance(HEARTBEAT_INTERVAL_MS + 10);
    heartbeat.handleFrame();
    await time.advance(HEARTBEAT_INTERVAL_MS);
    expect(told).toEqual(['ping', 'ping']);
  });

  it('has told within six seconds of a silence in a call, also where that has just begun', async () => {
    await measure(100);
    intervalMs = HEARTBEAT_IN_CALL_MS;
    await time.advance(HEARTBEAT_IN_CALL_MS + HEARTBEAT_REPLY_MS);
    expect(told).toEqual(['ping', 'doubted', 'dead']);
    expect(HEARTBEAT_IN_CALL_MS + HEARTBEAT_REPLY_MS).toBeLessThan(6_000);
    expect(time.pending).toBe(0);
  });

  it('waits longer where the way is long', async () => {
    await measure(1_500);
    await time.advance(HEARTBEAT_INTERVAL_MS + 5_999);
    expect(told).toEqual(['ping', 'doubted']);
    await time.advance(1);
    expect(told.at(-1)).toBe('dead');
    heartbeat.start();
    await measure(2_900);
    await time.advance(HEARTBEAT_INTERVAL_MS + HEARTBEAT_REPLY_MAX_MS);
    expect(told.at(-1)).toBe('dead');
  });

  it('asks nobody while there is no socket', async () => {
    heartbeat.stop();
    heartbeat.probe();
    await time.advance(60_000);
    expect(told).toEqual([]);
  });

  it('asks at once when told to, but not twice', async () => {
    await measure(10);
    heartbeat.probe();
    heartbeat.probe();
    expect(told).toEqual(['ping']);
    await time.advance(HEARTBEAT_REPLY_MS);
    expect(told.at(-1)).toBe('dead');
  });

  it('asks again before it gives anything up, where its page stood still meanwhile', async () => {
    await measure(10);
    await time.advance(HEARTBEAT_INTERVAL_MS + HEARTBEAT_REPLY_MS - 1);
    expect(told).toEqual(['ping', 'doubted']);
    frozenMs = 20_000;
    await time.advance(1);
    expect(told).toEqual(['ping', 'doubted', 'ping']);
    heartbeat.handleFrame();
    expect(told.at(-1)).toBe('alive');
  });
});
