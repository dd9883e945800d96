/** Owns time as components see it: the time of day, and a countdown of seconds. */

import { useEffect, useState } from 'react';

/** Fine enough for a count of minutes. */
const STEP_MS = 5_000;
const SECOND_MS = 1_000;

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

/** Whole seconds left of a duration that begins as the component appears; 0 when the time is up. */
export function useCountdown(durationMs: number): number {
  const [leftMs, setLeftMs] = useState(durationMs);
  useEffect(() => {
    const end = performance.now() + durationMs;
    setLeftMs(durationMs);
    const timer = setInterval(() => setLeftMs(Math.max(0, end - performance.now())), SECOND_MS);
    return () => clearInterval(timer);
  }, [durationMs]);
  return Math.ceil(leftMs / SECOND_MS);
}
