/** Owns the codes by which the hook knows keys: from a key's place on the keyboard, as KeyboardEvent.code names it. */

import type { PlacedKey } from '../common/call-api/global-key.ts';

/** libuiohook's virtual key codes (its include/uiohook.h), which are those of a keyboard's first set of scan codes. */
const KEYS = new Map<string, number>(
  Object.entries({
    Backquote: 0x29,
    Minus: 0x0c,
    Equal: 0x0d,
    BracketLeft: 0x1a,
    BracketRight: 0x1b,
    Backslash: 0x2b,
    Semicolon: 0x27,
    Quote: 0x28,
    Comma: 0x33,
    Period: 0x34,
    Slash: 0x35,
    IntlBackslash: 0x0e46,
    Space: 0x39,

    ShiftLeft: 0x2a,
    ShiftRight: 0x36,
    ControlLeft: 0x1d,
    ControlRight: 0x0e1d,
    AltLeft: 0x38,
    AltRight: 0x0e38,
    MetaLeft: 0x0e5b,
    MetaRight: 0x0e5c,

    ScrollLock: 0x46,
    Pause: 0x0e45,
    Insert: 0x0e52,
    Home: 0x0e47,
    End: 0x0e4f,
    PageUp: 0x0e49,
    PageDown: 0x0e51,
    ArrowUp: 0xe048,
    ArrowLeft: 0xe04b,
    ArrowRight: 0xe04d,
    ArrowDown: 0xe050,

    NumpadDivide: 0x0e35,
    NumpadMultiply: 0x37,
    NumpadSubtract: 0x4a,
    NumpadAdd: 0x4e,
    NumpadEqual: 0x0e0d,
    NumpadComma: 0x7e,
  }),
);

/** Keys that have a second code while Num Lock is off. */
const NUM_LOCKED = new Map<string, number>(
  Object.entries({
    NumpadDecimal: 0x53,
    Numpad0: 0x52,
    Numpad1: 0x4f,
    Numpad2: 0x50,
    Numpad3: 0x51,
    Numpad4: 0x4b,
    Numpad5: 0x4c,
    Numpad6: 0x4d,
    Numpad7: 0x47,
    Numpad8: 0x48,
    Numpad9: 0x49,
  }),
);
const UNLOCKED = 0xee00;
/** On Windows the 5 is then "Clear", which has a code of its own. */
const CLEAR = 0xe04c;

/** From F1 on; each run begins with the code of its first key. */
const FUNCTION_RUNS = [
  { first: 1, last: 10, code: 0x3b },
  { first: 11, last: 12, code: 0x57 },
  { first: 13, last: 15, code: 0x5b },
  { first: 16, last: 24, code: 0x63 },
] as const;

/** The rows of a keyboard, each with the code of its first key. */
const ROWS = [
  { keys: '1234567890', code: 0x02 },
  { keys: 'QWERTYUIOP', code: 0x10 },
  { keys: 'ASDFGHJKL', code: 0x1e },
  { keys: 'ZXCVBNM', code: 0x2c },
] as const;

/** The hook's codes of a key, or null where it cannot be told from others. */
export function hookCodesOf(
  { code, printed }: PlacedKey,
  platform: NodeJS.Platform,
): readonly number[] | null {
  const locked = NUM_LOCKED.get(code);
  const clears = code === 'Numpad5' && platform === 'win32';
  if (locked !== undefined) return [locked, clears ? CLEAR : UNLOCKED | locked];
  const place = platform === 'win32' ? placeOnWindows(code, printed) : code;
  const found = place === null ? undefined : codeOfPlace(place);
  return found === undefined ? null : [found];
}

function codeOfPlace(place: string): number | undefined {
  const [, functionKey] = /^F([1-9]\d?)$/.exec(place) ?? [];
  if (functionKey !== undefined) return codeOfFunctionKey(Number(functionKey));
  const [, letter] = /^(?:Key(?=[A-Z])|Digit(?=\d))(.)$/.exec(place) ?? [];
  if (letter === undefined) return KEYS.get(place);
  const row = ROWS.find(({ keys }) => keys.includes(letter));
  return row && row.code + row.keys.indexOf(letter);
}

function codeOfFunctionKey(number: number): number | undefined {
  const run = FUNCTION_RUNS.find(({ first, last }) => first <= number && number <= last);
  return run && run.code + number - run.first;
}

/** What a US keyboard has printed where layouts differ. */
const US_SIGNS = new Map<string, string>(
  Object.entries({
    Backquote: '`',
    Minus: '-',
    Equal: '=',
    BracketLeft: '[',
    BracketRight: ']',
    Backslash: '\\',
    Semicolon: ';',
    Quote: "'",
    Comma: ',',
    Period: '.',
    Slash: '/',
  }),
);

/**
 * There the hook goes by what is printed, and not by the place, so that A is A on a French keyboard too: the US keyboard's key
 * of that letter stands for it. Other scripts share the US keyboard's places. null: a sign whose key differs by layout.
 */
function placeOnWindows(code: string, printed: string | null): string | null {
  if (printed === null || !(/^Key[A-Z]$/.test(code) || US_SIGNS.has(code))) return code;
  if (/^[a-z]$/i.test(printed)) return `Key${printed.toUpperCase()}`;
  if (/^\p{L}$/u.test(printed)) return /^Key/.test(code) || !/^\p{sc=Latn}$/u.test(printed) ? code : null;
  return US_SIGNS.get(code) === printed ? code : null;
}
