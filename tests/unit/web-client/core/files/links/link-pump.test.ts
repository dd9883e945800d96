import { describe, expect, it } from 'vitest';
import type { PulledBlock } from '../../../../../../web-client/core/files/links/file-links-port.ts';
import { LinkPump } from '../../../../../../web-client/core/files/links/link-pump.ts';
import { SendPace } from '../../../../../../web-client/core/files/links/send-pace.ts';
import { FakeChannel } from '../../../../../support/call/fake-channel.ts';
import { ManualTime } from '../../../../../support/time/manual-time.ts';

const FRAME_BYTES = 131_072;
const FRAMES = 8;
const BLOCK_BYTES = FRAMES * FRAME_BYTES;

/** A pump whose channel keeps all that it is given until the test lets it go. */
function stage(blocks = 100) {
  const time = new ManualTime();
  const pace = new SendPace();
  let done = 0;
  const failed: true[] = [];
  let left = blocks;
  let pulls = 0;
  let sent = 0;
  const channel = new FakeChannel(
    'file',
    { negotiated: true, id: 0, ordered: true },
    {
      channelsKeep: true,
      carry: (_from, { byteLength }) => {
        sent += byteLength;
      },
    },
  );
  channel.readyState = 'open';
  const pull = async (): Promise<PulledBlock | null> => {
    pulls++;
    if (left === 0) return null;
    left--;
    return Array.from({ length: FRAMES }, () => new ArrayBuffer(FRAME_BYTES));
  };
  const onSent = () => {
    done++;
  };
  const pump = new LinkPump({ ...time, channel, pace, pull, onSent, onFailed: () => failed.push(true) });
  return {
    ...{ time, pace, channel, pump, failed },
    /** Frames that the browser has copied. */
    done: () => done,
    sent: () => sent,
    pulls: () => pulls,
    offer: (more: number) => {
      left += more;
    },
    /** The network takes so much. */
    async drain(bytes: number) {
      channel.setBuffered(Math.max(0, channel.bufferedAmount - bytes));
      await time.advance(0);
    },
  };
}

describe('LinkPump', () => {
  it('gives the browser little at first, and goes on when that is nearly gone', async () => {
    const { pump, time, channel, sent, drain, done } = stage();
    pump.wake();
    await time.advance(0);
    expect(sent()).toBeLessThanOrEqual(3 * FRAME_BYTES);
    const before = sent();
    await drain(channel.bufferedAmount - channel.bufferedAmountLowThreshold - 1);
    expect(sent()).toBe(before);
    await drain(1);
    expect(sent()).toBeGreaterThan(before);
    expect(done()).toBeLessThan(FRAMES);
  });

  it('gives it half a second’s worth once it knows how fast that goes, and never more than 4 MiB and a frame', async () => {
    const { pump, time, channel, drain } = stage(1_000);
    const most = async (bytesPerSecond: number) => {
      let buffered = 0;
      for (let second = 0; second < 4; second++) {
        for (let step = 0; step < 20; step++) {
          await time.advance(50);
          await drain(bytesPerSecond / 20);
          buffered = second < 3 ? 0 : Math.max(buffered, channel.bufferedAmount);
        }
        pump.measure();
      }
      return buffered;
    };
    pump.wake();
    const slow = await most(2_000_000);
    expect(slow).toBeGreaterThan(700_000);
    expect(slow).toBeLessThan(1_300_000);
    const fast = await most(60_000_000);
    expect(fast).toBeLessThanOrEqual(4_194_304 + FRAME_BYTES);
    expect(fast).toBeGreaterThan(2_000_000);
  });

  it('asks once for what is not there, until somebody says that there is more', async () => {
    const { pump, time, pulls, offer, sent } = stage(0);
    pump.wake();
    await time.advance(5_000);
    expect([pulls(), pump.starved]).toEqual([1, true]);
    offer(1);
    pump.wake();
    await time.advance(0);
    expect(sent()).toBeGreaterThan(0);
    expect(pump.starved).toBe(false);
  });

  it('asks again where somebody said so while it was asking', async () => {
    const { pump, time, pulls } = stage(0);
    pump.wake();
    pump.wake();
    await time.advance(0);
    expect(pulls()).toBe(2);
  });

  it('tells of each frame that was given, and takes one ack for each block', async () => {
    const { pump, time, channel, done, drain } = stage(1);
    expect(pump.takeAck()).toBe(false);
    pump.wake();
    await time.advance(0);
    while (channel.bufferedAmount > 0) await drain(BLOCK_BYTES);
    expect(done()).toBe(FRAMES);
    expect(pump.clear).toBe(false);
    expect([pump.takeAck(), pump.takeAck()]).toEqual([true, false]);
    expect(pump.clear).toBe(true);
  });

  it('is silent for as long as nothing moves that should', async () => {
    const { pump, time, drain, channel } = stage(1);
    await time.advance(9_000);
    expect(pump.silentMs).toBe(0);
    pump.wake();
    await time.advance(3_000);
    pump.measure();
    expect(pump.silentMs).toBe(3_000);
    await drain(1);
    pump.measure();
    expect(pump.silentMs).toBe(0);
    while (channel.bufferedAmount > 0) await drain(BLOCK_BYTES);
    await time.advance(2_000);
    pump.takeAck();
    await time.advance(9_000);
    pump.measure();
    expect(pump.silentMs).toBe(0);
  });

  it('sends what it began once it was stopped, and pulls no more', async () => {
    const { pump, time, channel, drain, pulls, done } = stage();
    pump.wake();
    await time.advance(0);
    pump.stop();
    while (channel.bufferedAmount > 0) await drain(BLOCK_BYTES);
    expect([pulls(), done()]).toEqual([1, FRAMES]);
  });

  it('waits between frames where the pace says so', async () => {
    const { pump, pace, time, sent, channel } = stage();
    pace.handleRoundTrip({ roundTripMs: 40, bytesPerSecond: 1, nowMs: 0, lateMs: 0 });
    pump.wake();
    for (let step = 0; step < 40; step++) {
      channel.setBuffered(0);
      await time.advance(100);
    }
    expect(sent()).toBeGreaterThanOrEqual(4 * FRAME_BYTES);
    expect(sent()).toBeLessThanOrEqual(5 * FRAME_BYTES);
    expect(pump.silentMs).toBe(0);
  });

  it('says that the browser takes no more', async () => {
    const { pump, time, channel, failed } = stage();
    channel.readyState = 'closing';
    pump.wake();
    await time.advance(0);
    pump.wake();
    await time.advance(5_000);
    expect(failed).toHaveLength(1);
  });
});
