/** Owns WebCrypto that answers in turns, so that a test can count how often a step waits for its threads. */

import type { CryptoLike, SubtleLike } from '../../../main/common/platform.ts';
import { settle } from '../time/manual-time.ts';
import { nodeCrypto } from './e2ee-tools.ts';

export class CryptoTurns {
  readonly crypto: CryptoLike;
  #asked: (() => void)[] = [];

  constructor() {
    const { subtle } = nodeCrypto;
    const inTurn = async <Value>(ask: () => Promise<Value>): Promise<Value> => {
      await new Promise<void>((answer) => this.#asked.push(answer));
      return ask();
    };
    const waiting: SubtleLike = {
      digest: (...call) => inTurn(() => subtle.digest(...call)),
      generateKey: (...call) => inTurn(() => subtle.generateKey(...call)),
      importKey: (...call) => inTurn(() => subtle.importKey(...call)),
      exportKey: (...call) => inTurn(() => subtle.exportKey(...call)),
      deriveBits: (...call) => inTurn(() => subtle.deriveBits(...call)),
      deriveKey: (...call) => inTurn(() => subtle.deriveKey(...call)),
      sign: (...call) => inTurn(() => subtle.sign(...call)),
      encrypt: (...call) => inTurn(() => subtle.encrypt(...call)),
      decrypt: (...call) => inTurn(() => subtle.decrypt(...call)),
    };
    this.crypto = { subtle: waiting, getRandomValues: (target) => nodeCrypto.getRandomValues(target) };
  }

  /** How many turns it takes until this is done: what is asked in one is answered in one. */
  async count(work: Promise<unknown>): Promise<number> {
    let done = false;
    const finished = work.finally(() => {
      done = true;
    });
    let turns = 0;
    while (!done) {
      await settle();
      const asked = this.#asked;
      this.#asked = [];
      if (asked.length > 0) turns++;
      for (const answer of asked) answer();
    }
    await finished;
    return turns;
  }
}
