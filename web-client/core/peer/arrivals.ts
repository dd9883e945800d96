/** Owns how the boxes of a pair come to be opened, each with the connection it came through. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { PairStream } from '../../../main/common/e2ee/stream/pair-stream.ts';
import type { Logger } from '../../../main/common/logger.ts';
import type { SignalType } from '../../../main/common/protocol/messages.ts';
import type { ReceiveLine, ReceiveTurns } from './receive-turns.ts';

export interface ArrivalTools {
  readonly receiving: ReceiveTurns;
  readonly logger: Logger;
}

/** One by one, so that of a box that opens it is known which connection brought it. */
export class Arrivals {
  readonly #stream: Pick<PairStream, 'receive'>;
  readonly #logger: Logger;
  readonly #line: ReceiveLine;
  #connection: object | null = null;

  constructor(stream: Pick<PairStream, 'receive'>, { receiving, logger }: ArrivalTools) {
    this.#stream = stream;
    this.#logger = logger;
    this.#line = receiving.line();
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
    this.#line.add(async () => {
      this.#connection = connection;
      await receive().catch(() => this.#logger.error('link-box-not-applied'));
    });
  }
}
