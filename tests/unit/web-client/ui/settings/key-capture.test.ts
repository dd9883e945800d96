import { describe, expect, it } from 'vitest';
import { hookCodesOf } from '../../../../../main/key-watch/hook-codes.ts';
import { fitsEverywhere, fitsPage, judgeKey } from '../../../../../web-client/ui/settings/key-capture.ts';
import { keyPress } from '../../../../support/page/key-press.ts';

describe('judgeKey', () => {
  it.each([
    ['takes a key', { code: 'KeyV' }, { kind: 'key', code: 'KeyV' }],
    ['takes the space bar', { code: 'Space' }, { kind: 'key', code: 'Space' }],
    ['goes away with Esc', { code: 'Escape' }, { kind: 'cancelled' }],
    ['refuses Tab', { code: 'Tab' }, { kind: 'refused' }],
    ['refuses Enter', { code: 'Enter' }, { kind: 'refused' }],
    ['refuses the key that mutes', { code: 'KeyM' }, { kind: 'refused' }],
    ['refuses a modifier alone', { code: 'ShiftLeft', shiftKey: true }, { kind: 'refused' }],
    ['refuses what is held with one', { code: 'KeyV', ctrlKey: true }, { kind: 'refused' }],
    ['refuses a key without a name', { code: '' }, { kind: 'refused' }],
    ['waits for the end of a key held before', { code: 'KeyV', repeat: true }, { kind: 'nothing' }],
  ])('%s', (_, changes, caught) => {
    expect(judgeKey(keyPress(changes.code, changes), fitsPage)).toEqual(caught);
  });

  it.each([
    [
      'takes what changes other keys',
      { code: 'ControlRight', ctrlKey: true },
      { kind: 'key', code: 'ControlRight' },
    ],
    ['takes a function key', { code: 'F9' }, { kind: 'key', code: 'F9' }],
    ['takes a letter', { code: 'KeyV' }, { kind: 'key', code: 'KeyV' }],
    ['refuses what deletes', { code: 'Backspace' }, { kind: 'refused' }],
    ['refuses what sends', { code: 'Enter' }, { kind: 'refused' }],
    ['refuses the key that mutes', { code: 'KeyM' }, { kind: 'refused' }],
    ['refuses what is held with another', { code: 'KeyV', ctrlKey: true }, { kind: 'refused' }],
    ['goes away with Esc', { code: 'Escape' }, { kind: 'cancelled' }],
  ])('for all programs: %s', (_, changes, caught) => {
    expect(judgeKey(keyPress(changes.code, changes), fitsEverywhere)).toEqual(caught);
  });

  it('takes no key for all programs that the app could not tell from others', () => {
    const codes = [
      'Space',
      'ScrollLock',
      'Pause',
      'Insert',
      'Numpad5',
      'IntlBackslash',
      'MetaRight',
      'F24',
      'Digit0',
    ];
    for (const code of codes) {
      expect(judgeKey(keyPress(code), fitsEverywhere)).toMatchObject({ code });
      expect(hookCodesOf({ code, printed: null }, 'linux')).not.toBeNull();
    }
  });
});
