import { describe, expect, it } from 'vitest';
import type { SoundBatch } from '../../../../../web-client/recording/recorder-messages.ts';
import { BatchFiller, SPARE_MAX } from '../../../../../web-client/recording/timeline/batch-filler.ts';

const QUANTUM = 2;
const NOBODY: readonly Float32Array[] = [];
const says = (value: number) => [new Float32Array(QUANTUM).fill(value)];

/** Of each input that has a voice, its samples. */
function voicesOf(batch: SoundBatch | null): readonly (readonly [number, readonly number[]])[] {
  if (batch === null) return [];
  const { inputs, stride, samples, length } = batch;
  return [0, 1, 2].flatMap((input) =>
    (inputs >> input) % 2 === 1
      ? [[input, [...samples.subarray(input * stride, input * stride + length)]] as const]
      : [],
  );
}

describe('a batch of all voices', () => {
  it('has each at its place, and is full in time', () => {
    const filler = new BatchFiller(2 * QUANTUM);
    filler.add([says(1), NOBODY, says(3)], 100, QUANTUM);
    expect(filler.isFull).toBe(false);
    filler.add([says(2), NOBODY, says(4)], 102, QUANTUM);
    expect(filler.isFull).toBe(true);
    const batch = filler.take(7);
    expect(batch).toMatchObject({ frame: 100, length: 4, stampMs: 7 });
    expect(voicesOf(batch)).toEqual([
      [0, [1, 1, 2, 2]],
      [2, [3, 3, 4, 4]],
    ]);
  });

  it('is nothing before anything came, and begins anew once it is taken', () => {
    const filler = new BatchFiller(2 * QUANTUM);
    expect(filler.take(0)).toBeNull();
    filler.add([says(1)], 0, QUANTUM);
    filler.take(0);
    expect(filler.take(0)).toBeNull();
    filler.add([NOBODY, says(2)], 50, QUANTUM);
    const batch = filler.take(0);
    expect(batch).toMatchObject({ frame: 50, length: QUANTUM });
    expect(voicesOf(batch)).toEqual([[1, [2, 2]]]);
  });

  it('has not a sample of before of a voice that comes or goes in the middle', () => {
    const filler = new BatchFiller(3 * QUANTUM);
    for (const frame of [0, 2, 4]) filler.add([says(8), says(9)], frame, QUANTUM);
    const first = filler.take(0);
    if (first !== null) filler.giveBack([first.samples]);
    filler.add([says(1), NOBODY], 6, QUANTUM);
    filler.add([NOBODY, says(2)], 8, QUANTUM);
    filler.add([NOBODY, NOBODY], 10, QUANTUM);
    const second = filler.take(0);
    expect(second?.samples).toBe(first?.samples);
    expect(voicesOf(second)).toEqual([
      [0, [1, 1, 0, 0, 0, 0]],
      [1, [0, 0, 2, 2, 0, 0]],
    ]);
  });

  it('keeps so many that were given back, and no more', () => {
    const filler = new BatchFiller(QUANTUM);
    const given = Array.from({ length: SPARE_MAX + 3 }, () => new Float32Array(16 * QUANTUM));
    filler.giveBack(given);
    const taken = Array.from({ length: SPARE_MAX + 3 }, (_, index) => {
      filler.add([says(1)], index * QUANTUM, QUANTUM);
      return filler.take(0)?.samples;
    });
    expect(taken.filter((samples) => samples !== undefined && given.includes(samples))).toHaveLength(
      SPARE_MAX,
    );
  });
});
