/** Owns what many readings of one program's memory come to: so much more with each cycle. */

import type { Figure } from '../netsim/report.ts';

/** After a garbage collection. */
export interface MemoryReading {
  readonly heapBytes: number;
  /** Things that are not to become more, by name. */
  readonly counts: Readonly<Record<string, number>>;
}

/** Of one program. */
export interface Memory {
  read(): Promise<MemoryReading>;
}

export interface Reading extends MemoryReading {
  readonly atCycle: number;
}

const SLOPE_MAX_KB = 1;
/** What is filled once, and compiled, is no leak. */
const WARM_UP = 0.25;
/** Of a thing that is kept once for each cycle there are far more; one for a while may be on its way out. */
const SURPLUS_MAX = 2;

export function slopeFigures(name: string, all: readonly Reading[]): { figures: Figure[]; notes: string[] } {
  const settled = all.slice(Math.floor(all.length * WARM_UP));
  const [first, last] = [settled[0], settled.at(-1)];
  if (first === undefined || last === undefined || settled.length < 2) throw new Error('too few readings');
  const slope = slopeOf(settled.map(({ atCycle, heapBytes }) => [atCycle, heapBytes]));
  const notes = all.map(
    ({ atCycle, heapBytes, counts }) => `${name}, ${atCycle}: ${heapBytes} B ${JSON.stringify(counts)}`,
  );
  return {
    figures: [
      { name: `${name}: heap a cycle`, value: slope / 1_000, unit: 'kB', atMost: SLOPE_MAX_KB },
      ...Object.entries(last.counts).map(
        ([thing, count]): Figure => ({
          name: `${name}: ${thing}, more than at first`,
          value: count - (first.counts[thing] ?? 0),
          unit: '',
          atMost: SURPLUS_MAX,
        }),
      ),
    ],
    notes,
  };
}

/** Of the straight line through these points with the least squares. */
export function slopeOf(points: readonly (readonly [number, number])[]): number {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const rise = points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  const run = points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  return rise / run;
}
