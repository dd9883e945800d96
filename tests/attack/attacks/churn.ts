/** Owns what changes the roster without end: one person who joins and leaves, or goes by ever new names. */

import type { Attack } from '../stage.ts';

/** As often as the server takes frames of one socket. */
const FRAMES_PER_SECOND = 29;
const SECONDS = 10;

export const churn: Attack = {
  name: `joining and leaving ${FRAMES_PER_SECOND} times a second`,
  run: (stage) =>
    stage.strike(([count, pauseMs]) => window.hostile.joinAndLeave(count, pauseMs), [
      FRAMES_PER_SECOND * SECONDS,
      1_000 / FRAMES_PER_SECOND,
    ] as const),
};

export const renames: Attack = {
  name: `a new name ${FRAMES_PER_SECOND} times a second`,
  run: (stage) =>
    stage.strike(([count, pauseMs]) => window.hostile.rename(count, pauseMs), [
      FRAMES_PER_SECOND * SECONDS,
      1_000 / FRAMES_PER_SECOND,
    ] as const),
};
