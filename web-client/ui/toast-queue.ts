/** Owns which passing messages stand: the latest few, none twice, each for a while that stops while one reads. */

import type { TimerHandle, TimersLike } from '../../main/common/platform.ts';

export const TOASTS_MAX = 3;
export const TOAST_SHOWN_MS = 5_000;

export interface Toast {
  readonly id: number;
  readonly text: string;
}

export class ToastQueue {
  readonly #timers: TimersLike;
  readonly #show: (toasts: readonly Toast[]) => void;
  readonly #ends = new Map<number, TimerHandle>();
  #toasts: readonly Toast[] = [];
  #lastId = 0;
  #held = false;

  /** `show` is told what stands, oldest first, whenever that changes. */
  constructor(timers: TimersLike, show: (toasts: readonly Toast[]) => void) {
    this.#timers = timers;
    this.#show = show;
  }

  /** What stands already only stands longer. */
  say(text: string): void {
    const standing = this.#toasts.find((toast) => toast.text === text);
    if (standing !== undefined) {
      this.#startEnd(standing.id);
      return;
    }
    this.#lastId += 1;
    const all = [...this.#toasts, { id: this.#lastId, text }];
    for (const { id } of all.slice(0, -TOASTS_MAX)) this.#stopEnd(id);
    this.#startEnd(this.#lastId);
    this.#set(all.slice(-TOASTS_MAX));
  }

  dismiss(id: number): void {
    this.#stopEnd(id);
    this.#set(this.#toasts.filter((toast) => toast.id !== id));
  }

  /** While held nothing goes; let go, all stand their whole time once more. */
  setHeld(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    for (const { id } of this.#toasts) this.#startEnd(id);
  }

  #startEnd(id: number): void {
    this.#stopEnd(id);
    if (!this.#held)
      this.#ends.set(
        id,
        this.#timers.setTimeout(() => this.dismiss(id), TOAST_SHOWN_MS),
      );
  }

  #stopEnd(id: number): void {
    if (this.#ends.has(id)) this.#timers.clearTimeout(this.#ends.get(id));
    this.#ends.delete(id);
  }

  #set(toasts: readonly Toast[]): void {
    this.#toasts = toasts;
    this.#show(toasts);
  }
}
