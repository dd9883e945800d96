/** Owns a clock that goes on while the computer sleeps, and never back: links must not live longer for a closed lid. */

import type { ClockMs } from '../common/platform.ts';

/** How far the time of day may run ahead of the steady clock before it is a sleep and not a correction. */
const SLEEP_LEAST_MS = 5_000;

/**
 * @param steady counts from any zero and stands still during a sleep on some systems
 * @param wall the time of day; it may be set, forth or back, by the person or the network
 */
export function createSleepAwareClock(steady: ClockMs, wall: ClockMs): ClockMs {
  let sleptMs = 0;
  let lastSteadyMs = steady();
  let lastWallMs = wall();
  return () => {
    const [steadyMs, wallMs] = [steady(), wall()];
    const aheadMs = wallMs - lastWallMs - (steadyMs - lastSteadyMs);
    if (aheadMs >= SLEEP_LEAST_MS) sleptMs += aheadMs;
    [lastSteadyMs, lastWallMs] = [steadyMs, wallMs];
    return steadyMs + sleptMs;
  };
}
