/** Owns the reserve connections of a pair: agreed while the host is out of reach, so that either may come to the other without a word. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import type { BodyMap, SignalBody, WishBody } from '../../../main/common/protocol/bodies.ts';
import { RESERVE_RENEW_MS } from '../../../main/common/protocol/peer-limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { PeerConnectionLike } from '../browser-api.ts';
import type { ReserveTerms } from '../waiting/former-page.ts';
import type { ConnectionSetup } from './connection-setup.ts';
import type { ConnectionTurn } from './connection-turns.ts';
import type { DescriptionProblem, RemoteDescription } from './description-sections.ts';
import { DISCONNECTED_GRACE_MS } from './ice-recovery.ts';
import { OwnReserve } from './own-reserve.ts';
import type { PeerConnectionFactory } from './peer-connection-factory.ts';
import type { ReserveEnd } from './reserve-end.ts';
import { WaitingReserve } from './waiting-reserve.ts';

/** After a sign that the own network changed: a connection that outlived it carries by then. */
export const RESERVE_SIGN_MS = 1_000;
/** How long an attempt may take before the next. */
export const RESERVE_ATTEMPT_MS = 5_000;
/** In a row, without another sign. */
export const RESERVE_ATTEMPTS_MAX = 6;

export interface ReserveConnectionsOptions {
  readonly polite: boolean;
  readonly setup: ConnectionSetup;
  readonly connections: Pick<PeerConnectionFactory, 'create'>;
  /** When a connection to wait by may be made. */
  readonly reserveTurn: ConnectionTurn;
  readonly timers: TimersLike;
  /** The epoch of the connection that counts, or is about to. */
  readonly presentEpoch: () => number;
  /** `connectionState` of the connection that counts. */
  readonly presentState: () => string;
  /** Whether anything comes by the connection that counts. */
  readonly isAlive: () => Promise<boolean>;
}

export interface ReserveConnectionsHandler {
  sendWish(body: WishBody): void;
  sendSignal<Type extends SignalBody['type']>(type: Type, body: BodyMap[Type]): void;
  /** One of the two connections carries boxes, and is to count from now on. */
  onConnected(epoch: number, end: ReserveEnd): void;
  /** What another load of this page would need is something else now. */
  onTerms(): void;
  /** By the one that waited a page came that says it is the other one, loaded anew. */
  onReturn(epoch: number, end: ReserveEnd, word: Bytes): void;
  onRefused(reason: DescriptionProblem): void;
}

/** A reserve has an epoch like any connection; of two that come to stand the higher one counts, on both sides. */
export class ReserveConnections implements Disposable {
  readonly #options: ReserveConnectionsOptions;
  readonly #handler: ReserveConnectionsHandler;
  #wanted = false;
  #newestEpoch = 0;
  #own: OwnReserve | null = null;
  #waiting: WaitingReserve | null = null;
  /** Somebody came by it, and has not spoken. */
  #coming: WaitingReserve | null = null;
  #attempts = 0;
  readonly #renewal: Timeout;
  readonly #nextLook: Timeout;

  constructor(options: ReserveConnectionsOptions, handler: ReserveConnectionsHandler) {
    this.#options = options;
    this.#handler = handler;
    this.#renewal = new Timeout(options.timers);
    this.#nextLook = new Timeout(options.timers);
  }

  /** The highest that any reserve had; no other connection may take it. */
  get newestEpoch(): number {
    return this.#newestEpoch;
  }

  /** Whether the other side is to wait for this one. Under way, one comes all the same. */
  setWanted(wanted: boolean): void {
    if (wanted === this.#wanted) return;
    this.#wanted = wanted;
    if (wanted) this.#ask();
    else if (this.#own?.attempting !== true) this.#giveUpOwn();
  }

  /** What another load of this page would need to come to the other side. */
  get terms(): ReserveTerms | null {
    return this.#own?.terms ?? null;
  }

  /** Comes to the other side as this page, before it was loaded anew, was to; `word` goes first. */
  comeBack(terms: ReserveTerms, word: Bytes): void {
    const offer = this.#read(terms.offer);
    if (offer === null) return;
    this.#dropOwn();
    this.#newestEpoch = terms.epoch;
    this.#own = this.#makeOwn(terms.epoch, (end) => end.connection.send('boxes', word));
    this.#own.restore(offer, terms);
    this.#lookIn(0);
  }

  /** The other side asks this one to wait. */
  handleRequest(epoch: number): void {
    if (epoch <= Math.max(this.#options.presentEpoch(), this.#waiting?.epoch ?? 0)) return;
    this.#newestEpoch = Math.max(this.#newestEpoch, epoch);
    this.#options.reserveTurn.request(() => this.#wait(epoch));
  }

  /** The other side does not need it any more. */
  handleEnd(): void {
    this.#options.reserveTurn.cancel();
    this.#dropWaiting();
  }

  /** Takes what belongs to a reserve; whether it did. */
  handleSignal(signal: SignalBody): boolean {
    const { epoch } = signal.body;
    if (signal.type === 'offer') {
      if (signal.body.reserve !== true) return false;
      const { sdp } = signal.body;
      const offer = this.#read(sdp);
      if (offer !== null && epoch === this.#own?.epoch && !this.#own.offered)
        this.#quietly(() => this.#own?.handleOffer(offer, sdp));
      return true;
    }
    if (signal.type === 'answer') {
      if (epoch !== this.#waiting?.epoch) return false;
      const answer = this.#read(signal.body.sdp);
      if (answer !== null) this.#waiting?.handleAnswer(answer);
      return true;
    }
    if (epoch !== this.#own?.epoch) return false;
    this.#own.handleCandidates(signal.body.candidates);
    this.#handler.onTerms();
    return true;
  }

  /** Another connection counts, or is about to: what was agreed before it is over. */
  handleEpoch(epoch: number): void {
    if (this.#own !== null && this.#own.epoch <= epoch) this.#dropOwn();
    if (this.#waiting !== null && this.#waiting.epoch <= epoch) this.#dropWaiting();
    if (this.#coming !== null && this.#coming.epoch <= epoch) this.#dropComing();
  }

  /** Takes each `connectionState` of the connection that counts. */
  handleState(state: string): void {
    if (state === 'connected') {
      if (this.#wanted && this.#own === null) this.#ask();
    } else if (state === 'failed') {
      this.#lookIn(0);
    } else if (state === 'disconnected' && !this.#nextLook.pending) {
      this.#lookIn(DISCONNECTED_GRACE_MS);
    }
  }

  /** The own network changed, or the computer woke. */
  wake(): void {
    this.#lookIn(RESERVE_SIGN_MS);
  }

  /** The way that connections are to go is another: what waits, or is held, knows addresses that are not to be gone by. */
  renew(): void {
    this.#dropWaiting();
    this.#dropComing();
    const own = this.#own;
    if (own === null) return;
    this.#quietly(() => own.renew());
    if (!own.attempting) this.#ask();
  }

  /** The pair has no connection any more. */
  stop(): void {
    this.#wanted = false;
    this.#dropOwn();
    this.#dropWaiting();
    this.#dropComing();
    this.#options.reserveTurn.cancel();
  }

  dispose(): void {
    this.stop();
  }

  #ask(): void {
    if (this.#options.presentState() !== 'connected') return;
    this.#dropOwn();
    const epoch = this.#nextEpoch();
    this.#newestEpoch = epoch;
    this.#own = this.#makeOwn(epoch, () => {});
    this.#handler.sendWish({ kind: 'reserve', epoch });
    this.#renewal.set(() => {
      if (this.#own?.attempting !== true) this.#ask();
    }, RESERVE_RENEW_MS);
  }

  /** @param greet says what is to be said before anything else */
  #makeOwn(epoch: number, greet: (end: ReserveEnd) => void): OwnReserve {
    const { setup, connections } = this.#options;
    return new OwnReserve(
      { epoch, setup, connections },
      {
        sendAnswer: (sdp) => {
          this.#handler.sendSignal('answer', { epoch, sdp });
          this.#handler.onTerms();
        },
        onRefused: (reason) => this.#handler.onRefused(reason),
        onOpen: (end) => {
          greet(end);
          this.#handler.onConnected(epoch, end);
        },
      },
    );
  }

  /** Even ones are asked for by the polite side: both may ask at once. */
  #nextEpoch(): number {
    const next = Math.max(this.#newestEpoch, this.#options.presentEpoch()) + 1;
    return (next % 2 === 0) === this.#options.polite ? next : next + 1;
  }

  #wait(epoch: number): void {
    const { setup, timers, connections, presentEpoch } = this.#options;
    if (epoch <= presentEpoch()) return;
    this.#dropWaiting();
    this.#quietly(() => {
      const raw: PeerConnectionLike = connections.create();
      this.#waiting = new WaitingReserve(
        { epoch, raw, setup, timers },
        {
          onDescription: (_type, sdp) => this.#handler.sendSignal('offer', { epoch, sdp, reserve: true }),
          onCandidates: (candidates) => this.#handler.sendSignal('ice', { epoch, candidates }),
          onBroken: () => this.#drop(epoch),
          onRefused: (reason) => this.#handler.onRefused(reason),
          onOpen: () => {
            this.#coming?.dispose();
            [this.#coming, this.#waiting] = [this.#waiting, null];
          },
          onCome: (end) => {
            this.#coming = null;
            this.#handler.onConnected(epoch, end);
          },
          onReturn: (end, word) => {
            this.#coming = null;
            this.#handler.onReturn(epoch, end, word);
          },
        },
        () => this.#drop(epoch),
      );
    });
  }

  #lookIn(delayMs: number): void {
    this.#attempts = 0;
    if (this.#own !== null) this.#nextLook.set(() => void this.#look(), delayMs);
  }

  /** Comes to the other side, if the connection that counts is dead. */
  async #look(): Promise<void> {
    const own = this.#own;
    if (own === null) return;
    const { presentState, isAlive } = this.#options;
    const alive = presentState() === 'connected' && (await isAlive());
    if (own !== this.#own) return;
    if (alive || this.#attempts >= RESERVE_ATTEMPTS_MAX) {
      own.rest();
      if (!this.#wanted) this.#giveUpOwn();
      return;
    }
    this.#attempts++;
    this.#quietly(() => own.attempt());
    this.#nextLook.set(() => void this.#look(), RESERVE_ATTEMPT_MS);
  }

  #read(sdp: string): RemoteDescription | null {
    const read = this.#options.setup.read(sdp);
    if (read.ok) return read.value;
    this.#handler.onRefused(read.error);
    return null;
  }

  /** The browser may make no connection: then there is no reserve. */
  #quietly(step: () => void): void {
    try {
      step();
    } catch {
      // The repair goes on without.
    }
  }

  #giveUpOwn(): void {
    if (this.#own !== null) this.#handler.sendWish({ kind: 'no-reserve' });
    this.#dropOwn();
  }

  #dropOwn(): void {
    this.#renewal.clear();
    this.#nextLook.clear();
    this.#own?.dispose();
    this.#own = null;
  }

  #dropWaiting(): void {
    this.#waiting?.dispose();
    this.#waiting = null;
  }

  #dropComing(): void {
    this.#coming?.dispose();
    this.#coming = null;
  }

  /** It came to nothing. */
  #drop(epoch: number): void {
    if (this.#waiting?.epoch === epoch) this.#dropWaiting();
    if (this.#coming?.epoch === epoch) this.#dropComing();
  }
}
