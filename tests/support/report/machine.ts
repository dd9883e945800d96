/** Owns what a measurement says of the machine it was taken on. */

import { availableParallelism, cpus, loadavg } from 'node:os';

export function describeMachine() {
  return {
    platform: process.platform,
    node: process.version,
    processor: cpus()[0]?.model ?? 'unknown',
    processors: availableParallelism(),
    /** Over the last 1, 5 and 15 minutes: well above the measurement's own 2 or so, others slowed it. */
    loadAverage: loadavg(),
  };
}
