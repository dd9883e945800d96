/** Owns how long to wait before the next try; pure, so that the tunnel and the page share it. */

export interface RetryPolicy {
  /** Delay before try number `attempt` (1 is the first retry), or null when there shall be none. */
  nextDelayMs(attempt: number): number | null;
}

export interface BackoffOptions {
  /** Delays in order, the last one repeating. */
  readonly stepsMs: readonly number[];
  /** Part of a delay, 0 to 1, that is drawn at random, so that many clients do not come back at once. */
  readonly jitter: number;
  /** A number from 0 (included) to 1 (excluded). */
  readonly random: () => number;
  readonly maxAttempts?: number;
}

export function createBackoff({ stepsMs, jitter, random, maxAttempts }: BackoffOptions): RetryPolicy {
  return {
    nextDelayMs(attempt) {
      if (maxAttempts !== undefined && attempt > maxAttempts) return null;
      const step = stepsMs[Math.min(Math.max(attempt, 1), stepsMs.length) - 1] ?? 0;
      return Math.round(step * (1 - jitter + jitter * random()));
    },
  };
}
