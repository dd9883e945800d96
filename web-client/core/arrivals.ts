/** Owns the line in which the boxes of a pair wait to be opened, each with the connection it came through. */

import type { Bytes } from '../../main/common/bytes.ts';
import { STREAM_WINDOW } from '../../main/common/protocol/limits.ts';
import type { SignalType } from '../../main/common/protocol/messages.ts';
import type { PairStream } from '../../main/common/sealing/pair-stream.ts';

/** Boxes that wait for their turn; more are dropped as if lost. */
const WAITING_MAX = 2 * STREAM_WINDOW;

/** One by one, so that of a box that opens it is known which connection brought it. */
export class Arrivals {
  readonly #stream: Pick<PairStream, 'receive'>;
  readonly #onError: () => void;
  #turn: Promise<void> = Promise.resolve();
  #waiting = 0;
  #connection: object | null = null;

  constructor(stream: Pick<PairStream, 'receive'>, onError: () => void) {
    this.#stream = stream;
    this.#onError = onError;
  }

  /** Whose data channel brought the box that is being opened; null for one from the socket. */
  get connection(): object | null {
    return this.#connection;
  }

  addFromSocket(type: SignalType, box: Bytes): void {
    this.#add(null, () => this.#stream.receive('socket', type, box));
  }

  addFromChannel(connection: object | null, box: Bytes): void {
    this.#add(connection, () => this.#stream.receive('channel', null, box));
  }

  #add(connection: object | null, receive: () => Promise<void>): void {
    if (this.#waiting >= WAITING_MAX) return;
    this.#waiting++;
    this.#turn = this.#turn
      .then(() => {
        this.#waiting--;
        this.#connection = connection;
        return receive();
      })
      .catch(() => this.#onError());
  }
}
