/** Holds numbers to those who have them. */

import { expect, it } from 'vitest';
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
