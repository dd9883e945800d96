/** Owns what the app prints once its window is up; a unit test holds main/index.ts and scripts/start.mjs to it. */

export const READY_LINE = 'secret-call: ready';
