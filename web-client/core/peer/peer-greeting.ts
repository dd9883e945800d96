/** Owns what a person is told at each coming: the own name first of all, and what holds for everyone once a connection stands. */

import type { PairState } from '../../../main/common/e2ee/pair-state.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import type { PeerMessage } from '../../../main/common/protocol/bodies.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';

/** The roster names people as well: the name of the pair's own need not be in the way of what connects. */
export const NAME_DELAY_MS = 2_000;

export interface PeerGreetingOptions {
  readonly pair: Pick<PairState, 'stream' | 'versions'>;
  readonly timers: TimersLike;
  /** What everyone is told who comes, once the connection stands. */
  readonly retained: ReadonlyMap<string, PeerMessage>;
}

export class PeerGreeting implements Disposable {
  readonly #options: PeerGreetingOptions;
  readonly #nameDue: Timeout;
  #ownName = '';
  /** It was not sent yet at this coming. */
  #nameOwed = false;
  /** What is retained waits for the connection: what makes that goes first. */
  #retainedDue = true;

  constructor(options: PeerGreetingOptions) {
    this.#options = options;
    this.#nameDue = new Timeout(options.timers);
  }

  get retainedDue(): boolean {
    return this.#retainedDue;
  }

  /** @param afresh the person has come now */
  begin(ownName: string, afresh: boolean): void {
    this.#ownName = ownName;
    if (!afresh) return;
    this.#retainedDue = true;
    this.#nameOwed = true;
    this.#nameDue.set(() => this.sendName(), NAME_DELAY_MS);
  }

  /** Whether it was still to be sent, at this coming. */
  sendName(): boolean {
    if (!this.#nameOwed) return false;
    this.dispose();
    const { stream, versions } = this.#options.pair;
    return stream.send('pair', { kind: 'name', name: this.#ownName, versions }) !== null;
  }

  /** @param send of one message */
  sendRetained(send: (message: PeerMessage) => void): void {
    if (!this.#retainedDue) return;
    this.#retainedDue = false;
    for (const message of this.#options.retained.values()) send(message);
  }

  /** The name is not sent at this coming. */
  dispose(): void {
    this.#nameDue.clear();
    this.#nameOwed = false;
  }
}
