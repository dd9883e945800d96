import { beforeEach, describe, expect, it } from 'vitest';
import { MuteGate } from '../../../../../web-client/core/audio/mute-gate.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let told: boolean[];
let key: MuteGate;
beforeEach(() => {
  time = new ManualTime();
  told = [];
  key = new MuteGate(time.timers, (shut) => told.push(shut));
});

describe('the key to talk', () => {
  it('opens what is muted while held, and a short tail longer', async () => {
    key.setMuted(true);
    key.setHeld(true);
    expect(key.shut).toBe(false);
    await time.advance(10_000);
    key.setHeld(false);
    await time.advance(199);
    expect(key.shut).toBe(false);
    await time.advance(1);
    expect(key.shut).toBe(true);
    expect(told).toEqual([true, false, true]);
  });

  it('may repeat itself, up and down', async () => {
    key.setMuted(true);
    for (let time = 0; time < 5; time++) key.setHeld(true);
    for (let time = 0; time < 5; time++) key.setHeld(false);
    expect(time.pending).toBe(1);
    await time.advance(200);
    expect(told).toEqual([true, false, true]);
  });

  it('pressed again in its tail goes on', async () => {
    key.setMuted(true);
    key.setHeld(true);
    key.setHeld(false);
    await time.advance(100);
    key.setHeld(true);
    await time.advance(1_000);
    expect(key.shut).toBe(false);
    expect(told).toEqual([true, false]);
  });

  it('does nothing to an open microphone', async () => {
    key.setHeld(true);
    key.setHeld(false);
    await time.advance(1_000);
    expect(told).toEqual([]);
  });

  it('let go leaves open what was unmuted meanwhile', async () => {
    key.setMuted(true);
    key.setHeld(true);
    key.setMuted(false);
    key.setHeld(false);
    await time.advance(1_000);
    expect(key.shut).toBe(false);
  });

  it.each([true, false])('gives way to muting at once (held: %s), until it was let go', async (held) => {
    key.setMuted(true);
    key.setHeld(true);
    key.setHeld(held);
    key.setMuted(true);
    expect(key.shut).toBe(true);
    if (held) key.setHeld(true);
    await time.advance(1_000);
    expect(key.shut).toBe(true);
    key.setHeld(false);
    key.setHeld(true);
    expect(key.shut).toBe(false);
  });

  it('counts as let go when the call is over, and leaves no timer', () => {
    key.setMuted(true);
    key.setHeld(true);
    key.release();
    expect(key.shut).toBe(true);
    key.setHeld(true);
    key.setHeld(false);
    key.dispose();
    expect(time.pending).toBe(0);
  });
});
