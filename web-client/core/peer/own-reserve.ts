/** Owns the end of a reserve that comes: the offer it has, the answer it told ahead, and the attempts to come by these. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { IceCandidateBody } from '../../../main/common/protocol/bodies.ts';
import { CANDIDATES_PER_GENERATION } from '../../../main/common/protocol/limits.ts';
import type { ReserveTerms } from '../waiting/former-page.ts';
import type { ConnectionSetup, ReserveRole } from './connection-setup.ts';
import type { RemoteDescription } from './description-sections.ts';
import type { PeerConnectionFactory } from './peer-connection-factory.ts';
import { ReserveEnd, type ReserveEndHandler } from './reserve-end.ts';

export interface OwnReserveOptions {
  readonly epoch: number;
  readonly setup: Pick<ConnectionSetup, 'wrapReserve' | 'describe'>;
  readonly connections: Pick<PeerConnectionFactory, 'create'>;
}

/** Another load of the other side's page came by it. */
export interface StandingReserve {
  readonly kind: 'standing';
  readonly epoch: number;
  readonly end: ReserveEnd;
}

/** What a page comes back by that was loaded anew, and what it says first. */
export interface AgreedReserve {
  readonly kind: 'agreed';
  readonly terms: ReserveTerms;
  readonly word: Bytes;
}

export type ReturnReserve = StandingReserve | AgreedReserve;

export interface OwnReserveHandler extends Pick<ReserveEndHandler, 'onOpen' | 'onRefused'> {
  sendAnswer(sdp: string): void;
}

/**
 * A connection made after the change of address knows the new one in every browser: Firefox takes the addresses of the moment in
 * which a connection was made. It is given the ICE name and password that were told. A browser that allows no such change, as
 * Chromium is about to, lets the connection that made the answer begin with it (W3C WebRTC 1.0, section 4.4.2), once.
 */
export class OwnReserve implements Disposable {
  readonly epoch: number;
  readonly #options: OwnReserveOptions;
  readonly #handler: OwnReserveHandler;
  #offer: RemoteDescription | null = null;
  #offerText = '';
  readonly #candidates: IceCandidateBody[] = [];
  #answer: string | null = null;
  /** Made the answer, and has not begun with it. */
  #held: ReserveEnd | null = null;
  #attempt: ReserveEnd | null = null;

  constructor(options: OwnReserveOptions, handler: OwnReserveHandler) {
    this.epoch = options.epoch;
    this.#options = options;
    this.#handler = handler;
  }

  get offered(): boolean {
    return this.#offer !== null;
  }

  /** The other side waits. */
  get ready(): boolean {
    return this.#answer !== null;
  }

  get attempting(): boolean {
    return this.#attempt !== null;
  }

  /** null while the other side does not wait. */
  get terms(): ReserveTerms | null {
    const [offer, answer] = [this.#offer, this.#answer];
    if (offer === null || answer === null) return null;
    return { epoch: this.epoch, offer: this.#offerText, answer, candidates: [...this.#candidates] };
  }

  /** Is what another load of the page was. */
  restore(offer: RemoteDescription, { offer: offerText, answer, candidates }: ReserveTerms): void {
    this.#offer = offer;
    this.#offerText = offerText;
    this.#answer = answer;
    this.handleCandidates(candidates);
  }

  /** Answers the offer; throws where the browser makes no connection. */
  handleOffer(offer: RemoteDescription, offerText: string): void {
    this.#offer = offer;
    this.#offerText = offerText;
    this.#held = this.#make({ kind: 'ahead' }, offer, (sdp) => {
      this.#answer = sdp;
      this.#handler.sendAnswer(sdp);
    });
  }

  handleCandidates(candidates: readonly IceCandidateBody[]): void {
    this.#candidates.push(...candidates.slice(0, CANDIDATES_PER_GENERATION - this.#candidates.length));
  }

  /** Goes to the other side, from where one is now; again, where that came to nothing. */
  attempt(): void {
    const [offer, answer] = [this.#offer, this.#answer];
    if (offer === null || answer === null) return;
    this.rest();
    this.#attempt = this.#make({ kind: 'as-told', sdp: answer }, offer, () => {});
    this.#attempt.connection.handleCandidates(this.#candidates);
  }

  /** What is attempted is so from other addresses, and nothing else is left to fall back on. */
  renew(): void {
    this.#held?.dispose();
    this.#held = null;
    if (this.attempting) this.attempt();
  }

  /** Nothing is attempted any more. */
  rest(): void {
    this.#attempt?.dispose();
    this.#attempt = null;
  }

  dispose(): void {
    this.rest();
    this.#held?.dispose();
    this.#held = null;
  }

  #make(role: ReserveRole, offer: RemoteDescription, onAnswer: (sdp: string) => void): ReserveEnd {
    const { setup, connections } = this.#options;
    const end: ReserveEnd = new ReserveEnd(setup, connections.create(), role, {
      onDescription: (_type, sdp) => onAnswer(sdp),
      // Nobody can be told them: the other side sees where one knocks from.
      onCandidates: () => {},
      onBroken: () => this.#handleBroken(end),
      onRefused: (reason) => this.#handler.onRefused(reason),
      onOpen: () => {
        this.#attempt = null;
        this.#handler.onOpen(end);
      },
      onSpoken: () => {},
    });
    setup.describe(end.connection, 'offer', offer);
    return end;
  }

  #handleBroken(end: ReserveEnd): void {
    if (end !== this.#attempt || this.#held === null) return;
    end.dispose();
    this.#attempt = this.#held;
    this.#held = null;
    this.#attempt.connection.handleCandidates(this.#candidates);
    this.#attempt.connection.holdAnswer();
  }
}
