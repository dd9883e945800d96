import { describe, expect, it } from 'vitest';
import { judgeKey } from '../../../../../web-client/ui/settings/key-capture.ts';
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
    expect(judgeKey(keyPress(changes.code, changes))).toEqual(caught);
  });
});
