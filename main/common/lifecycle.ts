/** Owns how things end: disposables that release at once, services that start and stop in time. */

/** Synchronous and idempotent: timers, listeners, handles. */
export interface Disposable {
  dispose(): void;
}

/** Asynchronous and idempotent: what needs time to come up or to end in order. */
export interface Service {
  start(): Promise<void>;
  stop(): Promise<void>;
}

export function toDisposable(release: () => void): Disposable {
  let released = false;
  return {
    dispose() {
      if (released) return;
      released = true;
      release();
    },
  };
}

/** Keeps what one owner created and releases it in reverse order; adding after the end releases at once. */
export class DisposableStore implements Disposable {
  #items: Disposable[] = [];
  #disposed = false;

  get disposed(): boolean {
    return this.#disposed;
  }

  add<Item extends Disposable>(item: Item): Item {
    if (this.#disposed) item.dispose();
    else this.#items.push(item);
    return item;
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    const items = this.#items;
    this.#items = [];
    for (const item of items.reverse()) item.dispose();
  }
}
