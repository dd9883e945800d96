/** Owns the line the app prints once a window is up; scripts/start.mjs waits for the same one. */

export const READY_LINE = 'secret-call: ready';
