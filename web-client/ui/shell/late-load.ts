/** Owns the lazy load of what stands beside the voices in a call: it gives way to them while people are being connected, but not for long. */

import type { TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import { isConnecting } from '../page-state.ts';
import { LazyLoad } from './lazy-load.ts';

const LOAD_AT_LATEST_MS = 1_600;
/** The voices come a while after the connections, and the people connected are drawn first. */
const VOICES_MS = 250;
/** Those of several begin together. */
const SEVERAL_VOICES_MS = 600;

export class LateLoad {
  readonly #lazy: LazyLoad;
  readonly #patience: Timeout;
  readonly #voices: Timeout;

  /** As of LazyLoad. */
  constructor(load: () => Promise<unknown>, timers: TimersLike, onFailing: () => void) {
    this.#patience = new Timeout(timers);
    this.#voices = new Timeout(timers);
    this.#lazy = new LazyLoad(load, timers, onFailing);
  }

  /** With each state until it has come; `room` is null once nothing goes on here. */
  handleRoom(room: RoomState | null): void {
    if (room === null || room.call === 'out') this.#clear();
    else if (isConnecting(room)) this.#loadWithin(this.#patience, LOAD_AT_LATEST_MS);
    else if (this.#patience.pending)
      this.#loadWithin(this.#voices, room.participants.length > 1 ? SEVERAL_VOICES_MS : VOICES_MS);
    else this.#load();
  }

  /** Of both times, the one that ends first counts. */
  #loadWithin(timeout: Timeout, delayMs: number): void {
    if (!timeout.pending) timeout.set(() => this.#load(), delayMs);
  }

  #clear(): void {
    this.#patience.clear();
    this.#voices.clear();
  }

  #load(): void {
    this.#clear();
    this.#lazy.startAfter(0);
  }
}
