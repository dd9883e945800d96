/**
 * Owns perfect negotiation for one RTCPeerConnection, to the letter of W3C WebRTC 1.0, section 10.7: either side may
 * offer at any time, and of two colliding offers the impolite one's stands.
 */

import type { IceCandidateBody } from '../../../main/common/protocol/bodies.ts';
import type { PeerConnectionLike } from '../browser-api.ts';
import { withCredentialsOf } from './sdp.ts';

/** What becomes of the first offer; all later ones are answered at once. */
export type FirstAnswer =
  | { readonly kind: 'at-once' }
  /** The answer is told, and holds from `holdAnswer` on. */
  | { readonly kind: 'ahead' }
  /** The answer holds at once, with the ICE name and password of this one, which was told ahead. */
  | { readonly kind: 'as-told'; readonly sdp: string };

export interface NegotiationHandler {
  /** A description to send, as it stands after `setLocalDescription`. */
  onDescription(type: 'offer' | 'answer', sdp: string): void;
  /** The answer stands that the other side was told ahead. */
  onToldAnswer(sdp: string): void;
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
  #polite: boolean;
  readonly #handler: NegotiationHandler;
  #firstAnswer: FirstAnswer;
  #heldAnswer: string | null = null;
  #makingOffer = false;
  #ignoreOffer = false;
  #isSettingRemoteAnswerPending = false;
  #closed = false;

  constructor(
    connection: PeerConnectionLike,
    polite: boolean,
    firstAnswer: FirstAnswer,
    handler: NegotiationHandler,
  ) {
    this.#connection = connection;
    this.#polite = polite;
    this.#firstAnswer = firstAnswer;
    this.#handler = handler;
    connection.addEventListener('negotiationneeded', () => void this.#offer());
  }

  /** The connection is another pair's now. */
  setPolite(polite: boolean): void {
    this.#polite = polite;
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
      await this.#answer();
    } catch {
      this.#isSettingRemoteAnswerPending = false;
      this.#break();
    }
  }

  /** The answer that was told ahead holds now: the browser looks for addresses, and knocks. */
  async holdAnswer(): Promise<void> {
    const sdp = this.#heldAnswer;
    this.#heldAnswer = null;
    try {
      if (sdp !== null) await this.#connection.setLocalDescription({ type: 'answer', sdp });
    } catch {
      this.#break();
    }
  }

  async #answer(): Promise<void> {
    const answer = this.#firstAnswer;
    this.#firstAnswer = { kind: 'at-once' };
    if (answer.kind === 'at-once') {
      await this.#connection.setLocalDescription();
      this.#sendLocalDescription();
      return;
    }
    const { sdp = '' } = await this.#connection.createAnswer();
    if (this.#closed) return;
    if (answer.kind === 'ahead') {
      this.#heldAnswer = sdp;
      this.#handler.onDescription('answer', sdp);
      return;
    }
    const told = withCredentialsOf(answer.sdp, sdp);
    await this.#connection.setLocalDescription({ type: 'answer', sdp: told });
    if (!this.#closed) this.#handler.onToldAnswer(told);
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
