import { describe, expect, it } from 'vitest';
import { parseCallArguments } from '../../../../../main/common/call-api/commands.ts';

const KEY = { code: 'ControlRight', printed: null };

describe('the key that a page asks to be listened for', () => {
  it.each([[KEY], [{ code: 'KeyQ', printed: 'a' }], [{ code: 'Semicolon', printed: 'ж' }], [null]])(
    '%j',
    (key) => {
      expect(parseCallArguments('setGlobalKey', [key])).toEqual([key]);
    },
  );

  it.each([
    ['two keys', [KEY, KEY]],
    ['a list of keys', [[KEY, KEY]]],
    ['none at all', []],
    ['a bare code', ['ControlRight']],
    ['no code', [{ printed: null }]],
    ['every key', [{ code: '*', printed: null }]],
    ['an empty code', [{ code: '', printed: null }]],
    ['a code with more behind it', [{ code: 'KeyA\nKeyB', printed: null }]],
    ['a long code', [{ code: 'A'.repeat(33), printed: null }]],
    ['a long sign', [{ code: 'KeyA', printed: 'a'.repeat(9) }]],
    ['codes of the hook', [{ code: 30, printed: null }]],
    ['codes beside it', [{ ...KEY, keycodes: [30, 48] }]],
  ])('is not %s', (_, args) => {
    expect(parseCallArguments('setGlobalKey', args)).toBeNull();
  });
});
