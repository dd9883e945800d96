/** Owns key presses for tests: a plain one, changed where a test cares. */

import type { KeyPress } from '../../../web-client/ui/preferences/push-to-talk-key.ts';

export function keyPress(code: string, changes: Partial<KeyPress> = {}): KeyPress {
  return {
    code,
    key: 'x',
    repeat: false,
    isComposing: false,
    altKey: false,
    ctrlKey: false,
    metaKey: false,
    shiftKey: false,
    ...changes,
  };
}
