/** Owns waiting that can be cut short. */

import type { AbortSignalLike, TimersLike } from '../platform.ts';

/** Resolves after delayMs, or as soon as the signal is aborted, whichever is first. */
export function delay(timers: TimersLike, delayMs: number, signal: AbortSignalLike): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const finish = (): void => {
      timers.clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = timers.setTimeout(finish, delayMs);
    signal.addEventListener('abort', finish);
  });
}
