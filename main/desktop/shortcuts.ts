/** Owns the keys that work in each window where there is no menu to bring them: letters larger and smaller, close, quit. */

import type { Input } from 'electron';

export const SHORTCUTS = ['larger', 'smaller', 'usual-size', 'close', 'quit'] as const;
export type Shortcut = (typeof SHORTCUTS)[number];

/** Steps of Chromium's zoom level, each a fifth larger than the one before; 0 is the usual size. */
const ZOOM_LEVELS = { least: -3, most: 5 } as const;

export type PressedKey = Pick<Input, 'type' | 'key' | 'code' | 'control' | 'alt' | 'meta'>;

const BY_SIGN: Readonly<Record<string, Shortcut>> = {
  '+': 'larger',
  '=': 'larger',
  '-': 'smaller',
  _: 'smaller',
  0: 'usual-size',
  w: 'close',
  q: 'quit',
};

/** Where a layout has no Latin letters the key's place stands for the sign. */
const BY_PLACE: Readonly<Record<string, Shortcut>> = {
  Equal: 'larger',
  Minus: 'smaller',
  Digit0: 'usual-size',
  KeyW: 'close',
  KeyQ: 'quit',
};

/** What the key asks for, or null for nothing of ours. */
export function shortcutOf(input: PressedKey, platform: NodeJS.Platform): Shortcut | null {
  // There the menus bring them, with the keys that people may have changed.
  if (platform === 'darwin') return null;
  if (input.type !== 'keyDown' || !input.control || input.alt || input.meta) return null;
  const latin = /^[\x20-\x7e]$/.test(input.key);
  const shortcut = (latin ? BY_SIGN[input.key.toLowerCase()] : BY_PLACE[input.code]) ?? null;
  // Windows ends programs by Alt+F4, and knows nothing of Ctrl+Q.
  return shortcut === 'quit' && platform === 'win32' ? null : shortcut;
}

export type ZoomShortcut = Exclude<Shortcut, 'close' | 'quit'>;

/** The zoom level after the key, from the level before. */
export function zoomedLevel(level: number, shortcut: ZoomShortcut): number {
  if (shortcut === 'usual-size') return 0;
  const next = level + (shortcut === 'larger' ? 1 : -1);
  return Math.max(ZOOM_LEVELS.least, Math.min(ZOOM_LEVELS.most, next));
}
