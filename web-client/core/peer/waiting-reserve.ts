/** Owns the end of a reserve that waits: it has offered, knows the answer, and may be come to from any address. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { RESERVE_LIFE_MS } from '../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { PeerConnectionLike } from '../browser-api.ts';
import type { ConnectionSetup } from './connection-setup.ts';
import type { RemoteDescription } from './description-sections.ts';
import { ReserveEnd, type ReserveEndHandler } from './reserve-end.ts';
import { withoutSources } from './sdp.ts';

/** Firefox gives a connection up that has had nowhere to knock for 5 s, and a place that does not answer after 8. */
export const KNOCK_INTERVAL_MS = 4_000;
/** Addresses that nobody has (RFC 5737, RFC 6666). */
const NOWHERE = ['192.0.2.1', '100::1'] as const;
const FIRST_PORT = 40_000;

export interface WaitingReserveOptions {
  readonly epoch: number;
  readonly raw: PeerConnectionLike;
  readonly setup: Pick<ConnectionSetup, 'wrapReserve' | 'describe'>;
  readonly timers: TimersLike;
}

export interface WaitingReserveHandler
  extends Pick<ReserveEndHandler, 'onDescription' | 'onCandidates' | 'onBroken' | 'onRefused'> {
  /** Somebody comes, who has not spoken. */
  onOpen(): void;
  /** Who comes is the one who was awaited. */
  onCome(end: ReserveEnd): void;
  /** Who comes says that it is that one's page, loaded anew. */
  onReturn(end: ReserveEnd, word: Bytes): void;
}

export class WaitingReserve implements Disposable {
  readonly epoch: number;
  readonly #end: ReserveEnd;
  readonly #setup: Pick<ConnectionSetup, 'describe'>;
  readonly #life: Timeout;
  readonly #nextKnock: Timeout;
  #knocks = 0;
  #isOpen = false;
  /** Its connection is another's now. */
  #over = false;

  /** @param onOver nobody came */
  constructor(
    { epoch, raw, setup, timers }: WaitingReserveOptions,
    handler: WaitingReserveHandler,
    onOver: () => void,
  ) {
    this.epoch = epoch;
    this.#setup = setup;
    this.#life = new Timeout(timers);
    this.#nextKnock = new Timeout(timers);
    this.#end = new ReserveEnd(setup, raw, 'offering', {
      ...handler,
      onOpen: () => {
        if (this.#isOpen) return;
        this.#isOpen = true;
        this.#nextKnock.clear();
        handler.onOpen();
      },
      // Who comes speaks first.
      onSpoken: (end, word) => {
        if (this.#over) return;
        this.#over = true;
        this.#rest();
        if (word === null) handler.onCome(end);
        else handler.onReturn(end, word);
      },
    });
    this.#life.set(onOver, RESERVE_LIFE_MS);
  }

  /** Only the first one: another would be another's connection. Who comes may come by a connection made later than the answer. */
  handleAnswer(answer: RemoteDescription): void {
    if (this.#knocks > 0) return;
    this.#setup.describe(this.#end.connection, 'answer', { ...answer, sdp: withoutSources(answer.sdp) });
    this.#knock();
  }

  dispose(): void {
    this.#rest();
    if (!this.#over) this.#end.dispose();
  }

  /** A new place each time, for a browser knocks at none twice. */
  #knock(): void {
    const port = FIRST_PORT + this.#knocks++;
    for (const address of NOWHERE)
      this.#end.connection.knockAt({
        candidate: `candidate:${port} 1 udp 1 ${address} ${port} typ host`,
        sdpMid: null,
        sdpMLineIndex: 0,
        usernameFragment: null,
      });
    this.#nextKnock.set(() => this.#knock(), KNOCK_INTERVAL_MS);
  }

  #rest(): void {
    this.#life.dispose();
    this.#nextKnock.dispose();
  }
}
