/** Owns keeping the page while one is in a call: so that a reload finds it, should the host's computer not answer then. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { KEEP_PAGE_AFTER_MS } from '../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { RoomState } from '../../core/state/room-state.ts';

/** The browser's; what it refuses is not kept, and nobody is told. */
export interface PageKeeper {
  /** Rejects with what the browser says of it. */
  keep(): Promise<void>;
  forget(): Promise<void>;
}

export interface PageKeepingOptions {
  readonly keeper: PageKeeper;
  readonly timers: TimersLike;
}

/** W3C Service Workers, register: as behind a certificate that nobody vouches for. */
const MAY_NOT = 'SecurityError';

/** Nothing is asked for before one is in, and whoever leaves leaves nothing behind. */
export class PageKeeping implements Disposable {
  readonly #keeper: PageKeeper;
  readonly #due: Timeout;
  #inCall = false;
  #kept = false;
  #online = false;

  constructor({ keeper, timers }: PageKeepingOptions) {
    this.#keeper = keeper;
    this.#due = new Timeout(timers);
  }

  /** null while there is no link. */
  handleRoom(room: RoomState | null): void {
    const inCall = room !== null && room.call !== 'out';
    if (this.#inCall && !inCall) this.#forget();
    this.#inCall = inCall;
    this.#online = room?.signaling.phase === 'online';
    if (room?.call === 'joined' && this.#online && !this.#kept && !this.#due.pending)
      this.#due.set(() => this.#keep(), KEEP_PAGE_AFTER_MS);
  }

  dispose(): void {
    this.#due.dispose();
  }

  /** The host may be out of reach again; then it is tried when it is back. A browser that may not keep it would say so again. */
  #keep(): void {
    if (!this.#online) return;
    this.#kept = true;
    this.#keeper.keep().catch((error: unknown) => {
      this.#kept = error instanceof DOMException && error.name === MAY_NOT;
    });
  }

  #forget(): void {
    this.#due.clear();
    this.#kept = false;
    this.#keeper.forget().catch(() => {
      // It goes with its time.
    });
  }
}
