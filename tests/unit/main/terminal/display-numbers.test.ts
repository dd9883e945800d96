/** Holds numbers to those who have them. */

import { expect, it } from 'vitest';
import { DISPLAY_NUMBERS_MAX } from '../../../../main/common/protocol/limits.ts';
import { DisplayNumbers } from '../../../../main/terminal/display-numbers.ts';

it('gives each id the next number once, and finds it again', () => {
  const numbers = new DisplayNumbers<string>();
  expect(['a', 'b', 'a', 'c', 'b'].map((id) => numbers.numberOf(id))).toEqual([1, 2, 1, 3, 2]);
  expect([1, 2, 3].map((number) => numbers.idOf(number))).toEqual(['a', 'b', 'c']);
  expect([0, 4, -1, 1.5].map((number) => numbers.idOf(number))).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
  ]);
});

it('forgets those not shown for longest, and gives their numbers to nobody', () => {
  const numbers = new DisplayNumbers<string>();
  for (let each = 0; each < DISPLAY_NUMBERS_MAX; each++) numbers.numberOf(`id-${each}`);
  expect(numbers.numberOf('id-0')).toBe(1);
  expect(numbers.numberOf('new')).toBe(DISPLAY_NUMBERS_MAX + 1);
  expect([1, 2, 3].map((number) => numbers.idOf(number))).toEqual(['id-0', undefined, 'id-2']);
  expect(numbers.numberOf('id-1')).toBe(DISPLAY_NUMBERS_MAX + 2);
});
