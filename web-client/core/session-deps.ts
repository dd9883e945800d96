/** Owns what the call needs from outside: the page hands in the browser's things, a test its fakes. */

import type { RoomLink } from '../../main/common/e2ee/invite-link.ts';
import type { Logger } from '../../main/common/logger.ts';
import type { ClockMs, CryptoLike, TextCoderLike, TimersLike } from '../../main/common/platform.ts';
import type { SoundDeps } from './audio/ports.ts';
import type {
  CertificateLike,
  CodecLike,
  PeerConfiguration,
  PeerConnectionLike,
  SocketLike,
  StorageLike,
} from './browser-api.ts';
import type { NetworkPort } from './signaling/host-reachability.ts';

export interface SessionDeps<Certificate extends CertificateLike = RTCCertificate> extends SoundDeps {
  /** Origin of the page, `https://name[:port]`; the WebSocket goes to its `/ws`. */
  readonly origin: string;
  readonly link: RoomLink;
  readonly crypto: CryptoLike;
  readonly text: TextCoderLike;
  readonly clock: ClockMs;
  /** Milliseconds since 1970, for the times of messages. */
  readonly wallClock: () => number;
  readonly timers: TimersLike;
  /** A number from 0 (included) to 1 (excluded), for jitter only. */
  readonly random: () => number;
  readonly logger: Logger;
  /** `(url) => new WebSocket(url)` */
  readonly createSocket: (url: string) => SocketLike;
  /** `(configuration) => new RTCPeerConnection(configuration)` */
  readonly createPeerConnection: (configuration: PeerConfiguration<Certificate>) => PeerConnectionLike;
  /** `() => RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' })` */
  readonly generateCertificate: () => Promise<Certificate>;
  /** `() => RTCRtpReceiver.getCapabilities('audio')?.codecs ?? []` */
  readonly voiceCodecs: () => readonly CodecLike[];
  /** sessionStorage, for the token that takes the place over after a reload. */
  readonly storage: StorageLike;
  /** localStorage, for the same where the tab was lost with its browser. */
  readonly lastingStorage: StorageLike;
  readonly network: NetworkPort;
}
