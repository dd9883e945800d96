/** Owns the host's reachability: why no WebSocket is open, be it no answer, something that lets none through, or no network. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { RetryReason, SignalingState } from '../state/room-state.ts';
import type { OfflineReason } from './signaling.ts';

/** What the browser tells of the network; `web-client/media/network.ts` in a browser. */
export interface NetworkPort {
  /** The network came (back) or the computer woke up: connections may be dead without knowing it. */
  onWake(listener: () => void): Disposable;
  /** The browser knows of no network at all; false says nothing. */
  readonly offline: boolean;
  /** Whether the host's computer answers a plain request at the page's own address; never rejects. */
  hostAnswers(): Promise<boolean>;
}

/** Losses in a row before the host is asked another way: one may be a server that was just too busy. */
const LOSSES_MIN = 2;

export class HostReachability implements Disposable {
  readonly #network: Pick<NetworkPort, 'offline' | 'hostAnswers'>;
  readonly #onChange: (signaling: SignalingState) => void;
  #losses = 0;
  #asked = 0;
  #blocked = false;

  /** @param onChange called with each change of the way, and again when the host was asked */
  constructor(
    network: Pick<NetworkPort, 'offline' | 'hostAnswers'>,
    onChange: (signaling: SignalingState) => void,
  ) {
    this.#network = network;
    this.#onChange = onChange;
  }

  /** The host let the page in. */
  handleOnline(): void {
    this.#losses = 0;
    this.#blocked = false;
    this.#asked++;
    this.#onChange({ phase: 'online' });
  }

  /** A socket ended, or never came to stand; where it is `crowded`, none is tried before the page is to be in the call. */
  handleLoss(reason: OfflineReason = 'lost'): void {
    if (reason !== 'lost') {
      this.#asked++;
      if (reason === 'crowded') this.#onChange({ phase: 'standby' });
      else this.#setRetrying(reason);
      return;
    }
    this.#losses++;
    if (this.#network.offline) {
      this.#asked++;
      this.#setRetrying('no-network');
      return;
    }
    this.#setRetrying(this.#blocked ? 'blocked' : 'no-answer');
    if (this.#losses >= LOSSES_MIN) void this.#askHost();
  }

  dispose(): void {
    this.#asked++;
  }

  #setRetrying(why: RetryReason): void {
    this.#onChange({ phase: 'retrying', why });
  }

  async #askHost(): Promise<void> {
    const asked = ++this.#asked;
    const blocked = await this.#network.hostAnswers();
    if (asked !== this.#asked) return;
    this.#blocked = blocked;
    this.#setRetrying(blocked ? 'blocked' : 'no-answer');
  }
}
