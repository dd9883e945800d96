/** Owns the setup of a peer's connections: what all of them have in common, and what is sent over the one that counts. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { CANDIDATES } from '../../../main/common/protocol/limits.ts';
import type { Result } from '../../../main/common/result.ts';
import { TokenBucket } from '../../../main/common/timing/token-bucket.ts';
import type { AudioTrackLike, CodecLike, PeerConnectionLike } from '../browser-api.ts';
import { type AudioEncoding, audioEncoding } from './audio-transceiver.ts';
import type { DescriptionProblem, RemoteDescription } from './description-sections.ts';
import { FormerConnection } from './former-connection.ts';
import type { FirstAnswer } from './negotiation.ts';
import type { OwnNetwork } from './own-network.ts';
import { PeerConnection, type PeerConnectionHandler } from './peer-connection.ts';
import type { PeerConnectionFactory } from './peer-connection-factory.ts';
import { readRemoteDescription } from './remote-description.ts';
import { withDiscontinuousOpus } from './sdp.ts';
import { type RepeaterPort, VoiceRepeats } from './voice-repeats.ts';
import type { FirstVoice, VoiceStart } from './voice-start.ts';

/** The same for all peers. */
export interface CommonSetup {
  readonly voiceCodecs: readonly CodecLike[];
  /** Repeats more of the own voice than the browser does; null where it lets nobody. */
  readonly repeater: RepeaterPort | null;
  readonly ownNetwork: OwnNetwork;
}

export interface ConnectionSetupOptions extends CommonSetup {
  readonly polite: boolean;
  /** SHA-256 of the peer's certificate. */
  readonly fp: Bytes;
  readonly connections: Pick<PeerConnectionFactory, 'relayOnly'>;
  readonly voiceStart: VoiceStart;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

/** How a reserve comes about on this side. */
export type ReserveRole = 'offering' | Exclude<FirstAnswer, { readonly kind: 'at-once' }>;

/** One for each person ever met. */
export class ConnectionSetup {
  readonly #options: ConnectionSetupOptions;
  readonly #candidates: TokenBucket;
  readonly #former: FormerConnection;
  readonly #firstVoice: FirstVoice;
  /** Was made without the own voice, which is still to start. */
  #voiceless: PeerConnection | null = null;
  #track: AudioTrackLike | null = null;
  #encoding: AudioEncoding = audioEncoding(1);
  #crowded = false;

  /** @param onReady the person may be told what holds for everyone */
  constructor(options: ConnectionSetupOptions, onReady: () => void) {
    this.#options = options;
    this.#candidates = new TokenBucket(CANDIDATES, options.clock());
    this.#former = new FormerConnection(options.timers);
    this.#firstVoice = options.voiceStart.person({ onReady, onStart: () => this.#startVoice() });
  }

  /** @param connection the one that counts */
  setTrack(track: AudioTrackLike | null, connection: PeerConnection | null): void {
    this.#track = track;
    if (connection !== this.#voiceless) connection?.voice.setTrack(track);
    this.#former.setTrack(track);
  }

  /** How many peers the page has, this one included. */
  setPeerCount(count: number, connection: PeerConnection | null): void {
    this.#crowded = count > 1;
    this.#encoding = audioEncoding(count);
    connection?.voice.setEncoding(this.#encoding);
  }

  /** Whether the person may be told what holds for everyone: what connects those who are being connected goes first. */
  get ready(): boolean {
    return this.#firstVoice.ready;
  }

  /** The first connection to the person is about to be made. */
  begin(): void {
    this.#firstVoice.begin();
  }

  /** The person told what holds for everyone. */
  noteReady(): void {
    this.#firstVoice.noteReady();
  }

  /** The connection that counts stands. */
  handleStanding(): void {
    this.#firstVoice.stand();
  }

  /**
   * The connection counts no more.
   * @param isHeard whether it carries still, and is to until the next one does; left out, there is no next one
   */
  end(connection: PeerConnection | null, isHeard?: boolean): void {
    this.#voiceless = null;
    if (isHeard === undefined) {
      this.#former.dispose();
      this.#firstVoice.dispose();
    }
    if (isHeard && connection !== null) this.#former.keep(connection);
    else connection?.dispose();
  }

  /** Makes the connection that is to count out of one that nobody uses yet. */
  wrap(raw: PeerConnectionLike, offering: boolean, handler: PeerConnectionHandler): PeerConnection {
    this.#former.endOnceConnected(raw);
    const { waits } = this.#firstVoice;
    const connection = this.#wrap(raw, offering, waits ? null : this.#track, { kind: 'at-once' }, handler);
    this.#voiceless = waits ? connection : null;
    return connection;
  }

  /** The same for a reserve, which is silent until it counts. */
  wrapReserve(raw: PeerConnectionLike, role: ReserveRole, handler: PeerConnectionHandler): PeerConnection {
    const firstAnswer: FirstAnswer = role === 'offering' ? { kind: 'at-once' } : role;
    return this.#wrap(raw, role === 'offering', null, firstAnswer, handler);
  }

  /** A reserve, which may have been made for a page that is gone, counts now: it carries the own voice. */
  adopt(connection: PeerConnection): void {
    const { voice } = connection;
    connection.setPolite(this.#options.polite);
    voice.setTrack(this.#track);
    voice.setEncoding(this.#encoding);
  }

  #startVoice(): void {
    this.#voiceless?.voice.setTrack(this.#track);
    this.#voiceless = null;
  }

  #wrap(
    raw: PeerConnectionLike,
    offering: boolean,
    track: AudioTrackLike | null,
    firstAnswer: FirstAnswer,
    handler: PeerConnectionHandler,
  ): PeerConnection {
    const { polite, timers, clock, voiceCodecs: codecs, repeater, ownNetwork } = this.#options;
    const encoding = this.#encoding;
    // A worker on each packet's way costs the processor; a page with several to send to is spared that.
    const port = this.#crowded ? null : repeater;
    const repeats = new VoiceRepeats({ port, clock, most: encoding.repeatsMax });
    return new PeerConnection(
      {
        ...{ connection: raw, offering, polite, timers, clock },
        voice: { codecs, repeats, encoding, track },
        firstAnswer,
        candidates: this.#candidates,
        ownNetwork,
        relayOnly: () => this.#options.connections.relayOnly,
        isCrowded: () => this.#crowded,
        isHeardElsewhere: () => this.#former.stands,
      },
      handler,
    );
  }

  /** The only way to what the other side describes. */
  read(sdp: string): Result<RemoteDescription, DescriptionProblem> {
    return readRemoteDescription(sdp, this.#options.fp);
  }

  /** Gives the peer's description to the browser, as it is to be in a room of this size. */
  describe(connection: PeerConnection, type: 'offer' | 'answer', description: RemoteDescription): void {
    const { sdp } = description;
    const tuned = this.#encoding.discontinuous ? withDiscontinuousOpus(sdp) : sdp;
    connection.handleDescription(type, { ...description, sdp: tuned });
  }
}
