/** Owns the setup of a peer's connections: what all of them have in common, and what is sent over the one that counts. */

import type { Bytes } from '../../../main/common/bytes.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { CANDIDATES } from '../../../main/common/protocol/limits.ts';
import type { Result } from '../../../main/common/result.ts';
import { TokenBucket } from '../../../main/common/timing/token-bucket.ts';
import type { AudioTrackLike, CodecLike, PeerConnectionLike } from '../browser-api.ts';
import { type AudioEncoding, audioEncoding } from './audio-transceiver.ts';
import { PeerConnection, type PeerConnectionHandler } from './peer-connection.ts';
import {
  type DescriptionProblem,
  type RemoteDescription,
  readRemoteDescription,
} from './remote-description.ts';
import { withDiscontinuousOpus } from './sdp.ts';

export interface ConnectionSetupOptions {
  readonly polite: boolean;
  /** SHA-256 of the peer's certificate. */
  readonly fp: Bytes;
  readonly voiceCodecs: readonly CodecLike[];
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

/** One for each person ever met. */
export class ConnectionSetup {
  readonly #options: ConnectionSetupOptions;
  readonly #candidates: TokenBucket;
  #track: AudioTrackLike | null = null;
  #encoding: AudioEncoding = audioEncoding(1);
  #crowded = false;

  constructor(options: ConnectionSetupOptions) {
    this.#options = options;
    this.#candidates = new TokenBucket(CANDIDATES, options.clock());
  }

  /** @param connection the one that counts */
  setTrack(track: AudioTrackLike | null, connection: PeerConnection | null): void {
    this.#track = track;
    connection?.voice.setTrack(track);
  }

  /** How many peers the page has, this one included. */
  setPeerCount(count: number, connection: PeerConnection | null): void {
    this.#crowded = count > 1;
    this.#encoding = audioEncoding(count);
    connection?.voice.setMaxBitrate(this.#encoding.maxBitrate);
  }

  /** Makes a connection out of one that nobody uses yet. */
  wrap(raw: PeerConnectionLike, offering: boolean, handler: PeerConnectionHandler): PeerConnection {
    const { polite, timers, clock, voiceCodecs } = this.#options;
    return new PeerConnection(
      {
        ...{ connection: raw, offering, polite, timers, clock },
        codecs: voiceCodecs,
        maxBitrate: this.#encoding.maxBitrate,
        track: this.#track,
        candidates: this.#candidates,
        isCrowded: () => this.#crowded,
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
