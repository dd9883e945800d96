/** Owns the push-to-talk key: which keys will do, and what they are called. */

import type { Translate } from '../../../main/common/translate.ts';
import type { TextKey } from '../../i18n/en.ts';

export const DEFAULT_TALK_KEY = 'Space';

/** A key as its event tells it, or one like it. */
export interface KeyPress {
  /** The key's place: `KeyM` is the same on every layout. */
  readonly code: string;
  /** What the layout makes of it. */
  readonly key: string;
  readonly repeat: boolean;
  readonly isComposing: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** They move the focus, press what has it, close what is open, or do nothing alone. */
const REFUSED =
  /^(|Unidentified|Tab|Enter|NumpadEnter|Escape|ContextMenu|CapsLock|NumLock|ScrollLock|Fn|FnLock)$/;
/** A code as browsers name keys, so that storage brings in nothing else. */
const CODE = /^[A-Za-z0-9]{1,32}$/;
const MUTE_CODE = 'KeyM';

/** Whether it is a code at all. */
export function isKeyCode(code: unknown): code is string {
  return typeof code === 'string' && CODE.test(code);
}

export function isTalkKey(code: string): boolean {
  return CODE.test(code) && !REFUSED.test(code) && !isModifier(code) && code !== MUTE_CODE;
}

const MODIFIER = /^(Shift|Control|Alt|Meta|OS)(Left|Right)$/;

export function isModifier(code: string): boolean {
  return MODIFIER.test(code);
}

/** Whether a key writes something where one writes, at least on some layouts. */
export function writesText(code: string): boolean {
  return !isModifier(code) && !/^(F\d+|Arrow.+|Page.+|Home|End|Insert|Pause|ScrollLock)$/.test(code);
}

/** M by its name on any Latin layout, and by its place on one of another script. */
export function isMuteKey({ code, key }: Pick<KeyPress, 'code' | 'key'>): boolean {
  const latin = /^\p{sc=Latn}$/u.test(key);
  return latin ? key.toLowerCase() === 'm' : code === MUTE_CODE && /^\p{L}$/u.test(key);
}

export function hasModifier({ altKey, ctrlKey, metaKey, shiftKey }: KeyPress): boolean {
  return altKey || ctrlKey || metaKey || shiftKey;
}

/** What the browser knows of the keyboard's layout; only Chromium tells. */
export type KeyboardLayout = ReadonlyMap<string, string>;

const SIGNS: Readonly<Record<string, string>> = {
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  Backquote: '`',
  Minus: '-',
  Equal: '=',
  BracketLeft: '[',
  BracketRight: ']',
  Backslash: '\\',
  Semicolon: ';',
  Quote: '’',
  Comma: ',',
  Period: '.',
  Slash: '/',
};

const MODIFIERS: Readonly<Record<string, string>> = { Control: 'Ctrl', Meta: 'Cmd/Win' };

/** The key's name as it is printed on it, as far as that can be known. */
export function keyName(code: string, layout: KeyboardLayout | null, t: Translate<TextKey>): string {
  if (code === 'Space') return t('key.space');
  const printed = layout?.get(code)?.trim();
  if (printed) return printed.toLocaleUpperCase();
  const [, modifier, side] = /^(Shift|Control|Alt|Meta)(Left|Right)$/.exec(code) ?? [];
  if (modifier !== undefined)
    return t(side === 'Left' ? 'key.left' : 'key.right', { key: MODIFIERS[modifier] ?? modifier });
  const [, letter] = /^(?:Key|Digit)(.)$/.exec(code) ?? [];
  if (letter !== undefined) return letter;
  const [, pad] = /^Numpad(.+)$/.exec(code) ?? [];
  if (pad !== undefined) return `Num ${pad}`;
  return SIGNS[code] ?? code;
}

interface WithKeyboard {
  readonly keyboard?: { getLayoutMap?(): Promise<KeyboardLayout> };
}

/** `browser` is `navigator`; null where it does not tell. */
export async function readKeyboardLayout(browser: object): Promise<KeyboardLayout | null> {
  try {
    const { keyboard }: WithKeyboard = browser;
    return (await keyboard?.getLayoutMap?.()) ?? null;
  } catch {
    return null;
  }
}

/** What keys are called on this person's keyboard; its layout comes a moment after the page, and may change that. */
export class KeyNames {
  readonly #t: Translate<TextKey>;
  #layout: KeyboardLayout | null = null;
  /** From then names are as the keyboard has them, where the browser tells. */
  readonly settled: Promise<void>;

  /** `layout`: null where the browser does not tell. */
  constructor(t: Translate<TextKey>, layout: Promise<KeyboardLayout | null>) {
    this.#t = t;
    this.settled = layout.then((known) => {
      this.#layout = known;
    });
  }

  /** What the layout has on it; null where the browser does not tell. */
  printedOn(code: string): string | null {
    return this.#layout?.get(code) ?? null;
  }

  /** The name as it is printed on the key, as far as that can be known. */
  of(code: string): string {
    return keyName(code, this.#layout, this.#t);
  }
}
