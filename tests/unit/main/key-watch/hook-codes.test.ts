import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hookCodesOf } from '../../../../main/key-watch/hook-codes.ts';

/** The library's own table, by its names. */
const header = readFileSync('node_modules/uiohook-napi/libuiohook/include/uiohook.h', 'utf8');
const byName = new Map(
  [...header.matchAll(/#define VC_(\w+)\s+(0x[0-9A-F]{4})/g)].map(([, name, code]) => [name, Number(code)]),
);

const NAMES: Readonly<Record<string, string>> = {
  Backquote: 'BACKQUOTE',
  Minus: 'MINUS',
  Equal: 'EQUALS',
  BracketLeft: 'OPEN_BRACKET',
  BracketRight: 'CLOSE_BRACKET',
  Backslash: 'BACK_SLASH',
  Semicolon: 'SEMICOLON',
  Quote: 'QUOTE',
  Comma: 'COMMA',
  Period: 'PERIOD',
  Slash: 'SLASH',
  IntlBackslash: 'LESSER_GREATER',
  Space: 'SPACE',
  ShiftLeft: 'SHIFT_L',
  ShiftRight: 'SHIFT_R',
  ControlLeft: 'CONTROL_L',
  ControlRight: 'CONTROL_R',
  AltLeft: 'ALT_L',
  AltRight: 'ALT_R',
  MetaLeft: 'META_L',
  MetaRight: 'META_R',
  ScrollLock: 'SCROLL_LOCK',
  Pause: 'PAUSE',
  Insert: 'INSERT',
  Home: 'HOME',
  End: 'END',
  PageUp: 'PAGE_UP',
  PageDown: 'PAGE_DOWN',
  ArrowUp: 'UP',
  ArrowLeft: 'LEFT',
  ArrowRight: 'RIGHT',
  ArrowDown: 'DOWN',
  NumpadDivide: 'KP_DIVIDE',
  NumpadMultiply: 'KP_MULTIPLY',
  NumpadSubtract: 'KP_SUBTRACT',
  NumpadAdd: 'KP_ADD',
  NumpadEqual: 'KP_EQUALS',
  NumpadComma: 'KP_COMMA',
  ...Object.fromEntries(Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ', (letter) => [`Key${letter}`, letter])),
  ...Object.fromEntries(Array.from('0123456789', (digit) => [`Digit${digit}`, digit])),
  ...Object.fromEntries(Array.from({ length: 24 }, (_, index) => [`F${index + 1}`, `F${index + 1}`])),
};

const codesOf = (code: string, printed: string | null = null, platform: NodeJS.Platform = 'linux') =>
  hookCodesOf({ code, printed }, platform);

describe('the codes of keys', () => {
  it.each(Object.entries(NAMES))('%s is the library’s VC_%s', (code, name) => {
    expect(codesOf(code)).toEqual([byName.get(name)]);
  });

  it('are two for what Num Lock changes', () => {
    for (const digit of '0123456789') {
      const locked = byName.get(`KP_${digit}`) ?? 0;
      expect(codesOf(`Numpad${digit}`)).toEqual([locked, 0xee00 + locked]);
    }
    expect(codesOf('NumpadDecimal')).toEqual([0x53, 0xee53]);
    expect(codesOf('Numpad5', null, 'win32')).toEqual([byName.get('KP_5'), byName.get('CLEAR')]);
  });

  it('are never those of another key', () => {
    const all = [...Object.keys(NAMES), ...Array.from('0123456789', (digit) => `Numpad${digit}`)];
    const codes = all.flatMap((code) => codesOf(code) ?? []);
    expect(new Set(codes).size).toBe(codes.length);
  });

  it.each(['', 'F0', 'F25', 'F1x', 'KeyÄ', 'Key1', 'DigitA', 'Fn', 'constructor', 'toString', 'Mouse1'])(
    'are none for %j',
    (code) => {
      expect(codesOf(code)).toBeNull();
    },
  );
});

describe('the codes of keys on Windows, which go by what is printed', () => {
  it.each([
    ['KeyQ', 'a', 'KeyA'],
    ['KeyY', 'z', 'KeyZ'],
    ['Semicolon', 'm', 'KeyM'],
    ['KeyQ', 'q', 'KeyQ'],
    ['KeyQ', null, 'KeyQ'],
    ['KeyQ', 'й', 'KeyQ'],
    ['Semicolon', 'ж', 'Semicolon'],
    ['KeyI', 'ı', 'KeyI'],
    ['Slash', '/', 'Slash'],
    ['ControlRight', null, 'ControlRight'],
    ['Digit1', '&', 'Digit1'],
  ])('%s with %s is the US keyboard’s %s', (code, printed, other) => {
    expect(codesOf(code, printed, 'win32')).toEqual(codesOf(other));
  });

  it.each([
    ['Semicolon', 'ö'],
    ['KeyM', ','],
    ['Slash', '-'],
    ['Slash', '.'],
  ])('%s with %s is refused', (code, printed) => {
    expect(codesOf(code, printed, 'win32')).toBeNull();
    expect(codesOf(code, printed, 'darwin')).toEqual(codesOf(code));
  });
});
