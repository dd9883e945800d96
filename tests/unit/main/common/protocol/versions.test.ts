import * as v from 'valibot';
import { expect, it } from 'vitest';
import {
  encodeVersions,
  highestCommonVersion,
  isOlder,
  versionsSchema,
} from '../../../../../main/common/protocol/versions.ts';

it.each([
  [[1], true],
  [[1, 2, 65_535], true],
  [[900], true],
  [[1, 2, 3, 4, 5, 6, 7, 8], true],
  [[1, 2, 3, 4, 5, 6, 7, 8, 9], false],
  [[], false],
  [[0], false],
  [[-1], false],
  [[65_536], false],
  [[1.5], false],
  [[1, 1], false],
  [[2, 1], false],
  [['1'], false],
  [[null], false],
  ['1', false],
  [1, false],
  [{ 0: 1, length: 1 }, false],
  [undefined, false],
])('a list is ascending, short and of whole numbers, known or not: %j %s', (list, read) => {
  expect(v.is(versionsSchema, list)).toBe(read);
});

it.each([
  [[1], [1], 1],
  [[1, 2], [1, 2], 2],
  [[1, 2, 7], [2, 3, 9], 2],
  [[9, 10], [9, 10], 10],
  [[1, 2], [3], null],
  [[1, 3], [2], null],
])('%j and %j have %s in common', (own, theirs, common) => {
  expect(highestCommonVersion(own, theirs)).toBe(common);
  expect(highestCommonVersion(theirs, own)).toBe(common);
});

it.each([
  [[1], [2], true],
  [[1, 2], [3, 4], true],
  [[1, 3], [2], false],
  [[9], [10], true],
])('%j is older than %j: %s', (own, theirs, older) => {
  expect([isOlder(own, theirs), isOlder(theirs, own)]).toEqual([older, !older]);
});

it('has no two lists, or pairs of lists, that look alike in a hash', () => {
  const lists = [[1], [2], [1, 2], [256], [257], [1, 256], [258], [1, 258], [65_535]];
  const texts = lists.flatMap((one) =>
    lists.map((other) => Buffer.concat([encodeVersions(one), encodeVersions(other)]).toString('hex')),
  );
  expect(new Set(texts).size).toBe(lists.length ** 2);
  expect(encodeVersions([1, 258])).toEqual(Uint8Array.of(2, 0, 1, 1, 2));
});
