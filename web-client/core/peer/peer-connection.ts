/** Owns one RTCPeerConnection: its negotiation, candidates, voice line and data channel, from `new` to `close`. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import type { IceCandidateBody } from '../../../main/common/protocol/bodies.ts';
import { BOX_MAX_BYTES } from '../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { TokenBucket } from '../../../main/common/timing/token-bucket.ts';
import type {
  AudioTrackLike,
  ChannelLike,
  CodecLike,
  PeerConnectionLike,
  StatsReportLike,
} from '../browser-api.ts';
import { AudioTransceiver } from './audio-transceiver.ts';
import { CandidateBatch } from './candidate-batch.ts';
import { CandidateGate } from './candidate-gate.ts';
import { DtlsRole } from './dtls-role.ts';
import { Negotiation } from './negotiation.ts';
import type { RemoteDescription } from './remote-description.ts';

const CHANNEL_LABEL = 'pair';
const CHANNEL_ID = 0;
/** A look at a sender's parameters waits for the browser's threads, which are busy while the connections are being made. */
const SETTLE_MS = 500;

export interface PeerConnectionHandler {
  onDescription(type: 'offer' | 'answer', sdp: string): void;
  onCandidates(candidates: IceCandidateBody[]): void;
  /** connectionState or the data channel changed. */
  onChange(): void;
  /** A message of the data channel; what cannot be a box is an empty one. */
  onMessage(box: Bytes, sizeBytes: number): void;
  onRemoteVoice(track: AudioTrackLike): void;
  onBroken(): void;
  /** The other side does what no page of ours does; the connection is not to go on. */
  onRefused(reason: 'not-a-call'): void;
}

export interface PeerConnectionOptions {
  readonly connection: PeerConnectionLike;
  /** Whether this side makes the first offer; the other side's line and channel come with it. */
  readonly offering: boolean;
  readonly polite: boolean;
  readonly timers: TimersLike;
  readonly codecs: readonly CodecLike[];
  readonly maxBitrate: number;
  readonly track: AudioTrackLike | null;
  /** For the peer's candidates, over all connections. */
  readonly candidates: TokenBucket;
  readonly clock: ClockMs;
}

/** After `dispose` the handler is not called any more. */
export class PeerConnection implements Disposable {
  readonly voice: AudioTransceiver;
  readonly #connection: PeerConnectionLike;
  readonly #handler: PeerConnectionHandler;
  readonly #negotiation: Negotiation;
  readonly #batch: CandidateBatch;
  readonly #gate: CandidateGate;
  readonly #role = new DtlsRole();
  #remoteUfrag = '';
  #channel: ChannelLike | null = null;
  #remoteTrack: AudioTrackLike | null = null;
  readonly #settling: Timeout;
  #disposed = false;

  constructor(options: PeerConnectionOptions, handler: PeerConnectionHandler) {
    const { connection } = options;
    this.#connection = connection;
    this.#handler = handler;
    this.#settling = new Timeout(options.timers);
    this.#batch = new CandidateBatch(options.timers, (candidates) => handler.onCandidates(candidates));
    this.#negotiation = new Negotiation(connection, options.polite, {
      onDescription: (type, sdp) => {
        if (type === 'answer') this.#role.handleAnswer(sdp, 'self');
        handler.onDescription(type, sdp);
      },
      onOfferApplied: () => this.#handleOfferApplied(),
      onAnswerApplied: () => this.#handleVoice(),
      onBroken: () => handler.onBroken(),
    });
    this.#gate = new CandidateGate({
      clock: options.clock,
      timers: options.timers,
      budget: options.candidates,
      deliver: (candidates) => this.#negotiation.handleCandidates(candidates),
    });
    this.voice = new AudioTransceiver(connection, options.codecs, options.maxBitrate);
    this.voice.setTrack(options.track);
    connection.addEventListener('icecandidate', ({ candidate }) => {
      if (!this.#disposed) this.#batch.add(candidate);
    });
    // Ours is negotiated, and opens without this event.
    connection.addEventListener('datachannel', ({ channel }) => {
      channel.close();
      if (!this.#disposed) handler.onRefused('not-a-call');
    });
    connection.addEventListener('connectionstatechange', () => {
      if (this.#disposed) return;
      if (this.state === 'connected' && !this.#settling.pending)
        this.#settling.set(() => this.voice.settle(), SETTLE_MS);
      handler.onChange();
      this.#handleVoice();
    });
    if (!options.offering) return;
    this.voice.add();
    this.#openChannel();
    this.#negotiation.start();
  }

  get state(): string {
    return this.#connection.connectionState;
  }

  get channelOpen(): boolean {
    return this.#channel?.readyState === 'open';
  }

  /** Whether the peer named a place to be reached at. */
  get knowsAddress(): boolean {
    return this.#gate.hasAddress;
  }

  /** The certificate (DER) of whom DTLS really connected to; null where the browser does not tell. */
  get remoteCertificate(): ArrayBuffer | null {
    return this.#connection.sctp?.transport.getRemoteCertificates?.()[0] ?? null;
  }

  stats(): Promise<StatsReportLike> {
    return this.#connection.getStats();
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

  restartIce(): void {
    this.#batch.restart();
    this.#connection.restartIce();
  }

  /** Sends one box over the data channel; a box that does not go is the stream's to send again. */
  sendBox(box: Bytes): void {
    try {
      if (this.channelOpen) this.#channel?.send(box.buffer);
    } catch {
      // The channel is closing, or its buffer is full.
    }
  }

  dispose(): void {
    if (this.#disposed) return;
    this.#disposed = true;
    this.#settling.dispose();
    this.#batch.dispose();
    this.#gate.dispose();
    this.#negotiation.close();
    this.#channel?.close();
    this.#connection.close();
  }

  #handleOfferApplied(): void {
    this.voice.adopt();
    this.#openChannel();
    this.#handleVoice();
  }

  /** There is nothing to hear before, and making it heard takes as long as the last steps of connecting do. */
  #handleVoice(): void {
    if (this.state !== 'connected') return;
    const track = this.voice.remoteTrack;
    if (track === null || track === this.#remoteTrack) return;
    this.#remoteTrack = track;
    this.#handler.onRemoteVoice(track);
  }

  #openChannel(): void {
    if (this.#channel !== null) return;
    const channel = this.#connection.createDataChannel(CHANNEL_LABEL, {
      negotiated: true,
      id: CHANNEL_ID,
      ordered: true,
    });
    channel.binaryType = 'arraybuffer';
    const handleChange = () => {
      if (!this.#disposed) this.#handler.onChange();
    };
    channel.addEventListener('open', handleChange);
    channel.addEventListener('close', handleChange);
    channel.addEventListener('message', ({ data }) => {
      if (this.#disposed) return;
      const sizeBytes = data instanceof ArrayBuffer ? data.byteLength : String(data).length;
      const isBox = data instanceof ArrayBuffer && sizeBytes <= BOX_MAX_BYTES;
      this.#handler.onMessage(isBox ? new Uint8Array(data) : new Uint8Array(), sizeBytes);
    });
    this.#channel = channel;
  }
}
