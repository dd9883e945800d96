import { expect, it } from 'vitest';
import { toListenError } from '../../../../main/server/port-multiplexer.ts';

it.each([
  ['EADDRINUSE', 'port-in-use'],
  ['EACCES', 'port-denied'],
  ['EMFILE', 'internal'],
  [undefined, 'internal'],
])('tells %s as %s', (code, expected) => {
  expect(toListenError(Object.assign(new Error('listen'), { code }))).toBe(expected);
});
