/** Owns typed events: one emitter an object, listeners taken off through the Disposable they get. */

import { type Disposable, toDisposable } from './lifecycle.ts';

/** Event names with the type of their one payload. */
export type EventMap = object;

export interface EventSource<Events extends EventMap> {
  on<Name extends keyof Events>(name: Name, listener: (payload: Events[Name]) => void): Disposable;
}

export class Emitter<Events extends EventMap> implements EventSource<Events>, Disposable {
  readonly #listeners = new Map<keyof Events, Set<(payload: never) => void>>();

  on<Name extends keyof Events>(name: Name, listener: (payload: Events[Name]) => void): Disposable {
    const set = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, set);
    set.add(listener);
    return toDisposable(() => set.delete(listener));
  }

  emit<Name extends keyof Events>(name: Name, payload: Events[Name]): void {
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      (listener as (value: Events[Name]) => void)(payload);
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
