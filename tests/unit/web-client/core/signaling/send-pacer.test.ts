import { beforeEach, describe, expect, it } from 'vitest';
import { PACER_BURST, PACER_PER_SECOND } from '../../../../../main/common/protocol/limits.ts';
import { SendPacer } from '../../../../../web-client/core/signaling/send-pacer.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let sent: { readonly frame: string; readonly atMs: number }[];
let pacer: SendPacer;
beforeEach(() => {
  time = new ManualTime();
  sent = [];
  const { clock, timers } = time;
  pacer = new SendPacer({ clock, timers, send: (frame) => sent.push({ frame, atMs: clock() }) });
});

const push = (count: number) => {
  for (let index = 0; index < count; index++) pacer.push(`${index}`);
};

describe('the pace', () => {
  it('lets a burst through at once, then so many a second, in order', async () => {
    push(PACER_BURST + PACER_PER_SECOND);
    expect(sent).toHaveLength(PACER_BURST);
    await time.advance(1_000);
    expect(sent.map(({ frame }) => frame)).toEqual(sent.map((_, index) => `${index}`));
    expect(sent).toHaveLength(PACER_BURST + PACER_PER_SECOND);
    expect(time.pending).toBe(0);
  });

  it('never exceeds what the server allows, whatever is asked of it', async () => {
    for (let round = 0; round < 20; round++) {
      push(60);
      await time.advance(500);
    }
    for (const { atMs } of sent) {
      const second = sent.filter((other) => other.atMs >= atMs && other.atMs < atMs + 1_000);
      expect(second.length).toBeLessThanOrEqual(PACER_BURST + PACER_PER_SECOND + 1);
    }
    expect(sent.length).toBeGreaterThanOrEqual(PACER_BURST + 9 * PACER_PER_SECOND);
  });

  it('has the whole burst again after a rest', async () => {
    push(PACER_BURST);
    await time.advance((PACER_BURST / PACER_PER_SECOND) * 1_000);
    push(PACER_BURST);
    expect(sent).toHaveLength(2 * PACER_BURST);
  });

  it('drops what waits when it ends', async () => {
    push(PACER_BURST + 10);
    pacer.dispose();
    await time.advance(5_000);
    expect(sent).toHaveLength(PACER_BURST);
    expect(time.pending).toBe(0);
  });
});
