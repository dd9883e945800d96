/** Owns the wake lock, by which the screen stays on during a call where the browser can, and the page's visibility. */

import { type Disposable, toDisposable } from '../../main/common/lifecycle.ts';
import type { VisibilityPort } from '../core/audio/ports.ts';

/** The part of navigator.wakeLock that is used. */
export interface WakeLockApi {
  request(type: 'screen'): Promise<{ release(): Promise<void> }>;
}

export interface WakeLockOptions {
  /** undefined where the browser has none. */
  readonly api: WakeLockApi | undefined;
  readonly visibility: VisibilityPort;
}

/** The browser takes the lock away from a page that is not seen; it is asked for anew when the page is back. */
export class WakeLock implements Disposable {
  readonly #options: WakeLockOptions;
  readonly #watching: Disposable;
  #held = false;
  #release: (() => void) | null = null;

  constructor(options: WakeLockOptions) {
    this.#options = options;
    this.#watching = options.visibility.onChange(() => this.#renew());
  }

  setHeld(held: boolean): void {
    if (held === this.#held) return;
    this.#held = held;
    this.#renew();
  }

  dispose(): void {
    this.#watching.dispose();
    this.setHeld(false);
  }

  #renew(): void {
    this.#release?.();
    this.#release = null;
    const { api, visibility } = this.#options;
    if (!this.#held || visibility.hidden || api === undefined) return;
    const lock = api.request('screen').catch(() => null);
    this.#release = () => void lock.then((held) => held?.release()).catch(() => {});
  }
}

/** The part of Document that is used. */
export type VisibleDocument = Pick<Document, 'addEventListener' | 'removeEventListener' | 'visibilityState'>;

export class Visibility implements VisibilityPort {
  readonly #document: VisibleDocument;

  constructor(document: VisibleDocument) {
    this.#document = document;
  }

  get hidden(): boolean {
    return this.#document.visibilityState === 'hidden';
  }

  onChange(listener: () => void): Disposable {
    this.#document.addEventListener('visibilitychange', listener);
    return toDisposable(() => this.#document.removeEventListener('visibilitychange', listener));
  }
}
