/** Owns what the two ends of one RTCPeerConnection tell each other to connect: descriptions and candidates, as they may leave the page and reach the browser. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import type { IceCandidateBody } from '../../../main/common/protocol/bodies.ts';
import type { TokenBucket } from '../../../main/common/timing/token-bucket.ts';
import type { PeerConnectionLike } from '../browser-api.ts';
import { CandidateGate } from './candidate-gate.ts';
import type { RemoteDescription } from './description-sections.ts';
import { LocalSignals } from './local-signals.ts';
import { type FirstAnswer, Negotiation } from './negotiation.ts';
import { relayedCandidate, withRelayedCandidates } from './own-candidate.ts';
import type { OwnNetwork } from './own-network.ts';
import { DtlsRole } from './sdp.ts';

export interface ConnectionSignalsHandler {
  onDescription(type: 'offer' | 'answer', sdp: string): void;
  onCandidates(candidates: IceCandidateBody[]): void;
  /** A candidate of this side was found, or one of the other's admitted. */
  onAddress(side: 'own' | 'theirs', candidate: string): void;
  /** An offer was applied and is about to be answered. */
  onOfferApplied(): void;
  onAnswerApplied(): void;
  /** The browser refused a description. */
  onBroken(): void;
}

export interface ConnectionSignalsOptions {
  readonly polite: boolean;
  readonly timers: TimersLike;
  readonly clock: ClockMs;
  readonly firstAnswer: FirstAnswer;
  /** For the peer's candidates, over all connections. */
  readonly candidates: TokenBucket;
  readonly ownNetwork: OwnNetwork;
  /** Whether no address but those of relays may leave the page. */
  readonly relayOnly: () => boolean;
  /** Whether this is one connection of several of the page. */
  readonly isCrowded: () => boolean;
}

/** After `dispose` the handler is not called any more; the connection itself is its owner's to close. */
export class ConnectionSignals implements Disposable {
  readonly #connection: PeerConnectionLike;
  readonly #options: ConnectionSignalsOptions;
  readonly #handler: ConnectionSignalsHandler;
  readonly #negotiation: Negotiation;
  readonly #signals: LocalSignals;
  readonly #gate: CandidateGate;
  readonly #role = new DtlsRole();
  #remoteUfrag = '';
  #disposed = false;

  constructor(
    connection: PeerConnectionLike,
    options: ConnectionSignalsOptions,
    handler: ConnectionSignalsHandler,
  ) {
    this.#connection = connection;
    this.#options = options;
    this.#handler = handler;
    this.#signals = new LocalSignals(options.timers, (candidates) => this.#sendCandidates(candidates));
    this.#negotiation = new Negotiation(connection, options.polite, options.firstAnswer, {
      onDescription: (type, sdp) => {
        if (type === 'answer') this.#role.handleAnswer(sdp, 'self');
        this.#signals.describe(() => this.#sendDescription(type, sdp), !options.isCrowded());
      },
      onToldAnswer: (sdp) => this.#role.handleAnswer(sdp, 'self'),
      onOfferApplied: () => handler.onOfferApplied(),
      onAnswerApplied: () => handler.onAnswerApplied(),
      onBroken: () => handler.onBroken(),
    });
    this.#gate = new CandidateGate({
      ...options,
      budget: options.candidates,
      onAdmitted: (candidate) => handler.onAddress('theirs', candidate),
      deliver: (candidates) => this.#negotiation.handleCandidates(candidates),
    });
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (this.#disposed) return;
      options.ownNetwork.note(candidate?.candidate ?? null);
      if (candidate !== null) handler.onAddress('own', candidate.candidate);
      this.#signals.add(candidate);
    });
  }

  /** Makes the first offer. */
  start(): void {
    this.#negotiation.start();
  }

  handleDescription(type: 'offer' | 'answer', { sdp, ufrag, candidates }: RemoteDescription): void {
    if (type === 'answer') this.#role.handleAnswer(sdp, 'peer');
    this.#negotiation.handleDescription(type, type === 'offer' ? this.#role.settle(sdp) : sdp);
    if (ufrag !== this.#remoteUfrag) this.#gate.restart();
    this.#remoteUfrag = ufrag;
    this.#gate.add(candidates);
  }

  handleCandidates(candidates: readonly IceCandidateBody[]): void {
    this.#gate.add(candidates);
  }

  /** The connection is another pair's now, in which this side yields or does not. */
  setPolite(polite: boolean): void {
    this.#negotiation.setPolite(polite);
  }

  /** An answer told ahead holds now. */
  holdAnswer(): void {
    void this.#negotiation.holdAnswer();
  }

  /** Has the browser knock somewhere; the place is of the page's own choice. */
  knockAt(candidate: IceCandidateBody): void {
    this.#negotiation.handleCandidates([candidate]);
  }

  restartIce(): void {
    this.#signals.restart();
    this.#options.ownNetwork.forget();
    this.#connection.restartIce();
  }

  /** Nothing is negotiated or said any more. */
  dispose(): void {
    this.#disposed = true;
    this.#signals.dispose();
    this.#gate.dispose();
    this.#negotiation.close();
  }

  /** A browser that goes by relays alone finds no others; that is not left to it, and some may have been found before. */
  #sendCandidates(candidates: IceCandidateBody[]): void {
    const told = this.#options.relayOnly()
      ? candidates.flatMap((found) => relayedCandidate(found) ?? [])
      : candidates;
    if (told.length > 0) this.#handler.onCandidates(told);
  }

  /** With the addresses that have been found meanwhile, if it still holds; else as it was made, since the other side waits for it. */
  #sendDescription(type: 'offer' | 'answer', sdp: string): string {
    const present = this.#connection.localDescription?.sdp ?? '';
    const held = originOf(present) === originOf(sdp) ? present : sdp;
    const told = this.#options.relayOnly() ? withRelayedCandidates(held) : held;
    this.#handler.onDescription(type, told);
    return told;
  }
}

/** Another one for each description that is made (RFC 8866, section 5.2). */
function originOf(sdp: string): string | undefined {
  return /^o=.*/m.exec(sdp)?.[0];
}
