/** Owns the former connection of a pair where it still carried: it is heard until the one in its place is, and ends then. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { AudioTrackLike, PeerConnectionLike } from '../browser-api.ts';
import type { PeerConnection } from './peer-connection.ts';

/** What is made in its place is to go another way for a reason: where that does not come about, this one ends all the same. */
export const FORMER_MAX_MS = 5_000;

export class FormerConnection implements Disposable {
  #connection: PeerConnection | null = null;
  readonly #due: Timeout;

  constructor(timers: TimersLike) {
    this.#due = new Timeout(timers);
  }

  get stands(): boolean {
    return this.#connection !== null;
  }

  /** From now on only voices pass by it. */
  keep(connection: PeerConnection): void {
    this.dispose();
    connection.retire();
    this.#connection = connection;
    this.#due.set(() => this.dispose(), FORMER_MAX_MS);
  }

  /** The one that is made in its place. */
  endOnceConnected(next: PeerConnectionLike): void {
    if (this.#connection === null) return;
    next.addEventListener('connectionstatechange', () => {
      if (next.connectionState === 'connected') this.dispose();
    });
  }

  setTrack(track: AudioTrackLike | null): void {
    this.#connection?.voice.setTrack(track);
  }

  dispose(): void {
    this.#due.clear();
    this.#connection?.dispose();
    this.#connection = null;
  }
}
