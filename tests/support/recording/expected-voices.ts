/** Owns what a recording is expected to hold: each tone from its entry to its exit, and not a moment beside them. */

import { expect } from 'vitest';
import { toneIn } from './recorded-sound.ts';

/** Between two windows of the analysis, with the delay of Opus. */
export const TOLERANCE_MS = 30;
/** So long a voice may not come on a machine that is too busy for it. */
const STALLED_MS = 500;

export interface ChapterLine {
  readonly atMs: number;
  readonly sign: string;
  readonly name: string;
}

/** Of the text beside a recording. */
export function chapterLines(text: string): readonly ChapterLine[] {
  return [...text.matchAll(/^(\d+):(\d\d):(\d\d\.\d{3})\t(.)\t?(.*)$/gm)].map(
    ([, hours, minutes, seconds, sign = '', name = '']) => ({
      atMs: ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1_000,
      sign,
      name,
    }),
  );
}

export function holds(samples: Float32Array, hertz: number, [inMs, outMs]: readonly [number, number]): void {
  const heard = toneIn(samples, hertz);
  const [[fromMs] = [0], [, toMs] = [0, 0]] = [heard[0], heard.at(-1)];
  expect(fromMs, `${hertz} Hz begins`).toBeGreaterThan(inMs - TOLERANCE_MS);
  expect(fromMs, `${hertz} Hz begins`).toBeLessThan(inMs + STALLED_MS);
  expect(toMs, `${hertz} Hz ends`).toBeGreaterThan(outMs - STALLED_MS);
  expect(toMs, `${hertz} Hz ends`).toBeLessThan(outMs + TOLERANCE_MS);
}

/** Of all these tones the one alone. */
export function holdsOnly(
  samples: Float32Array,
  hertz: number,
  times: readonly [number, number],
  tonesHz: readonly number[],
): void {
  for (const other of tonesHz) if (other !== hertz) expect(toneIn(samples, other), `${other} Hz`).toEqual([]);
  holds(samples, hertz, times);
}
