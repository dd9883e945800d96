/** Owns the way in from one peer: what the budget lets through is opened in its turn, with the connection that brought it. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { PairStream } from '../../../main/common/e2ee/stream/pair-stream.ts';
import type { StreamedBody } from '../../../main/common/e2ee/stream/send-window.ts';
import type { StreamPath } from '../../../main/common/e2ee/stream/stream-paths.ts';
import type { Logger } from '../../../main/common/logger.ts';
import type { ClockMs } from '../../../main/common/platform.ts';
import type { SignalType } from '../../../main/common/protocol/messages.ts';
import { type Receipt, ReceiveBudget } from './receive-budget.ts';
import type { ReceiveLine, ReceiveTurns } from './receive-turns.ts';

export interface PeerInboxTools {
  readonly clock: ClockMs;
  readonly logger: Logger;
  readonly receiving: ReceiveTurns;
}

export class PeerInbox {
  readonly #stream: Pick<PairStream, 'receive'>;
  readonly #logger: Logger;
  readonly #budget: ReceiveBudget;
  readonly #line: ReceiveLine;
  readonly #onFlooding: () => void;

  constructor(
    stream: Pick<PairStream, 'receive'>,
    { clock, logger, receiving }: PeerInboxTools,
    onFlooding: () => void,
  ) {
    this.#stream = stream;
    this.#logger = logger;
    this.#budget = new ReceiveBudget(clock);
    this.#line = receiving.line();
    this.#onFlooding = onFlooding;
  }

  handleSocketBox(type: SignalType, box: Bytes): void {
    if (this.#budget.takeSocketBox()) this.#receive('socket', type, box, null);
  }

  /** The budget of whoever passed it on has paid for it. */
  handlePassedBox(type: SignalType, box: Bytes): void {
    this.#receive('passing', type, box, null);
  }

  /** A message of the data channel; `via` stands for its connection. */
  handleChannelMessage(box: Bytes, sizeBytes: number, via: object | null): void {
    if (this.#mayTake(this.#budget.takeMessage(sizeBytes))) this.#receive('channel', null, box, via);
  }

  /** Whether a body may be acted on; one that is too much has had its turn all the same, and the stream goes on. */
  mayTakeBody(typed: StreamedBody): boolean {
    return this.#mayTake(this.#budget.takeBody(typed));
  }

  #mayTake(receipt: Receipt): boolean {
    if (receipt === 'flooding') this.#onFlooding();
    return receipt === 'taken';
  }

  #receive(path: StreamPath, type: SignalType | null, box: Bytes, via: object | null): void {
    this.#line.add(() =>
      this.#stream.receive(path, type, box, via).catch(() => this.#logger.error('peer-box-not-applied')),
    );
  }
}
