/** Owns background timers, which hold in a hidden page as well: a worker counts there beside the window, whose own come once a minute. */

import type { Disposable } from '../../main/common/lifecycle.ts';
import type { ClockMs, TimerHandle, TimersLike } from '../../main/common/platform.ts';
import type { VisibilityPort } from '../core/audio/ports.ts';

/** The part of Worker that is used; what it is told and tells stands in `timer-worker.js`. */
export interface TimerWorkerLike {
  postMessage(order: readonly [id: number, delayMs?: number]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  terminate(): void;
}

export interface BackgroundTimersOptions {
  /** The window's own. */
  readonly timers: TimersLike;
  readonly clock: ClockMs;
  readonly visibility: VisibilityPort;
  /** May throw: then the window's timers are all there is. */
  readonly createWorker: () => TimerWorkerLike;
}

interface Pending {
  readonly callback: () => void;
  readonly dueMs: number;
  readonly ofWindow: TimerHandle;
}

/** Each timer runs in the window, and while the page is hidden in the worker too; whichever comes first counts. */
export class BackgroundTimers implements TimersLike, Disposable {
  readonly #options: BackgroundTimersOptions;
  readonly #watching: Disposable;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;
  #worker: TimerWorkerLike | null = null;

  constructor(options: BackgroundTimersOptions) {
    this.#options = options;
    this.#watching = options.visibility.onChange(() => this.#handleVisibility());
    this.#handleVisibility();
  }

  setTimeout(callback: () => void, delayMs: number): TimerHandle {
    const id = ++this.#lastId;
    const ofWindow = this.#options.timers.setTimeout(() => this.#fire(id), delayMs);
    this.#pending.set(id, { callback, dueMs: this.#options.clock() + delayMs, ofWindow });
    this.#worker?.postMessage([id, delayMs]);
    return id;
  }

  clearTimeout(handle: TimerHandle): void {
    const id = Number(handle);
    if (this.#take(id) !== null) this.#worker?.postMessage([id]);
  }

  /** Nothing fires any more. */
  dispose(): void {
    this.#watching.dispose();
    for (const id of [...this.#pending.keys()]) this.#take(id);
    this.#stopWorker();
  }

  #fire(id: number): void {
    this.#take(id)?.callback();
  }

  #take(id: number): Pending | null {
    const pending = this.#pending.get(id);
    if (pending === undefined) return null;
    this.#pending.delete(id);
    this.#options.timers.clearTimeout(pending.ofWindow);
    return pending;
  }

  #handleVisibility(): void {
    if (!this.#options.visibility.hidden) this.#stopWorker();
    else if (this.#worker === null) this.#startWorker();
  }

  #startWorker(): void {
    try {
      const worker = this.#options.createWorker();
      worker.addEventListener('message', ({ data }) => this.#fire(Number(data)));
      const nowMs = this.#options.clock();
      for (const [id, { dueMs }] of this.#pending) worker.postMessage([id, Math.max(dueMs - nowMs, 0)]);
      this.#worker = worker;
    } catch {
      // The window's timers go on, as slowly as the browser lets them.
    }
  }

  #stopWorker(): void {
    this.#worker?.terminate();
    this.#worker = null;
  }
}
