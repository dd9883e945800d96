import { beforeEach, describe, expect, it } from 'vitest';
import { Network } from '../../../../web-client/media/network.ts';

let nowMs: number;
let ticks: Set<() => void>;
let target: EventTarget;
let wakes: number;
const watch = () =>
  new Network({
    target,
    wallClock: () => nowMs,
    setInterval: (callback) => {
      ticks.add(callback);
      return ticks.size;
    },
    clearInterval: () => ticks.clear(),
  }).onWake(() => wakes++);
const pass = (ms: number) => {
  nowMs += ms;
  for (const tick of ticks) tick();
};
beforeEach(() => {
  nowMs = 1_000_000;
  ticks = new Set();
  target = new EventTarget();
  wakes = 0;
});

describe('the network', () => {
  it('tells when it comes back', () => {
    watch();
    target.dispatchEvent(new Event('online'));
    expect(wakes).toBe(1);
  });

  it('tells a sleep by the gap in time, but not a background tab’s slow timers', () => {
    watch();
    pass(10_000);
    pass(61_000);
    expect(wakes).toBe(0);
    pass(3_600_000);
    expect(wakes).toBe(1);
    pass(10_000);
    expect(wakes).toBe(1);
  });

  it('lets go of clock and event', () => {
    const watching = watch();
    watching.dispose();
    target.dispatchEvent(new Event('online'));
    expect([wakes, ticks.size]).toEqual([0, 0]);
  });
});
