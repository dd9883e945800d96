/** Owns how connections are made and which servers they ask, and makes the first before anybody needs it. */

import type { Disposable } from '../../main/common/lifecycle.ts';
import type { TimerHandle, TimersLike } from '../../main/common/platform.ts';
import type { PeerConnectionLike } from './browser-api.ts';
import type { PlainIceServer } from './ice-servers.ts';
import type { CertificateLike, PeerConfiguration } from './session-deps.ts';

/** The page is drawn and online by then, and few people have pressed Join yet. */
const IDLE_MS = 300;

/** What a link asks of it. */
export interface ConnectionMaker {
  /** A connection that nobody uses yet; the caller closes it. */
  create(): PeerConnectionLike;
  /** Gives a connection the servers as they are now. */
  configure(connection: PeerConnectionLike): void;
}

export interface ConnectionSourceOptions<Certificate> {
  readonly timers: TimersLike;
  readonly certificate: Certificate;
  /** The servers to ask, as they are now. */
  readonly iceServers: () => PlainIceServer[];
  readonly createPeerConnection: (configuration: PeerConfiguration<Certificate>) => PeerConnectionLike;
}

/**
 * The first connection of a page starts the browser's threads for all of them. Made while nothing else happens, it waits
 * for the first pair: it asks nothing of the network until then, and no page makes more connections than it has pairs.
 */
export class ConnectionSource<Certificate extends CertificateLike> implements ConnectionMaker, Disposable {
  readonly #options: ConnectionSourceOptions<Certificate>;
  #first: PeerConnectionLike | null = null;
  #timer: TimerHandle | null = null;
  /** The first connection was made, or is not wanted any more. */
  #past = false;

  constructor(options: ConnectionSourceOptions<Certificate>) {
    this.#options = options;
  }

  /** The servers are known, or are others now: what waits for its pair is given them, or will be made with them. */
  prepare(): void {
    if (this.#first !== null) this.configure(this.#first);
    if (this.#past) return;
    this.#timer ??= this.#options.timers.setTimeout(() => {
      this.#past = true;
      this.#first = this.#make();
    }, IDLE_MS);
  }

  create(): PeerConnectionLike {
    this.#giveUpTimer();
    const first = this.#first;
    this.#first = null;
    return first ?? this.#make();
  }

  configure(connection: PeerConnectionLike): void {
    connection.setConfiguration(this.#configuration);
  }

  dispose(): void {
    this.#giveUpTimer();
    this.#first?.close();
    this.#first = null;
  }

  get #configuration(): PeerConfiguration<Certificate> {
    const { certificate, iceServers } = this.#options;
    return { certificates: [certificate], iceServers: iceServers(), bundlePolicy: 'max-bundle' };
  }

  #make(): PeerConnectionLike {
    return this.#options.createPeerConnection(this.#configuration);
  }

  #giveUpTimer(): void {
    this.#past = true;
    if (this.#timer !== null) this.#options.timers.clearTimeout(this.#timer);
  }
}
