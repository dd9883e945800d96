/** Owns proof that every person is shown and told apart, whatever their name is made of. */

import { expect, it } from 'vitest';
import { isolated } from '../../../main/common/names/visible-text.ts';
import { windowTexts } from '../../../renderer/i18n/texts.ts';
import { hueOf, marksOf, participantName, unmistakableName } from '../../../renderer/participant-names.ts';
import { SAME_NAMES } from '../../support/names/hostile-names.ts';

const id = 'ab_-AAAAAAAAAAAAAAAAAA';

it.each([
  ['Anna', 'Anna'],
  ['  Anna ', 'Anna'],
  [null, 'Guest ab_-'],
  ['   ', 'Guest ab_-'],
  ['\u3164', 'Guest ab_-'],
  ['\u2800\u200b', 'Guest ab_-'],
  ['\u2067An\u202ena\u2069', 'Anna'],
  [`Anna${'\u0301'.repeat(40)}`, `Anna${'\u0301'.repeat(4)}`],
  ['🏴󠁧󠁢󠁷󠁬󠁳󠁿 Rhys', '🏴󠁧󠁢󠁷󠁬󠁳󠁿 Rhys'],
])('shows %j as %s', (name, shown) => {
  expect(participantName({ id, name }, windowTexts.en)).toBe(shown);
});

it('keeps a name from turning the sentence around it', () => {
  expect(windowTexts.en('people.remove-title', { name: isolated('سارة') })).toBe('Remove \u2068سارة\u2069?');
});

it('lets no name break out of the question about it', () => {
  const person = { id, name: 'Anna \u2069\u202e!?', reports: 0 };
  const name = unmistakableName(person, undefined, windowTexts.en);
  expect(windowTexts.en('people.remove-title', { name })).toBe('Remove \u2068Anna !?\u2069?');
});

it.each(SAME_NAMES)('takes %s and %s for one name', (name, other) => {
  const people = [name, other].map((each, index) => ({ id: `${index}`.repeat(22), name: each, reports: 0 }));
  expect([...marksOf(people, windowTexts.en).values()]).toEqual(['#0000', '#1111']);
});

it('marks those who are shown under one name, however they came by it', () => {
  const person = (id: string, name: string | null) => ({ id: id.padEnd(22, 'A'), name, reports: 0 });
  const marks = (...people: ReturnType<typeof person>[]) => [...marksOf(people, windowTexts.en).values()];
  expect(marks(person('bob1', 'Bob'), person('bob2', 'BOB'), person('eve1', 'Eve'))).toEqual([
    '#bob1',
    '#bob2',
  ]);
  expect(marks(person('ab_-', null), person('xy12', null))).toEqual([]);
  expect(marks(person('ab_-', null), person('eve1', 'Guest ab_-'))).toEqual(['#ab_-', '#eve1']);
  expect(marks(person('ab_-1', null), person('ab_-2', null))).toEqual(['#ab_-1', '#ab_-2']);
});

it('gives an id the same hue each time', () => {
  expect(hueOf(id)).toBe(hueOf(id));
  expect(new Set(['a', 'b', 'c', 'd', 'e'].map(hueOf)).size).toBeGreaterThan(2);
});
