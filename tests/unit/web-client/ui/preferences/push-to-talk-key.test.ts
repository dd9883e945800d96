import { describe, expect, it } from 'vitest';
import { createTranslator } from '../../../../../main/common/translate.ts';
import { callEn } from '../../../../../web-client/i18n/call-en.ts';
import { en } from '../../../../../web-client/i18n/en.ts';
import { talkHint } from '../../../../../web-client/ui/call/talk-hint.ts';
import { DEFAULT_PAGE_PREFERENCES } from '../../../../../web-client/ui/preferences/preference-store.ts';
import {
  isMuteKey,
  isTalkKey,
  KeyNames,
  keyName,
  readKeyboardLayout,
} from '../../../../../web-client/ui/preferences/push-to-talk-key.ts';
import { ROOM } from '../../../../support/page/room-states.ts';

const t = createTranslator({ ...en, ...callEn }, 'en');

describe('isTalkKey', () => {
  it.each([['Space'], ['KeyV'], ['Digit5'], ['F8'], ['Numpad0'], ['Backquote'], ['IntlBackslash']])(
    'takes %s',
    (code) => {
      expect(isTalkKey(code)).toBe(true);
    },
  );

  it.each([
    ['Tab'],
    ['Enter'],
    ['NumpadEnter'],
    ['Escape'],
    ['ShiftLeft'],
    ['ControlRight'],
    ['AltLeft'],
    ['MetaLeft'],
    ['OSRight'],
    ['CapsLock'],
    ['KeyM'],
    [''],
    ['Unidentified'],
    ['<b>'],
    ['A'.repeat(33)],
  ])('refuses %j', (code) => {
    expect(isTalkKey(code)).toBe(false);
  });
});

describe('isMuteKey', () => {
  it.each([
    ['KeyM', 'm', true],
    ['KeyM', 'M', true],
    ['KeyM', 'ь', true],
    ['KeyM', 'μ', true],
    // The French layout has its M elsewhere, and a comma there.
    ['Semicolon', 'm', true],
    ['KeyM', ',', false],
    ['KeyN', 'n', false],
    ['KeyN', 'т', false],
    ['KeyM', 'b', false],
    ['KeyM', 'Dead', false],
    ['KeyM', 'Process', false],
  ])('of %s that writes %j is %s', (code, key, is) => {
    expect(isMuteKey({ code, key })).toBe(is);
  });
});

describe('keyName', () => {
  it.each([
    ['Space', 'Space'],
    ['KeyV', 'V'],
    ['Digit5', '5'],
    ['Numpad5', 'Num 5'],
    ['NumpadAdd', 'Num Add'],
    ['ArrowLeft', '←'],
    ['Backquote', '`'],
    ['F8', 'F8'],
    ['Home', 'Home'],
    ['ControlRight', 'Right Ctrl'],
    ['ShiftLeft', 'Left Shift'],
    ['MetaRight', 'Right Cmd/Win'],
  ])('of %s is %s where the layout is not told', (code, name) => {
    expect(keyName(code, null, t)).toBe(name);
  });

  it('is what the layout has there', () => {
    const layout = new Map([
      ['KeyV', 'м'],
      ['Backquote', 'ё'],
      ['KeyX', ' '],
    ]);
    expect(['KeyV', 'Backquote', 'KeyX', 'Space'].map((code) => keyName(code, layout, t))).toEqual([
      'М',
      'Ё',
      'X',
      'Space',
    ]);
  });
});

describe('readKeyboardLayout', () => {
  it('asks the browser that tells', async () => {
    const layout = new Map([['KeyV', 'м']]);
    expect(await readKeyboardLayout({ keyboard: { getLayoutMap: async () => layout } })).toBe(layout);
  });

  it.each([
    ['knows nothing of keyboards', {}],
    ['has no layout', { keyboard: {} }],
    ['refuses', { keyboard: { getLayoutMap: () => Promise.reject(new Error('refused')) } }],
  ])('is null where the browser %s', async (_, browser) => {
    expect(await readKeyboardLayout(browser)).toBeNull();
  });
});

describe('the names of keys', () => {
  it('are as a plain keyboard has them until the browser tells its layout', async () => {
    const names = new KeyNames(t, Promise.resolve(new Map([['KeyV', 'м']])));
    expect(names.of('KeyV')).toBe('V');
    await names.settled;
    expect(names.of('KeyV')).toBe('М');
  });
});

describe('talkHint', () => {
  const live = (muted: boolean) =>
    ({ ...ROOM, call: 'joined', microphone: { phase: 'live', muted, hint: null } }) as const;
  const names = new KeyNames(t, Promise.resolve(null));
  const push = { ...DEFAULT_PAGE_PREFERENCES, pushToTalk: true, talkKey: 'KeyV' };

  it('names the key while it has to be held', () => {
    expect(talkHint(live(true), push, 'off', names, t)).toBe('Hold “V” to talk');
  });

  it('names the key that works everywhere before the page’s own', () => {
    expect(talkHint(live(true), { ...push, globalTalk: 'talk' }, 'on', names, t)).toBe(
      'Hold “Right Ctrl” to talk',
    );
  });

  it.each(['wayland', 'no-display', 'no-permission', 'unknown-key', 'failed'] as const)(
    'says that the key is not heard: %s',
    (state) => {
      const everywhere = { ...DEFAULT_PAGE_PREFERENCES, globalTalk: 'mute' } as const;
      expect(talkHint(live(false), everywhere, state, names, t)).toBe(
        'Your key does not work: Settings say why',
      );
    },
  );

  it.each([
    ['while one is heard', live(false), push],
    ['without push to talk', live(true), DEFAULT_PAGE_PREFERENCES],
    ['while the key only mutes', live(true), { ...DEFAULT_PAGE_PREFERENCES, globalTalk: 'mute' } as const],
    ['outside the call', { ...live(true), call: 'out' } as const, push],
    [
      'without a microphone',
      { ...live(true), microphone: { phase: 'none', reason: 'denied' } } as const,
      push,
    ],
  ])('is nothing %s', (_, room, preferences) => {
    expect(talkHint(room, preferences, 'off', names, t)).toBeNull();
  });
});
