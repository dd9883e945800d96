/** Owns what a session needs from outside: the page hands in the browser's things, a test its fakes. */

import type { RoomLink } from '../../main/common/e2ee/invite-link.ts';
import type { Logger } from '../../main/common/logger.ts';
import type { ClockMs, CryptoLike, TextCoderLike, TimersLike } from '../../main/common/platform.ts';
import type { CertificateLike, SocketLike, StorageLike } from './browser-api.ts';
import type { NetworkPort } from './signaling/host-reachability.ts';
import type { OpenCall } from './waiting/call-port.ts';
import type { MicrophonePort } from './waiting/early-microphone.ts';
import type { FormerPage } from './waiting/former-page.ts';

export interface SessionDeps<Certificate extends CertificateLike = RTCCertificate> {
  /** Origin of the page, `https://name[:port]`; the WebSocket goes to its `/ws`. */
  readonly origin: string;
  readonly link: RoomLink;
  readonly crypto: CryptoLike;
  readonly text: TextCoderLike;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  /** A number from 0 (included) to 1 (excluded), for jitter only. */
  readonly random: () => number;
  readonly logger: Logger;
  /** `(url) => new WebSocket(url)` */
  readonly createSocket: (url: string) => SocketLike;
  /** `() => RTCPeerConnection.generateCertificate({ name: 'ECDSA', namedCurve: 'P-256' })` */
  readonly generateCertificate: () => Promise<Certificate>;
  /** What the tab's former page left to this one, once. */
  readonly takeFormer: () => Promise<FormerPage<Certificate> | null>;
  /** sessionStorage, for the token that takes the place over after a reload. */
  readonly storage: StorageLike;
  /** localStorage, for the same where the tab was lost with its browser. */
  readonly lastingStorage: StorageLike;
  readonly network: NetworkPort;
  readonly microphone: MicrophonePort;
  /** Fetches the code of the call; rejects where it does not come, and may be called again. */
  readonly loadCall: () => Promise<OpenCall<Certificate>>;
}
