/** Owns how far a peer may be trusted: whether its connection is the pair's, and whether that is known in time. */

import { hasFingerprint } from '../../../main/common/e2ee/identity.ts';
import type { PairState } from '../../../main/common/e2ee/pair-state.ts';
import type { SasRun } from '../../../main/common/e2ee/sas.ts';
import type { CryptoLike, TimersLike } from '../../../main/common/platform.ts';
import { VERIFICATION_TIMEOUT_MS } from '../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { TrustState } from '../state/room-state.ts';
import type { PeerTransport } from './peer-transport.ts';

export interface PeerVerificationOptions {
  readonly pair: Pick<PairState, 'failure' | 'verified' | 'other' | 'codeless' | 'versionAgreed'> & {
    readonly verification: Pick<SasRun, 'state'>;
  };
  readonly peer: Pick<PeerTransport, 'phase' | 'connection' | 'remoteCertificate'>;
  readonly crypto: CryptoLike;
  readonly timers: TimersLike;
  readonly onBound: () => void;
  readonly onFailed: (reason: 'fingerprint' | 'code') => void;
}

export class PeerVerification {
  readonly #options: PeerVerificationOptions;
  /** The connection whose data channel brought a box that opened, and whose certificate is the pair's. */
  #boundTo: object | null = null;
  readonly #deadline: Timeout;

  constructor(options: PeerVerificationOptions) {
    this.#options = options;
    this.#deadline = new Timeout(options.timers);
  }

  /** From the first connection that was the pair's; a later one may still have to show that it is. */
  get sealedOnce(): boolean {
    return this.#boundTo !== null;
  }

  get state(): TrustState {
    const { pair } = this.#options;
    if (pair.failure !== null) return 'failed';
    if (!this.#isBound()) return 'checking';
    return pair.verified ? 'verified' : 'sealed';
  }

  /**
   * The verification code. It may be shown once this side's run is done, the two are known to speak no older version than they
   * could, and the connection that stands is known to be the pair's; null until then, and while it is being repaired.
   */
  get code(): readonly number[] | null {
    const { pair, peer } = this.#options;
    const run = pair.verification.state;
    const agreed = pair.failure === null && pair.versionAgreed;
    const showable = agreed && peer.phase === 'connected' && this.#isBound();
    return showable && run.phase === 'done' ? run.code : null;
  }

  /**
   * A box of the pair opened that came through the data channel of this connection: it ties the DTLS session to the pair
   * (RFC 8844). Where the browser tells with whom DTLS is, the certificate has to be the pair's as well.
   */
  async handleOpened(connection: object): Promise<void> {
    const { peer, pair, crypto } = this.#options;
    if (connection !== peer.connection || connection === this.#boundTo) return;
    const certificate = peer.remoteCertificate;
    if (certificate !== null) {
      const isTheirs = await hasFingerprint(crypto, certificate, pair.other.fp);
      if (connection !== peer.connection) return;
      if (!isTheirs) {
        this.#options.onFailed('fingerprint');
        return;
      }
    }
    this.#boundTo = connection;
    this.#options.onBound();
  }

  /** The connection or the run of the code went on. Connected, both have to come to their end in time, where there is to be a code. */
  watch(): void {
    const { pair, peer } = this.#options;
    const runOver = pair.verification.state.phase === 'done' || pair.codeless;
    const verifiable = runOver && this.#isBound();
    if (peer.phase !== 'connected' || verifiable) this.stop();
    else if (!this.#deadline.pending)
      this.#deadline.set(() => this.#options.onFailed('code'), VERIFICATION_TIMEOUT_MS);
  }

  /** Waits for nothing any more. */
  stop(): void {
    this.#deadline.clear();
  }

  #isBound(): boolean {
    return this.#boundTo !== null && this.#boundTo === this.#options.peer.connection;
  }
}
