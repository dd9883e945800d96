/** Owns key capture: one key press is awaited, whatever has the focus, and does nothing else. */

import { hasModifier, isModifier, isTalkKey, type KeyPress } from '../preferences/push-to-talk-key.ts';

export type CapturedKey =
  | { readonly kind: 'key'; readonly code: string }
  /** It is needed for other things; the waiting goes on. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'cancelled' }
  /** A key held down since before, or a modifier that may become part of something. */
  | { readonly kind: 'nothing' };

/** Keys that do things in every program, besides those that are of no use in this one. */
const REFUSED_EVERYWHERE = /^(Backspace|Delete|PrintScreen)$/;

/** Whether a key will do for talking in this page alone. */
export function fitsPage(press: KeyPress): boolean {
  return isTalkKey(press.code) && !hasModifier(press);
}

/** Whether it will do for talking in whatever program: then also what is held to change other keys, for it writes nothing. */
export function fitsEverywhere(press: KeyPress): boolean {
  const harmless = isModifier(press.code) || press.code === 'ScrollLock';
  return harmless || (fitsPage(press) && !REFUSED_EVERYWHERE.test(press.code));
}

export function judgeKey(press: KeyPress, fits: (press: KeyPress) => boolean): CapturedKey {
  if (press.code === 'Escape') return { kind: 'cancelled' };
  if (press.repeat || press.isComposing) return { kind: 'nothing' };
  return fits(press) ? { kind: 'key', code: press.code } : { kind: 'refused' };
}

export class KeyCapture {
  readonly #document: Document;
  readonly #fits: (press: KeyPress) => boolean;
  readonly #onCapture: (captured: Exclude<CapturedKey, { kind: 'nothing' }>) => void;
  #waiting = false;

  constructor(
    root: Document,
    fits: (press: KeyPress) => boolean,
    onCapture: (captured: Exclude<CapturedKey, { kind: 'nothing' }>) => void,
  ) {
    this.#document = root;
    this.#fits = fits;
    this.#onCapture = onCapture;
  }

  get waiting(): boolean {
    return this.#waiting;
  }

  start(): void {
    if (this.#waiting) return;
    this.#waiting = true;
    this.#document.addEventListener('keydown', this.#handleDown, true);
  }

  stop(): void {
    if (!this.#waiting) return;
    this.#waiting = false;
    this.#document.removeEventListener('keydown', this.#handleDown, true);
  }

  readonly #handleDown = (event: KeyboardEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    const captured = judgeKey(event, this.#fits);
    if (captured.kind === 'nothing') return;
    if (captured.kind !== 'refused') this.#swallowEnd();
    this.#onCapture(captured);
  };

  /** The end of Space would press the button that has the focus. */
  #swallowEnd(): void {
    this.stop();
    this.#document.addEventListener('keyup', (event) => event.preventDefault(), {
      capture: true,
      once: true,
    });
  }
}
