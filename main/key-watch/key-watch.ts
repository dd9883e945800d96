/** Owns the key watch: of all that the keyboard does it passes on when one key goes down and comes up, and nothing else. */

/** What the library tells of keyboard and mouse; what is of the mouse has no `keycode`. */
export interface HookEvent {
  readonly type: number;
  readonly keycode?: number;
}

/** The part of the library's native half that is used, so that no wrapper of its own hears an event before this file. */
export interface KeyHook {
  /** Throws where the system refuses. Without a display it ends the process. */
  start(listener: (event: HookEvent) => void): void;
}

/** All that the process of the key watch ever says. */
export type KeyWatchMessage = 'listening' | 'down' | 'up';

/** libuiohook's EVENT_KEY_PRESSED; besides it a key has only EVENT_KEY_RELEASED. */
const PRESSED = 4;

/** @param keycodes of the one key, which may have another while Num Lock is off */
export function watchKey(
  hook: KeyHook,
  keycodes: readonly number[],
  post: (message: KeyWatchMessage) => void,
): void {
  let held = false;
  hook.start((event) => {
    // First of all: nothing of any other key goes on from here.
    if (event.keycode === undefined || !keycodes.includes(event.keycode)) return;
    const down = event.type === PRESSED;
    if (down === held) return;
    held = down;
    post(down ? 'down' : 'up');
  });
  post('listening');
}

const KEYCODES_MAX = 2;

/** The codes that this process is told, or null for anything else. */
export function readKeycodes(told: unknown): readonly number[] | null {
  if (!Array.isArray(told) || told.length === 0 || told.length > KEYCODES_MAX) return null;
  const keycodes = told.filter((code): code is number => Number.isInteger(code) && code > 0);
  return keycodes.length === told.length ? keycodes : null;
}
