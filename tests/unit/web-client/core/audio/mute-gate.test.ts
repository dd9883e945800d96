import { beforeEach, describe, expect, it } from 'vitest';
import { MuteGate } from '../../../../../web-client/core/audio/mute-gate.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let told: boolean[];
let gate: MuteGate;
beforeEach(() => {
  time = new ManualTime();
  told = [];
  gate = new MuteGate(time.timers, (shut) => told.push(shut));
});

describe('the mute gate', () => {
  it('opens what is muted while held, and a short tail longer', async () => {
    gate.setMuted(true);
    gate.setHeld(true);
    expect(gate.closed).toBe(false);
    await time.advance(10_000);
    gate.setHeld(false);
    await time.advance(199);
    expect(gate.closed).toBe(false);
    await time.advance(1);
    expect(gate.closed).toBe(true);
    expect(told).toEqual([true, false, true]);
  });

  it('may repeat itself, up and down', async () => {
    gate.setMuted(true);
    for (let time = 0; time < 5; time++) gate.setHeld(true);
    for (let time = 0; time < 5; time++) gate.setHeld(false);
    expect(time.pending).toBe(1);
    await time.advance(200);
    expect(told).toEqual([true, false, true]);
  });

  it('pressed again in its tail goes on', async () => {
    gate.setMuted(true);
    gate.setHeld(true);
    gate.setHeld(false);
    await time.advance(100);
    gate.setHeld(true);
    await time.advance(1_000);
    expect(gate.closed).toBe(false);
    expect(told).toEqual([true, false]);
  });

  it('does nothing to an open microphone', async () => {
    gate.setHeld(true);
    gate.setHeld(false);
    await time.advance(1_000);
    expect(told).toEqual([]);
  });

  it('let go leaves open what was unmuted meanwhile', async () => {
    gate.setMuted(true);
    gate.setHeld(true);
    gate.setMuted(false);
    gate.setHeld(false);
    await time.advance(1_000);
    expect(gate.closed).toBe(false);
  });

  it.each([true, false])('gives way to muting at once (held: %s), until it was let go', async (held) => {
    gate.setMuted(true);
    gate.setHeld(true);
    gate.setHeld(held);
    gate.setMuted(true);
    expect(gate.closed).toBe(true);
    if (held) gate.setHeld(true);
    await time.advance(1_000);
    expect(gate.closed).toBe(true);
    gate.setHeld(false);
    gate.setHeld(true);
    expect(gate.closed).toBe(false);
  });

  it('counts as let go when the call is over, and leaves no timer', () => {
    gate.setMuted(true);
    gate.setHeld(true);
    gate.release();
    expect(gate.closed).toBe(true);
    gate.setHeld(true);
    gate.setHeld(false);
    gate.dispose();
    expect(time.pending).toBe(0);
  });

  it('is open until the last of two keys is let go', async () => {
    gate.setMuted(true);
    gate.setHeld(true, 'page');
    gate.setHeld(true, 'everywhere');
    gate.setHeld(false, 'page');
    await time.advance(1_000);
    expect(gate.closed).toBe(false);
    gate.setHeld(false, 'everywhere');
    await time.advance(200);
    expect(told).toEqual([true, false, true]);
  });

  it('is shut at once while the key to be muted is held, also over one to talk, and only so long', async () => {
    gate.setShut(true);
    gate.setHeld(true);
    expect(gate.closed).toBe(true);
    gate.setHeld(false);
    await time.advance(1_000);
    gate.setShut(false);
    expect(told).toEqual([true, false]);
  });

  it('stays muted by the button when the key to be muted is let go', () => {
    gate.setShut(true);
    gate.setMuted(true);
    gate.setShut(false);
    expect(told).toEqual([true]);
  });

  it('lets go of the key to be muted with the call', () => {
    gate.setShut(true);
    gate.release();
    expect(gate.closed).toBe(false);
  });
});
