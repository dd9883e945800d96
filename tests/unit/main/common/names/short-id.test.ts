/** Holds marks by which people of one name are told apart to being different, and to being there only where needed. */

import { expect, it } from 'vitest';
import { idsToTellApart, shortIdOf } from '../../../../../main/common/names/short-id.ts';

const marks = (...people: (readonly [string, string | null])[]) =>
  Object.fromEntries(idsToTellApart(people.map(([id, name]) => ({ id, name }))));

it('is as long as on every page', () => {
  expect(shortIdOf('AbCdEfGh')).toBe('AbCd');
});

it('is there for people whose names a reader would take for one, and for no others', () => {
  expect(marks(['AAAA1', 'Bob'], ['BBBB1', 'bob '], ['CCCC1', 'Bo\u200bb'], ['DDDD1', 'Ada'])).toEqual({
    AAAA1: 'AAAA',
    BBBB1: 'BBBB',
    CCCC1: 'CCCC',
  });
});

it('is there for names that cannot be read', () => {
  expect(marks(['AAAA1', null], ['BBBB1', null], ['CCCC1', 'Ada'])).toEqual({ AAAA1: 'AAAA', BBBB1: 'BBBB' });
});

it('grows until it differs: an id can be made to begin like another’s', () => {
  expect(marks(['AAAAxy', 'Bob'], ['AAAAxz', 'Bob'], ['BBBBxz', 'Bob'])).toEqual({
    AAAAxy: 'AAAAxy',
    AAAAxz: 'AAAAxz',
    BBBBxz: 'BBBB',
  });
});
