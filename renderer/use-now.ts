/** Owns the time of day for what is counted down in minutes. */

import { useEffect, useState } from 'react';

/** Fine enough for a count of minutes. */
const STEP_MS = 5_000;

/** Milliseconds since 1970, some seconds old at most; stands still while nobody counts. */
export function useNow(counting: boolean): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    if (!counting) return;
    setNowMs(Date.now());
    const timer = setInterval(() => setNowMs(Date.now()), STEP_MS);
    return () => clearInterval(timer);
  }, [counting]);
  return nowMs;
}
