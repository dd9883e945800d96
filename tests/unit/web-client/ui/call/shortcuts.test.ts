import { describe, expect, it } from 'vitest';
import { type KeyContext, keyDownAction, keyUpAction } from '../../../../../web-client/ui/call/shortcuts.ts';
import type { KeyPress } from '../../../../../web-client/ui/preferences/push-to-talk-key.ts';
import { keyPress } from '../../../../support/page/key-press.ts';

const press = (code: string, changes: Partial<KeyPress> = {}): KeyPress =>
  keyPress(code, { key: code === 'KeyM' ? 'm' : ' ', ...changes });

const PLAIN: KeyContext = { live: true, typing: false, dialog: false, talkKey: null, held: false };
const PUSH: KeyContext = { ...PLAIN, talkKey: 'Space' };
const HELD: KeyContext = { ...PUSH, held: true };

describe('a key that goes down', () => {
  it.each([
    ['M', press('KeyM'), PLAIN, 'toggle'],
    ['M on a Russian layout', press('KeyM', { key: 'ь' }), PLAIN, 'toggle'],
    ['M with push to talk', press('KeyM'), PUSH, 'toggle'],
    ['M while the key to talk is held', press('KeyM'), HELD, 'toggle'],
    ['M held down', press('KeyM', { repeat: true }), PLAIN, 'swallow'],
    ['M in a field', press('KeyM'), { ...PLAIN, typing: true }, 'none'],
    ['M under a dialog', press('KeyM'), { ...PLAIN, dialog: true }, 'none'],
    ['M without a microphone', press('KeyM'), { ...PLAIN, live: false }, 'none'],
    ['M while an input method writes', press('KeyM', { isComposing: true }), PLAIN, 'none'],
    ['Ctrl+M', press('KeyM', { ctrlKey: true }), PLAIN, 'none'],
    ['Alt+M', press('KeyM', { altKey: true }), PLAIN, 'none'],
    ['Cmd+M', press('KeyM', { metaKey: true }), PLAIN, 'none'],
    ['Shift+M', press('KeyM', { shiftKey: true }), PLAIN, 'none'],
    ['Space without push to talk', press('Space'), PLAIN, 'none'],
    ['the key to talk', press('Space'), PUSH, 'hold'],
    ['another key to talk', press('KeyV', { key: 'v' }), { ...PUSH, talkKey: 'KeyV' }, 'hold'],
    ['Space while another key is the one', press('Space'), { ...PUSH, talkKey: 'KeyV' }, 'none'],
    ['the key to talk, repeating', press('Space', { repeat: true }), HELD, 'swallow'],
    [
      'the key to talk, repeating in a field that got the focus',
      press('Space', { repeat: true }),
      { ...HELD, typing: true },
      'swallow',
    ],
    ['a repetition of what was let go by force', press('Space', { repeat: true }), PUSH, 'swallow'],
    ['the key to talk in a field', press('Space'), { ...PUSH, typing: true }, 'none'],
    ['the key to talk under a dialog', press('Space'), { ...PUSH, dialog: true }, 'none'],
    ['the key to talk without a microphone', press('Space'), { ...PUSH, live: false }, 'none'],
    ['Ctrl+Space', press('Space', { ctrlKey: true }), PUSH, 'none'],
    ['Cmd while the key is held', press('MetaLeft', { metaKey: true }), HELD, 'release'],
    ['Enter', press('Enter'), PUSH, 'none'],
  ] as const)('%s', (_, key, context, action) => {
    expect(keyDownAction(key, context)).toBe(action);
  });
});

describe('a key that comes up', () => {
  it.each([
    ['the held key', 'Space', HELD, 'release'],
    ['the held key over a field', 'Space', { ...HELD, typing: true }, 'release'],
    ['the held key under a dialog', 'Space', { ...HELD, dialog: true }, 'release'],
    ['the key after it was let go by force, so that it presses no button', 'Space', PUSH, 'swallow'],
    ['the key in a field', 'Space', { ...PUSH, typing: true }, 'none'],
    ['the key under a dialog', 'Space', { ...PUSH, dialog: true }, 'none'],
    ['the key without a microphone', 'Space', { ...PUSH, live: false }, 'none'],
    ['Space without push to talk', 'Space', PLAIN, 'none'],
    ['another key', 'KeyM', HELD, 'none'],
  ] as const)('%s', (_, code, context, action) => {
    expect(keyUpAction({ code }, context)).toBe(action);
  });
});
