/** Owns the watch over this computer's network: tells when its addresses have changed, and when it has slept. */

import type { Disposable } from '../common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../common/platform.ts';
import { Timeout } from '../common/timing/timeout.ts';

/** There is no event for it in Node; a look costs some microseconds. */
export const LOOK_INTERVAL_MS = 2_000;
/** By so much more than the interval the time of day has moved on after a sleep; a clock set anew looks the same. */
export const SLEPT_MS = 5_000;

/** Calls back at each sign that the way out of this computer may be another one, until disposed. */
export type WatchNetwork = (onSign: () => void) => Disposable;

export interface NetworkWatchOptions {
  /** All addresses by which this computer reaches others, in whatever form. */
  readonly addresses: () => readonly string[];
  /** The time of day: it goes on while the computer sleeps, as other clocks do not everywhere. */
  readonly wallClock: ClockMs;
  readonly timers: TimersLike;
}

export function createNetworkWatch({ addresses, wallClock, timers }: NetworkWatchOptions): WatchNetwork {
  const look = () => [...addresses()].sort().join(' ');
  return (onSign) => {
    const next = new Timeout(timers);
    let seen = look();
    let lastMs = wallClock();
    const check = (): void => {
      const [before, beforeMs] = [seen, lastMs];
      seen = look();
      lastMs = wallClock();
      next.set(check, LOOK_INTERVAL_MS);
      if (seen !== before || lastMs - beforeMs >= LOOK_INTERVAL_MS + SLEPT_MS) onSign();
    };
    next.set(check, LOOK_INTERVAL_MS);
    return next;
  };
}
