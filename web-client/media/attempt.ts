/** Owns asking a browser for what it may refuse: by a promise, by an exception, or by not having it, or by not answering. */

import type { TimersLike } from '../../main/common/platform.ts';

/** Whether it was done. What was refused stays as it was; the next tap or change tries again. */
export async function attempt(ask: () => Promise<unknown> | undefined): Promise<boolean> {
  try {
    await ask();
    return true;
  } catch {
    return false;
  }
}

/** As the promise, but rejects where that has not settled after limitMs: of a server that is silent, browsers wait for minutes. */
export function within<Value>(timers: TimersLike, limitMs: number, promise: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = timers.setTimeout(() => reject(new Error('took too long')), limitMs);
    const end = () => timers.clearTimeout(timer);
    promise.then(resolve, reject).then(end, end);
  });
}

/** Takes things apart as far as the browser lets it: what fails to end is no reason to keep the rest. */
export function endAll(...ends: readonly (() => void)[]): void {
  for (const end of ends) {
    try {
      end();
    } catch {
      // It is as good as ended.
    }
  }
}
