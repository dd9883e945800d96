/** Owns the queue of toasts: a few, none twice, each for a while that stops while one reads; the rest wait or are dropped. */

import type { TimerHandle, TimersLike } from '../../../main/common/platform.ts';
import { Cooldown } from './cooldown.ts';

export const TOASTS_MAX = 3;
export const TOAST_SHOWN_MS = 5_000;
/** Where all stand, one gives way to a newer one no more often than this. */
export const TOAST_GIVES_WAY_MS = 1_000;
/** Of those that wait longer only the latest come to stand. */
export const TOASTS_WAITING_MAX = 3;

export interface Toast {
  readonly id: number;
  readonly text: string;
}

export class ToastQueue {
  readonly #timers: TimersLike;
  readonly #show: (toasts: readonly Toast[]) => void;
  readonly #ends = new Map<number, TimerHandle>();
  readonly #pace: Cooldown;
  #toasts: readonly Toast[] = [];
  #waiting: readonly string[] = [];
  #lastId = 0;
  #held = false;

  /** `show` is told what stands, oldest first, whenever that changes. */
  constructor(timers: TimersLike, show: (toasts: readonly Toast[]) => void) {
    this.#timers = timers;
    this.#show = show;
    this.#pace = new Cooldown(timers, TOAST_GIVES_WAY_MS, () => this.#giveWay());
  }

  /** What stands already only stands longer. */
  add(text: string): void {
    const standing = this.#toasts.find((toast) => toast.text === text);
    if (standing !== undefined) {
      this.#startEnd(standing.id);
      return;
    }
    if (this.#waiting.includes(text)) return;
    this.#waiting = [...this.#waiting, text].slice(-TOASTS_WAITING_MAX);
    this.#fill();
    if (this.#waiting.length > 0) this.#pace.request();
  }

  dismiss(id: number): void {
    this.#stopEnd(id);
    this.#set(this.#toasts.filter((toast) => toast.id !== id));
    this.#fill();
  }

  /** While held nothing goes; let go, all stand their whole time once more. */
  setHeld(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    for (const { id } of this.#toasts) this.#startEnd(id);
  }

  /** Free places are taken at once. */
  #fill(): void {
    while (this.#toasts.length < TOASTS_MAX && this.#waiting.length > 0) this.#showNext();
  }

  #giveWay(): void {
    if (this.#waiting.length === 0) return;
    this.#showNext();
    if (this.#waiting.length > 0) this.#pace.request();
  }

  #showNext(): void {
    const [text = '', ...waiting] = this.#waiting;
    this.#waiting = waiting;
    this.#lastId += 1;
    const all = [...this.#toasts, { id: this.#lastId, text }];
    for (const { id } of all.slice(0, -TOASTS_MAX)) this.#stopEnd(id);
    this.#startEnd(this.#lastId);
    this.#set(all.slice(-TOASTS_MAX));
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
