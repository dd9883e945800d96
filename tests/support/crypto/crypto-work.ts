/** Owns WebCrypto whose unfinished work can be waited for, so that the clock of a test never outruns its threads; it counts what it is asked. */

import type { CryptoLike } from '../../../main/common/platform.ts';
import { settle } from '../time/manual-time.ts';
import { nodeCrypto } from './e2ee-tools.ts';

export class CryptoWork {
  readonly crypto: CryptoLike;
  /** How often anything was asked of it. */
  calls = 0;
  /** How often a secret was agreed on. */
  agreed = 0;
  readonly #unfinished = new Set<Promise<unknown>>();

  constructor() {
    const { subtle } = nodeCrypto;
    this.crypto = {
      subtle: {
        digest: (...call) => this.#watch(subtle.digest(...call)),
        generateKey: (...call) => this.#watch(subtle.generateKey(...call)),
        importKey: (...call) => this.#watch(subtle.importKey(...call)),
        exportKey: (...call) => this.#watch(subtle.exportKey(...call)),
        deriveBits: (...call) => {
          if (call[0].name === 'ECDH') this.agreed++;
          return this.#watch(subtle.deriveBits(...call));
        },
        deriveKey: (...call) => this.#watch(subtle.deriveKey(...call)),
        sign: (...call) => this.#watch(subtle.sign(...call)),
        encrypt: (...call) => this.#watch(subtle.encrypt(...call)),
        decrypt: (...call) => this.#watch(subtle.decrypt(...call)),
      },
      getRandomValues: (target) => nodeCrypto.getRandomValues(target),
    };
  }

  /** Ends when nothing is under way, nor anything that followed from it. */
  async done(): Promise<void> {
    await settle();
    while (this.#unfinished.size > 0) {
      await Promise.allSettled(this.#unfinished);
      await settle();
    }
  }

  #watch<Value>(work: Promise<Value>): Promise<Value> {
    this.calls++;
    const forget = () => this.#unfinished.delete(work);
    this.#unfinished.add(work);
    work.then(forget, forget);
    return work;
  }
}
