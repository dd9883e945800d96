/** Holds a second start to what somebody wanted of it, whatever it hands over. */

import { expect, it } from 'vitest';
import { readSecondStart } from '../../../../main/desktop/second-start.ts';

const LINK = 'secret-call://a.example/#b';

it.each<[string, readonly string[], unknown, ReturnType<typeof readSecondStart>]>([
  ['a click on the icon', ['app'], { version: '1.0.0' }, { kind: 'raise' }],
  ['a link', ['app', '--', LINK], { version: '2.0.0' }, { kind: 'link', link: LINK }],
  ['the system at login', ['app', '--hidden'], { version: '2.0.0' }, { kind: 'hidden' }],
  [
    'a newer version',
    ['app'],
    { version: '1.1.0-beta.2' },
    { kind: 'other-version', version: '1.1.0-beta.2' },
  ],
  ['an older version', ['app'], { version: '0.9.0' }, { kind: 'other-version', version: '0.9.0' }],
  ['a version that says nothing', ['app'], undefined, { kind: 'raise' }],
  ['null', ['app'], null, { kind: 'raise' }],
  ['no text', ['app'], { version: 2 }, { kind: 'raise' }],
  ['no version', ['app'], { version: 'call 123 now' }, { kind: 'raise' }],
  ['a text without end', ['app'], { version: `1.${'0'.repeat(99)}` }, { kind: 'raise' }],
])('tells %s', (_, argv, facts, expected) => {
  expect(readSecondStart(argv, facts, '1.0.0')).toEqual(expected);
});
