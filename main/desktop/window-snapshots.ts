/** Owns what the window is shown: the host's snapshot with how updates stand, whole at every change of either. */

import { Emitter } from '../common/emitter.ts';
import type { HostSnapshot } from '../common/host-api/snapshot.ts';
import type { UpdateStatus, WindowSnapshot } from '../common/host-api/updates.ts';
import { type Disposable, DisposableStore } from '../common/lifecycle.ts';

export interface WindowSources {
  readonly host: {
    readonly snapshot: HostSnapshot;
    onSnapshot(listener: (snapshot: HostSnapshot) => void): Disposable;
  };
  readonly updates: {
    readonly status: UpdateStatus;
    onStatus(listener: (status: UpdateStatus) => void): Disposable;
  };
}

export class WindowSnapshots implements Disposable {
  readonly #sources: WindowSources;
  readonly #events = new Emitter<{ snapshot: WindowSnapshot }>();
  readonly #store = new DisposableStore();
  /** How often updates have changed; the host counts its own changes. */
  #turns = 0;

  constructor(sources: WindowSources) {
    const { host, updates } = sources;
    this.#sources = sources;
    this.#store.add(host.onSnapshot(() => this.#tell()));
    this.#store.add(
      updates.onStatus(() => {
        this.#turns += 1;
        this.#tell();
      }),
    );
    this.#store.add(this.#events);
  }

  get snapshot(): WindowSnapshot {
    const { snapshot } = this.#sources.host;
    const { status } = this.#sources.updates;
    return { ...snapshot, revision: snapshot.revision + this.#turns, updates: status };
  }

  onSnapshot(listener: (snapshot: WindowSnapshot) => void): Disposable {
    return this.#events.on('snapshot', listener);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #tell(): void {
    this.#events.emit('snapshot', this.snapshot);
  }
}
