/** Owns what a call needs from outside: the page hands in the browser's things, a test its fakes. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { Logger } from '../../../main/common/logger.ts';
import type { ClockMs, CryptoLike, TextCoderLike, TimersLike } from '../../../main/common/platform.ts';
import type { SoundDeps } from '../audio/ports.ts';
import type { CertificateLike, CodecLike, PeerConfiguration, PeerConnectionLike } from '../browser-api.ts';
import type { OpenFiles } from '../files/files-port.ts';
import type { RepeaterPort } from '../peer/voice-repeats.ts';
import type { RecorderPort } from '../recording/recorder-port.ts';
import type { FormerPage } from '../waiting/former-page.ts';

/** Tells that the page reaches others by a network of another kind than before. */
export interface NetworkKindPort {
  onChange(listener: () => void): Disposable;
}

export interface CallDeps<Certificate extends CertificateLike = RTCCertificate> extends SoundDeps {
  readonly crypto: CryptoLike;
  readonly text: TextCoderLike;
  readonly clock: ClockMs;
  /** Milliseconds since 1970, for the times of messages. */
  readonly wallClock: () => number;
  readonly timers: TimersLike;
  readonly logger: Logger;
  readonly networkKind: NetworkKindPort;
  /** Settles when the page has nothing else to do. */
  readonly whenIdle: () => Promise<void>;
  /** `(configuration) => new RTCPeerConnection(configuration)` */
  readonly createPeerConnection: (configuration: PeerConfiguration<Certificate>) => PeerConnectionLike;
  /** `() => RTCRtpReceiver.getCapabilities('audio')?.codecs ?? []` */
  readonly voiceCodecs: () => readonly CodecLike[];
  readonly repeater: RepeaterPort | null;
  /** What this page leaves to its next load; null: nothing any more. Settles with whether that could come back now. */
  readonly leaveToNext: (page: FormerPage<Certificate> | null) => Promise<boolean>;
  /** Fetches the code of files; rejects where it does not come, and may be called again. */
  readonly loadFiles: () => Promise<OpenFiles>;
  /** Whether a former page of this tab left something of files. */
  readonly hasKeptFiles: () => Promise<boolean>;
  /** The same for the code that records; rejects as well where it is long in coming. */
  readonly loadRecorder: () => Promise<RecorderPort>;
}
