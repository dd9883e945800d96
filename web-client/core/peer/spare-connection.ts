/** Owns a spare connection: made while the other side makes its offer, so that the offer need not wait for it. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { PeerConnectionLike } from '../browser-api.ts';
import type { ConnectionTurn } from './connection-turns.ts';
import type { PeerConnectionFactory } from './peer-connection-factory.ts';

export interface SpareConnectionOptions {
  readonly connections: Pick<PeerConnectionFactory, 'create' | 'configure'>;
  /** When a further connection may be made. */
  readonly turn: ConnectionTurn;
}

export class SpareConnection implements Disposable {
  readonly #options: SpareConnectionOptions;
  #connection: PeerConnectionLike | null = null;

  constructor(options: SpareConnectionOptions) {
    this.#options = options;
  }

  get made(): boolean {
    return this.#connection !== null;
  }

  /** Makes one at its turn. The browser may make none now: the offer that comes will try again. */
  request(): void {
    const { turn, connections } = this.#options;
    turn.request(() => {
      try {
        this.#connection = connections.create();
      } catch {
        this.#connection = null;
      }
    });
  }

  /** Gives it away, if there is one. */
  take(): PeerConnectionLike | null {
    const connection = this.#connection;
    this.#connection = null;
    return connection;
  }

  /** The servers that help to connect are others now. */
  configure(): void {
    if (this.#connection !== null) this.#options.connections.configure(this.#connection);
  }

  /** None is needed. */
  dispose(): void {
    this.#options.turn.cancel();
    this.take()?.close();
  }
}
