import { beforeEach, describe, expect, it } from 'vitest';
import { HEARTBEAT_INTERVAL_MS } from '../../../../../main/common/protocol/limits.ts';
import { HEARTBEAT_REPLY_MS, Heartbeat } from '../../../../../web-client/core/signaling/heartbeat.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let pings: number;
let deaths: number;
let heartbeat: Heartbeat;
beforeEach(() => {
  time = new ManualTime();
  pings = 0;
  deaths = 0;
  heartbeat = new Heartbeat({
    clock: time.clock,
    timers: time.timers,
    sendPing: () => pings++,
    onDead: () => {
      deaths++;
      heartbeat.dispose();
    },
  });
});

describe('the heartbeat', () => {
  it('asks only after a silence', async () => {
    await time.advance(10_000);
    heartbeat.handleFrame();
    await time.advance(HEARTBEAT_INTERVAL_MS - 1);
    expect(pings).toBe(0);
    await time.advance(1);
    expect(pings).toBe(1);
  });

  it('takes any frame for an answer, and asks again after the next silence', async () => {
    await time.advance(HEARTBEAT_INTERVAL_MS);
    await time.advance(HEARTBEAT_REPLY_MS - 1);
    heartbeat.handleFrame();
    await time.advance(HEARTBEAT_INTERVAL_MS);
    expect([pings, deaths]).toEqual([2, 0]);
  });

  it('gives up when no frame comes', async () => {
    await time.advance(HEARTBEAT_INTERVAL_MS + HEARTBEAT_REPLY_MS);
    expect([pings, deaths, time.pending]).toEqual([1, 1, 0]);
  });

  it('asks at once when told to, but not twice', async () => {
    heartbeat.probe();
    heartbeat.probe();
    expect(pings).toBe(1);
    await time.advance(HEARTBEAT_REPLY_MS);
    expect(deaths).toBe(1);
  });
});
