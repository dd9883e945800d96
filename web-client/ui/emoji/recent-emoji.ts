/** Owns the emoji used last, remembered on this device. */

import type { PageStorage } from '../preferences/browser-storage.ts';

const STORAGE_KEY = 'secret-call.emoji';
export const RECENT_MAX = 16;
/** No emoji is longer; anything else in the storage was not put there by this page. */
const EMOJI_MAX_UNITS = 32;

/** The newest first. */
export function recallRecent(storage: PageStorage): readonly string[] {
  const stored = storage.getItem(STORAGE_KEY) ?? '';
  return stored
    .split(' ')
    .filter((emoji) => emoji !== '' && emoji.length <= EMOJI_MAX_UNITS)
    .slice(0, RECENT_MAX);
}

export function rememberRecent(storage: PageStorage, emoji: string): void {
  const others = recallRecent(storage).filter((other) => other !== emoji);
  storage.setItem(STORAGE_KEY, [emoji, ...others].slice(0, RECENT_MAX).join(' '));
}
