/** Owns one RTCPeerConnection that carries a voice: its signals, audio transceiver and data channels, from `new` to `close`. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { IceCandidateBody } from '../../../main/common/protocol/bodies.ts';
import { BOX_MAX_BYTES } from '../../../main/common/protocol/limits.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { AudioTrackLike, ChannelLike, PeerConnectionLike, StatsReportLike } from '../browser-api.ts';
import { AudioTransceiver, type AudioTransceiverOptions } from './audio-transceiver.ts';
import {
  ConnectionSignals,
  type ConnectionSignalsHandler,
  type ConnectionSignalsOptions,
} from './connection-signals.ts';
import type { RemoteDescription } from './description-sections.ts';

/** Each for one purpose, under the number that both sides agreed on beforehand. */
const CHANNELS = [{ purpose: 'boxes', label: 'pair', id: 0 }] as const;
/** A look at a sender's parameters waits for the browser's threads, which are busy while the connections are being made. */
export const SETTLE_MS = 1_600;
/** The own answer is sealed and on its way by then, and the browser's threads have what they need to connect. */
export const DESCRIBED_MS = 5;

export type ChannelPurpose = (typeof CHANNELS)[number]['purpose'];

export interface PeerConnectionHandler
  extends Omit<ConnectionSignalsHandler, 'onOfferApplied' | 'onAnswerApplied'> {
  /** A STUN or TURN server did not help. */
  onServerError(url: string, code: number): void;
  /** connectionState or a data channel changed. */
  onChange(): void;
  /** Take the messages of the data channels; what is no bytes, or more than a box may have, is empty. */
  readonly messages: Readonly<Record<ChannelPurpose, (bytes: Bytes, sizeBytes: number) => void>>;
  onRemoteVoice(track: AudioTrackLike): void;
  /** The other side does what no page of ours does; the connection is not to go on. */
  onRefused(reason: 'not-a-call'): void;
}

export interface PeerConnectionOptions extends ConnectionSignalsOptions {
  readonly connection: PeerConnectionLike;
  /** Whether this side makes the first offer; the other side's voice comes with it. */
  readonly offering: boolean;
  /** Whether the other side is heard by another connection until this one stands. */
  readonly isHeardElsewhere: () => boolean;
  readonly voice: AudioTransceiverOptions;
}

/** After `retire` or `dispose` the handler is not called any more. */
export class PeerConnection implements Disposable {
  readonly voice: AudioTransceiver;
  readonly #connection: PeerConnectionLike;
  readonly #handler: PeerConnectionHandler;
  readonly #signals: ConnectionSignals;
  readonly #channels = new Map<ChannelPurpose, ChannelLike>();
  #remoteTrack: AudioTrackLike | null = null;
  readonly #settling: Timeout;
  readonly #described: Timeout;
  readonly #isHeardElsewhere: () => boolean;
  #retired = false;

  constructor(options: PeerConnectionOptions, handler: PeerConnectionHandler) {
    const { connection } = options;
    this.#connection = connection;
    this.#handler = handler;
    this.#settling = new Timeout(options.timers);
    this.#described = new Timeout(options.timers);
    this.#isHeardElsewhere = options.isHeardElsewhere;
    this.#signals = new ConnectionSignals(connection, options, {
      ...handler,
      onDescription: (type, sdp) => {
        handler.onDescription(type, sdp);
        this.voice.handleDescribed();
        if (type === 'answer') this.#handleDescribed();
      },
      onOfferApplied: () => this.#handleOfferApplied(),
      onAnswerApplied: () => this.#handleDescribed(),
    });
    this.voice = new AudioTransceiver(connection, options.voice);
    connection.addEventListener('icecandidateerror', ({ url, errorCode }) => {
      if (!this.#retired) handler.onServerError(url, errorCode);
    });
    // Ours are negotiated, and open without this event.
    connection.addEventListener('datachannel', ({ channel }) => {
      channel.close();
      if (!this.#retired) handler.onRefused('not-a-call');
    });
    connection.addEventListener('connectionstatechange', () => {
      if (this.#retired) return;
      if (this.state === 'connected' && !this.#settling.pending)
        this.#settling.set(() => this.voice.settle(), SETTLE_MS);
      handler.onChange();
      if (this.state === 'connected') this.#handOutVoice();
    });
    if (!options.offering) return;
    this.voice.add();
    this.#openChannels();
    this.#signals.start();
  }

  /** For what concerns the browser's connection as such. */
  get raw(): PeerConnectionLike {
    return this.#connection;
  }

  get state(): string {
    return this.#connection.connectionState;
  }

  /** Whether ICE has found a way, whatever comes of it. */
  get iceStands(): boolean {
    return ['connected', 'completed'].includes(this.#connection.iceConnectionState);
  }

  isOpen(purpose: ChannelPurpose): boolean {
    return this.#channels.get(purpose)?.readyState === 'open';
  }

  /** The certificate (DER) of whom DTLS really connected to; null where the browser does not tell. */
  get remoteCertificate(): ArrayBuffer | null {
    return this.#connection.sctp?.transport.getRemoteCertificates?.()[0] ?? null;
  }

  async stats(): Promise<StatsReportLike> {
    const report = await this.#connection.getStats();
    if (!this.#retired) this.voice.handleStatistics(report);
    return report;
  }

  handleDescription(type: 'offer' | 'answer', description: RemoteDescription): void {
    this.#signals.handleDescription(type, description);
  }

  handleCandidates(candidates: readonly IceCandidateBody[]): void {
    this.#signals.handleCandidates(candidates);
  }

  /** The connection is another pair's now, in which this side yields or does not. */
  setPolite(polite: boolean): void {
    this.#signals.setPolite(polite);
  }

  /** An answer told ahead holds now. */
  holdAnswer(): void {
    this.#signals.holdAnswer();
  }

  /** Has the browser knock somewhere; the place is of the page's own choice. */
  knockAt(candidate: IceCandidateBody): void {
    this.#signals.knockAt(candidate);
  }

  restartIce(): void {
    this.#signals.restartIce();
  }

  /** Sends one message over a data channel; one that does not go is the owner's to send again. */
  send(purpose: ChannelPurpose, bytes: Bytes): void {
    try {
      if (this.isOpen(purpose)) this.#channels.get(purpose)?.send(bytes.buffer);
    } catch {
      // The channel is closing, or its buffer is full.
    }
  }

  /** Nothing is negotiated or said any more; voices pass until it ends. */
  retire(): void {
    if (this.#retired) return;
    this.#retired = true;
    this.#settling.dispose();
    this.#described.dispose();
    this.#signals.dispose();
  }

  dispose(): void {
    if (this.#connection.signalingState === 'closed') return;
    this.retire();
    this.voice.dispose();
    for (const channel of this.#channels.values()) channel.close();
    this.#connection.close();
  }

  #handleOfferApplied(): void {
    this.voice.adopt();
    this.#openChannels();
  }

  /** Each side has the other's description, which only those have sealed who know the secret: there is nobody else to be heard. */
  #handleDescribed(): void {
    if (this.state === 'connected') this.#handOutVoice();
    else if (!this.#isHeardElsewhere()) this.#described.set(() => this.#handOutVoice(), DESCRIBED_MS);
  }

  /** Before there is anything to hear, mostly: making it heard takes as long as the last steps of connecting do. */
  #handOutVoice(): void {
    const track = this.voice.remoteTrack;
    if (track === null || track === this.#remoteTrack) return;
    this.#remoteTrack = track;
    this.#handler.onRemoteVoice(track);
  }

  #openChannels(): void {
    if (this.#channels.size > 0) return;
    for (const channel of CHANNELS) this.#openChannel(channel);
  }

  #openChannel({ purpose, label, id }: (typeof CHANNELS)[number]): void {
    const channel = this.#connection.createDataChannel(label, { negotiated: true, id, ordered: true });
    channel.binaryType = 'arraybuffer';
    const handleChange = () => {
      if (!this.#retired) this.#handler.onChange();
    };
    channel.addEventListener('open', handleChange);
    channel.addEventListener('close', handleChange);
    channel.addEventListener('message', ({ data }) => {
      if (this.#retired) return;
      const sizeBytes = data instanceof ArrayBuffer ? data.byteLength : String(data).length;
      const isBox = data instanceof ArrayBuffer && sizeBytes <= BOX_MAX_BYTES;
      this.#handler.messages[purpose](isBox ? new Uint8Array(data) : new Uint8Array(), sizeBytes);
    });
    this.#channels.set(purpose, channel);
  }
}
