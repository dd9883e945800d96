/** Owns the window's copy of the host's state: whole snapshots, the newest only, for useSyncExternalStore. */

import type { HostBridge } from '../main/common/host-api/commands.ts';
import type { WindowSnapshot } from '../main/common/host-api/updates.ts';
import type { Disposable } from '../main/common/lifecycle.ts';

export type HostView =
  | { readonly phase: 'loading' }
  /** Main did not answer; only a restart helps. */
  | { readonly phase: 'unavailable' }
  | { readonly phase: 'ready'; readonly snapshot: WindowSnapshot };

export class HostStore implements Disposable {
  #view: HostView = { phase: 'loading' };
  readonly #listeners = new Set<() => void>();
  readonly #unsubscribe: () => void;

  /** Listens first and asks then, so that no snapshot falls between. */
  constructor(bridge: HostBridge) {
    this.#unsubscribe = bridge.onSnapshot((snapshot) => this.#handleSnapshot(snapshot));
    bridge.snapshot().then(
      (snapshot) => this.#handleSnapshot(snapshot),
      () => this.#handleSilence(),
    );
  }

  readonly view = (): HostView => this.#view;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  dispose(): void {
    this.#unsubscribe();
    this.#listeners.clear();
  }

  #handleSnapshot(snapshot: WindowSnapshot): void {
    if (this.#view.phase === 'ready' && snapshot.revision <= this.#view.snapshot.revision) return;
    this.#show({ phase: 'ready', snapshot });
  }

  #handleSilence(): void {
    if (this.#view.phase === 'loading') this.#show({ phase: 'unavailable' });
  }

  #show(view: HostView): void {
    this.#view = view;
    for (const listener of [...this.#listeners]) listener();
  }
}
