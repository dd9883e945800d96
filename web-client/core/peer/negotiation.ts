/**
 * Owns perfect negotiation for one RTCPeerConnection, to the letter of W3C WebRTC 1.0, section 10.7: either side may
 * offer at any time, and of two colliding offers the impolite one's stands.
 */

import type { IceCandidateBody } from '../../../main/common/protocol/bodies.ts';
import type { PeerConnectionLike } from '../browser-api.ts';

export interface NegotiationHandler {
  /** A description to send, as it stands after `setLocalDescription`. */
  onDescription(type: 'offer' | 'answer', sdp: string): void;
  /** An offer was applied and is about to be answered. */
  onOfferApplied(): void;
  onAnswerApplied(): void;
  /** The browser refused a description. */
  onBroken(): void;
}

/**
 * No method waits: the browser keeps the operations of a connection in order by itself, and a promise of a closed
 * connection never settles.
 */
export class Negotiation {
  readonly #connection: PeerConnectionLike;
  readonly #polite: boolean;
  readonly #handler: NegotiationHandler;
  #makingOffer = false;
  #ignoreOffer = false;
  #isSettingRemoteAnswerPending = false;
  #closed = false;

  constructor(connection: PeerConnectionLike, polite: boolean, handler: NegotiationHandler) {
    this.#connection = connection;
    this.#polite = polite;
    this.#handler = handler;
    connection.addEventListener('negotiationneeded', () => void this.#offer());
  }

  /** Makes the first offer now: the event for it comes some 20 ms later, and finds it made. */
  start(): void {
    void this.#offer();
  }

  handleDescription(type: 'offer' | 'answer', sdp: string): void {
    void this.#apply(type, sdp);
  }

  handleCandidates(candidates: readonly IceCandidateBody[]): void {
    for (const candidate of candidates) void this.#addCandidate(candidate);
  }

  /** The connection is closed: what still comes from it is void. */
  close(): void {
    this.#closed = true;
  }

  async #offer(): Promise<void> {
    if (this.#closed) return;
    try {
      this.#makingOffer = true;
      await this.#connection.setLocalDescription();
      this.#sendLocalDescription();
    } catch {
      this.#break();
    } finally {
      this.#makingOffer = false;
    }
  }

  async #apply(type: 'offer' | 'answer', sdp: string): Promise<void> {
    const readyForOffer =
      !this.#makingOffer &&
      (this.#connection.signalingState === 'stable' || this.#isSettingRemoteAnswerPending);
    const offerCollision = type === 'offer' && !readyForOffer;
    this.#ignoreOffer = !this.#polite && offerCollision;
    if (this.#ignoreOffer) return;
    try {
      this.#isSettingRemoteAnswerPending = type === 'answer';
      await this.#connection.setRemoteDescription({ type, sdp });
      this.#isSettingRemoteAnswerPending = false;
      if (this.#closed) return;
      if (type === 'answer') return this.#handler.onAnswerApplied();
      this.#handler.onOfferApplied();
      await this.#connection.setLocalDescription();
      this.#sendLocalDescription();
    } catch {
      this.#isSettingRemoteAnswerPending = false;
      this.#break();
    }
  }

  async #addCandidate(candidate: IceCandidateBody): Promise<void> {
    try {
      await this.#connection.addIceCandidate(candidate);
    } catch {
      // A candidate of an ignored offer, or one this browser does not know; the others decide.
    }
  }

  #sendLocalDescription(): void {
    const description = this.#connection.localDescription;
    if (this.#closed || description === null) return;
    if (description.type !== 'offer' && description.type !== 'answer') return;
    this.#handler.onDescription(description.type, description.sdp);
  }

  #break(): void {
    if (!this.#closed) this.#handler.onBroken();
  }
}
