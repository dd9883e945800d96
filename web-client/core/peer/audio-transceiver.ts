/** Owns the one audio transceiver of a connection: its codecs, its bit rate, and the microphone on it. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import { VOICE_REPEATS_MAX } from '../../../main/common/protocol/limits.ts';
import type {
  AudioTrackLike,
  CodecLike,
  PeerConnectionLike,
  StatsReportLike,
  SynchronizationSourceLike,
  TransceiverLike,
} from '../browser-api.ts';
import type { VoiceRepeats } from './voice-repeats.ts';

/** How the own voice is sent, by the number of people it goes to. */
export interface AudioEncoding {
  readonly maxBitrate: number;
  /** Whether silence is left out. */
  readonly discontinuous: boolean;
  /** How many earlier packets a packet may carry once more where many are lost. */
  readonly repeatsMax: number;
}

/** Mono Opus; each further peer costs the sender one more stream. */
export function audioEncoding(peers: number): AudioEncoding {
  return {
    maxBitrate: peers > 6 ? 24_000 : 32_000,
    discontinuous: peers > 4,
    repeatsMax: Math.max(2, VOICE_REPEATS_MAX + 1 - peers),
  };
}

/** Redundant audio (RFC 2198) first where the browser has it: it mends single lost packets. */
export function preferRedundant(codecs: readonly CodecLike[]): CodecLike[] {
  const isRedundant = ({ mimeType }: CodecLike) => mimeType.toLowerCase() === 'audio/red';
  return [...codecs.filter(isRedundant), ...codecs.filter((codec) => !isRedundant(codec))];
}

export interface AudioTransceiverOptions {
  readonly codecs: readonly CodecLike[];
  readonly repeats: VoiceRepeats;
  readonly encoding: AudioEncoding;
  readonly track: AudioTrackLike | null;
}

/**
 * Stands from the start in both directions, so that a microphone that comes late, goes or is muted needs no
 * renegotiation. Only the offering side adds it: what `addTransceiver` made is never matched with a line of a remote
 * offer (RFC 9429, section 5.10), and the pair would end up with two.
 */
export class AudioTransceiver implements Disposable {
  readonly #connection: PeerConnectionLike;
  readonly #codecs: readonly CodecLike[];
  readonly #repeats: VoiceRepeats;
  #transceiver: TransceiverLike | null = null;
  #track: AudioTrackLike | null = null;
  #encoding: AudioEncoding;
  #settled = false;
  /** Whether the microphone was put on the present transceiver, or taken off it. */
  #placed = false;

  constructor(connection: PeerConnectionLike, { codecs, repeats, encoding, track }: AudioTransceiverOptions) {
    this.#connection = connection;
    this.#codecs = codecs;
    this.#repeats = repeats;
    this.#encoding = encoding;
    this.#track = track;
  }

  /** The peer's voice; null before the transceiver stands. */
  get remoteTrack(): AudioTrackLike | null {
    return this.#transceiver?.receiver.track ?? null;
  }

  /** What came of the peer's voice of late; null where nothing did, or the browser does not tell (W3C WebRTC 1.0, section 5.3.1). */
  get remoteSource(): SynchronizationSourceLike | null {
    return this.#transceiver?.receiver.getSynchronizationSources?.()[0] ?? null;
  }

  /** The offering side's beginning. */
  add(): void {
    this.#use(this.#connection.addTransceiver('audio', { direction: 'sendrecv' }));
  }

  /** After a remote offer was applied: takes the transceiver that came with it. */
  adopt(): void {
    const offered = this.#connection
      .getTransceivers()
      .find(({ mid, receiver }) => mid !== null && receiver.track.kind === 'audio');
    if (offered === undefined || offered === this.#transceiver) return;
    // Both offered first and the own offer gave way: the transceiver that was in it would only stand idle.
    this.#transceiver?.stop();
    this.#placed = false;
    offered.direction = 'sendrecv';
    this.#use(offered);
  }

  setTrack(track: AudioTrackLike | null): void {
    this.#track = track;
    if (this.#transceiver !== null) this.#place();
  }

  /** The own description is on its way: putting the microphone on before that would take as long from it. */
  handleDescribed(): void {
    if (!this.#placed && this.#track !== null) this.#place();
  }

  /** Its bit rate takes effect once the transceiver has settled. */
  setEncoding(encoding: AudioEncoding): void {
    this.#encoding = encoding;
    this.#repeats.setMost(encoding.repeatsMax);
    if (this.#settled) this.#applyMaxBitrate();
  }

  /** The connection stands, and its threads have time for more than making it. */
  settle(): void {
    this.#settled = true;
    this.#applyMaxBitrate();
  }

  /** Statistics of the connection were read. */
  handleStatistics(report: StatsReportLike): void {
    this.#repeats.handleStatistics(report);
  }

  dispose(): void {
    this.#repeats.dispose();
  }

  #applyMaxBitrate(): void {
    const { maxBitrate } = this.#encoding;
    const sender = this.#transceiver?.sender;
    const parameters = sender?.getParameters();
    const [encoding] = parameters?.encodings ?? [];
    if (!sender || !parameters || !encoding || encoding.maxBitrate === maxBitrate) return;
    encoding.maxBitrate = maxBitrate;
    sender.setParameters(parameters).catch(ignoreClosed);
  }

  #use(transceiver: TransceiverLike): void {
    this.#transceiver = transceiver;
    const codecs = preferRedundant(this.#codecs);
    if (codecs[0]?.mimeType.toLowerCase() === 'audio/red') {
      transceiver.setCodecPreferences?.(codecs);
      // Chromium passes a later one over.
      this.#repeats.attach(transceiver.sender);
    }
  }

  #place(): void {
    this.#placed = true;
    this.#transceiver?.sender.replaceTrack(this.#track).catch(ignoreClosed);
  }
}

/** A transceiver that ends while it is being set has nothing to set any more. */
function ignoreClosed(): void {}
