/** Owns proof that keys do without a menu what people expect, on any layout, and nothing else. */

import { expect, it } from 'vitest';
import { type PressedKey, shortcutOf, zoomedLevel } from '../../../../main/desktop/shortcuts.ts';

const press = (key: string, code: string, change: Partial<PressedKey> = {}): PressedKey => ({
  type: 'keyDown',
  key,
  code,
  control: true,
  alt: false,
  meta: false,
  ...change,
});

it.each([
  ['+', 'Equal', 'larger'],
  ['=', 'Equal', 'larger'],
  ['+', 'NumpadAdd', 'larger'],
  ['-', 'Minus', 'smaller'],
  ['-', 'NumpadSubtract', 'smaller'],
  ['0', 'Digit0', 'usual-size'],
  ['w', 'KeyW', 'close'],
  ['Q', 'KeyQ', 'quit'],
] as const)('Ctrl and %s (%s): %s', (key, code, shortcut) => {
  expect(shortcutOf(press(key, code), 'linux')).toBe(shortcut);
});

it('goes by the place of a key that writes no Latin letter, and by the letter of one that does', () => {
  expect(shortcutOf(press('й', 'KeyQ'), 'linux')).toBe('quit');
  expect(shortcutOf(press('ц', 'KeyW'), 'win32')).toBe('close');
  // A French keyboard has A where others have Q: Ctrl+A selects there, and must not quit.
  expect(shortcutOf(press('a', 'KeyQ'), 'linux')).toBeNull();
  expect(shortcutOf(press('q', 'KeyA'), 'linux')).toBe('quit');
});

it.each([
  ['the key let go', { type: 'keyUp' }],
  ['no Ctrl', { control: false }],
  ['AltGr, which is Ctrl and Alt', { alt: true }],
  ['the system key', { meta: true }],
] satisfies [string, Partial<PressedKey>][])('leaves the page its key: %s', (_what, change) => {
  expect(shortcutOf(press('q', 'KeyQ', change), 'linux')).toBeNull();
});

it('leaves to each system what is its own', () => {
  expect(shortcutOf(press('q', 'KeyQ'), 'win32')).toBeNull();
  expect(shortcutOf(press('w', 'KeyW'), 'darwin')).toBeNull();
  expect(shortcutOf(press('c', 'KeyC'), 'linux')).toBeNull();
});

it('enlarges letters step by step, within bounds, and finds back', () => {
  expect(zoomedLevel(0, 'larger')).toBe(1);
  expect(zoomedLevel(1, 'smaller')).toBe(0);
  expect(zoomedLevel(5, 'larger')).toBe(5);
  expect(zoomedLevel(-3, 'smaller')).toBe(-3);
  expect(zoomedLevel(3, 'usual-size')).toBe(0);
});
