/** Owns counting down the seconds to something that main has announced. */

import { useEffect, useState } from 'react';

const SECOND_MS = 1_000;

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
