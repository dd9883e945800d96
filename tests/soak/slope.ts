/** Owns what many readings of one program's memory come to: so much more with each cycle, and how sure that is. */

import type { Figure } from '../netsim/report.ts';

/** After a garbage collection. */
export interface MemoryReading {
  readonly bytes: number;
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
const WARM_UP = 0.5;
/** Of a thing that is kept once for each cycle there are a hundred more after a hundred. */
const SURPLUS_MAX = 2;
/** A straight line through three points says how far they lie beside it. */
const READINGS_MIN = 3;

/** @param isHeap of a heap the slope is bounded; what a whole process takes is the system's business as well */
export function slopeFigures(
  name: string,
  all: readonly Reading[],
  isHeap: boolean,
): { figures: Figure[]; notes: string[] } {
  if (all.length < READINGS_MIN) throw new Error('too few readings');
  const settled = all.slice(Math.min(Math.floor(all.length * WARM_UP), all.length - READINGS_MIN));
  const fitOf = (of: (reading: Reading) => number) =>
    lineThrough(settled.map((reading) => [reading.atCycle, of(reading)]));
  const heap = fitOf(({ bytes }) => bytes / 1_000);
  const counts = Object.keys(settled[0]?.counts ?? {}).map((thing): Figure => {
    const { slope, error } = fitOf(({ counts: of }) => of[thing] ?? 0);
    return {
      name: `${name}: ${thing} in a hundred cycles`,
      value: slope * 100,
      unit: '',
      atMost: SURPLUS_MAX + error * 100,
    };
  });
  return {
    figures: [
      {
        name: `${name}: ${isHeap ? 'heap' : 'memory'} a cycle`,
        value: heap.slope,
        unit: 'kB',
        // So much more than the bound may come of the readings alone.
        ...(isHeap ? { atMost: SLOPE_MAX_KB + heap.error } : {}),
      },
      { name: `${name}: and that may be wrong by`, value: heap.error, unit: 'kB' },
      ...counts,
    ],
    notes: all.map(
      ({ atCycle, bytes, counts: of }) => `${name}, ${atCycle}: ${bytes} B ${JSON.stringify(of)}`,
    ),
  };
}

/** The straight line through these points with the least squares; `error` is two standard errors of its slope. */
export function lineThrough(points: readonly (readonly [number, number])[]): {
  slope: number;
  error: number;
} {
  const mean = (of: 0 | 1) => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [meanX, meanY] = [mean(0), mean(1)];
  const sum = (of: (x: number, y: number) => number) =>
    points.reduce((total, [x, y]) => total + of(x - meanX, y - meanY), 0);
  const run = sum((x) => x ** 2);
  const slope = sum((x, y) => x * y) / run;
  const beside = sum((x, y) => (y - slope * x) ** 2);
  return { slope, error: 2 * Math.sqrt(beside / (points.length - 2) / run) };
}
