/** Owns joining and leaving without end: by one person, and under ever new ids. */

import type { Attack } from '../attack.ts';

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
