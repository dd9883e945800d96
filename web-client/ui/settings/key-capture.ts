/** Owns key capture: one key press is awaited, whatever has the focus, and does nothing else. */

import { hasModifier, isTalkKey, type KeyPress } from '../preferences/push-to-talk-key.ts';

export type CapturedKey =
  | { readonly kind: 'key'; readonly code: string }
  /** It is needed for other things; the waiting goes on. */
  | { readonly kind: 'refused' }
  | { readonly kind: 'cancelled' }
  /** A key held down since before, or a modifier that may become part of something. */
  | { readonly kind: 'nothing' };

const MODIFIER = /^(Shift|Control|Alt|Meta|OS)(Left|Right)$/;

export function judgeKey(press: KeyPress): CapturedKey {
  if (press.code === 'Escape') return { kind: 'cancelled' };
  if (press.repeat || press.isComposing) return { kind: 'nothing' };
  if (MODIFIER.test(press.code)) return { kind: 'refused' };
  return hasModifier(press) || !isTalkKey(press.code)
    ? { kind: 'refused' }
    : { kind: 'key', code: press.code };
}

export class KeyCapture {
  readonly #document: Document;
  readonly #onCapture: (captured: Exclude<CapturedKey, { kind: 'nothing' }>) => void;
  #waiting = false;

  constructor(root: Document, onCapture: (captured: Exclude<CapturedKey, { kind: 'nothing' }>) => void) {
    this.#document = root;
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
    const captured = judgeKey(event);
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
