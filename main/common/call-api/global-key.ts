/** Owns what page and app say of the global key, the one to talk that works while another program has the focus. */

import * as v from 'valibot';

const CODE_MAX_UNITS = 32;
const PRINTED_MAX_UNITS = 8;

/** A key to listen for. */
export const placedKey = v.strictObject({
  /** KeyboardEvent.code: its place. */
  code: v.pipe(v.string(), v.regex(/^[A-Za-z0-9]+$/), v.maxLength(CODE_MAX_UNITS)),
  /** What the keyboard's layout has on it; null where that is not known. */
  printed: v.nullable(v.pipe(v.string(), v.maxLength(PRINTED_MAX_UNITS))),
});
export type PlacedKey = v.InferOutput<typeof placedKey>;

/** Why the key is not heard outside the window. */
export type GlobalKeyProblem =
  /** A Linux without an X11 display. */
  | 'no-display'
  /** Wayland shows a program's keys to that program alone. */
  | 'wayland'
  /** macOS asks the person first. */
  | 'no-permission'
  /** The system cannot tell this key from others. */
  | 'unknown-key'
  /** It could not begin, or ended by itself. */
  | 'failed';

/** `on`: it is heard while in a call. */
export type GlobalKeyState = 'off' | 'on' | GlobalKeyProblem;
