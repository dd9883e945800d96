/** Owns what the way to the host is like, and why no socket stands: no answer, something that lets none through, no network. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { RetryReason, SignalingState } from '../state/room-state.ts';

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
  readonly #onConnection: (connection: SignalingState) => void;
  #losses = 0;
  #asked = 0;
  #blocked = false;

  /** @param onConnection called with each change of the way, and again when the host was asked */
  constructor(
    network: Pick<NetworkPort, 'offline' | 'hostAnswers'>,
    onConnection: (connection: SignalingState) => void,
  ) {
    this.#network = network;
    this.#onConnection = onConnection;
  }

  /** The host let the page in. */
  handleOnline(): void {
    this.#losses = 0;
    this.#blocked = false;
    this.#asked++;
    this.#onConnection({ phase: 'online' });
  }

  /** A socket ended, or never came to stand; `crowded` if none is tried before the page is to be in the call. */
  handleLoss(crowded = false): void {
    if (crowded) {
      this.#asked++;
      this.#onConnection({ phase: 'standby' });
      return;
    }
    this.#losses++;
    if (this.#network.offline) {
      this.#asked++;
      this.#tell('no-network');
      return;
    }
    this.#tell(this.#blocked ? 'blocked' : 'no-answer');
    if (this.#losses >= LOSSES_MIN) void this.#ask();
  }

  dispose(): void {
    this.#asked++;
  }

  #tell(why: RetryReason): void {
    this.#onConnection({ phase: 'retrying', why });
  }

  async #ask(): Promise<void> {
    const asked = ++this.#asked;
    const blocked = await this.#network.hostAnswers();
    if (asked !== this.#asked) return;
    this.#blocked = blocked;
    this.#tell(blocked ? 'blocked' : 'no-answer');
  }
}
