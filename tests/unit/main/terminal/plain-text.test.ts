/** Holds foreign text harmless for a terminal. */

import { describe, expect, it } from 'vitest';
import { plainText } from '../../../../main/terminal/plain-text.ts';

describe('plainText', () => {
  it.each([
    ['\u001b[2J\u001b[31mEve', '[2J[31mEve'],
    ['\u001b]0;title\u0007Eve', ']0;titleEve'],
    ['\u009b2JEve', '2JEve'],
    ['Eve\r\nMallory', 'EveMallory'],
    ['Eve\u2028Mallory\u2029', 'EveMallory'],
    ['\u202eevE\u202c', 'evE'],
    ['\u2066\u200fEve\u061c\u2069', 'Eve'],
    ['E\u0000v\u007fe\u0008', 'Eve'],
    ['\ud800Eve\udc00', 'Eve'],
    ['\ufeffEve\u{e0041}', 'Eve'],
    ['\t \u200b', ''],
  ])('takes the sting out of %j', (text, expected) => {
    expect(plainText(text)).toBe(expected);
  });

  it.each(['Ева Ёлкина', '渡辺', 'José', '👩‍👩‍👧 👍🏽', 'it\u2019s {count} of $&'])(
    'leaves %s alone',
    (text) => {
      expect(plainText(text)).toBe(text);
    },
  );
});
