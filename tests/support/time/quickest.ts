/** Owns telling how long something takes on a machine that has other things to do as well. */

const RUNS = 5;
/** What goes by the square of its input, or worse, takes seconds; a busy machine does not make that of a few milliseconds. */
export const AT_ONCE_MS = 500;

/** The shortest of a few runs, in milliseconds. */
export function quickestMs(run: () => unknown): number {
  const times = Array.from({ length: RUNS }, () => {
    const started = performance.now();
    run();
    return performance.now() - started;
  });
  return Math.min(...times);
}
