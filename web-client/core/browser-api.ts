/**
 * Owns the few members of browser objects that the core uses, stated structurally: the real ones fit as they are,
 * and a test hands in fakes. Semantics are those of the W3C specifications (WebSockets, WebRTC 1.0, Media Capture).
 */

/** The part of WebSocket that signaling needs; text frames only. */
export interface SocketLike {
  /** 0 connecting, 1 open, 2 closing, 3 closed. */
  readonly readyState: number;
  send(text: string): void;
  close(code?: number): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { readonly code: number }) => void): void;
}

/** One voice, own or remote. */
export interface AudioTrackLike {
  readonly kind: string;
  enabled: boolean;
  stop(): void;
  addEventListener(type: 'ended', listener: () => void): void;
  removeEventListener(type: 'ended', listener: () => void): void;
}

/** The own microphone's. */
export interface MicrophoneTrackLike extends AudioTrackLike {
  /** Whether the browser lets nothing through: a phone call, or a switch at the device. */
  readonly muted: boolean;
  addEventListener(type: 'ended' | 'mute' | 'unmute', listener: () => void): void;
  removeEventListener(type: 'ended' | 'mute' | 'unmute', listener: () => void): void;
}

export interface CodecLike {
  readonly mimeType: string;
  readonly clockRate: number;
  readonly channels?: number;
  readonly sdpFmtpLine?: string;
}

export interface SendParametersLike {
  encodings: { maxBitrate?: number }[];
}

export interface SenderLike {
  /** W3C WebRTC Encoded Transform. */
  transform?: object | null;
  replaceTrack(track: AudioTrackLike | null): Promise<void>;
  getParameters(): SendParametersLike;
  setParameters(parameters: SendParametersLike): Promise<void>;
}

export interface SynchronizationSourceLike {
  readonly audioLevel?: number;
  /** When its last packet came. */
  readonly timestamp: number;
}

export interface ReceiverLike {
  readonly track: AudioTrackLike;
  getSynchronizationSources?(): SynchronizationSourceLike[];
}

export interface TransceiverLike {
  readonly mid: string | null;
  direction: string;
  readonly sender: SenderLike;
  readonly receiver: ReceiverLike;
  setCodecPreferences?(codecs: CodecLike[]): void;
  stop(): void;
}

export interface ChannelLike {
  binaryType: string;
  readonly readyState: string;
  readonly bufferedAmount: number;
  bufferedAmountLowThreshold: number;
  send(data: ArrayBuffer): void;
  close(): void;
  addEventListener(type: 'open' | 'close' | 'bufferedamountlow', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
}

export interface DescriptionLike {
  readonly type: 'offer' | 'answer' | 'pranswer' | 'rollback';
  readonly sdp: string;
}

export interface CandidateLike {
  readonly candidate: string;
  readonly sdpMid: string | null;
  readonly sdpMLineIndex: number | null;
  readonly usernameFragment: string | null;
}

/** The part of RTCDtlsTransport that tells whom one is really connected to. */
export interface DtlsTransportLike {
  getRemoteCertificates?(): ArrayBuffer[];
}

/** Negotiated: both sides open it by themselves, under the number they agreed on. */
export interface ChannelInit {
  negotiated: true;
  id: number;
  ordered: true;
  /** W3C WebRTC Priority Control; browsers without it pass it over. */
  priority?: 'low';
}

/** Entries of RTCStats, each with the members its `type` has. */
export interface StatsReportLike {
  values(): Iterable<Readonly<Record<string, unknown>>>;
}

export interface PeerConnectionLike {
  readonly signalingState: string;
  readonly connectionState: string;
  readonly iceConnectionState: string;
  readonly localDescription: DescriptionLike | null;
  readonly sctp: { readonly transport: DtlsTransportLike; readonly maxMessageSize?: number | null } | null;
  createAnswer(): Promise<{ readonly sdp?: string }>;
  /** Without one the browser makes what is due. */
  setLocalDescription(description?: { type: 'answer'; sdp: string }): Promise<void>;
  setRemoteDescription(description: { type: 'offer' | 'answer'; sdp: string }): Promise<void>;
  addIceCandidate(candidate: CandidateLike): Promise<void>;
  restartIce(): void;
  setConfiguration(configuration: object): void;
  getStats(): Promise<StatsReportLike>;
  addTransceiver(kind: 'audio', init: { direction: 'sendrecv' }): TransceiverLike;
  getTransceivers(): TransceiverLike[];
  createDataChannel(label: string, init: ChannelInit): ChannelLike;
  close(): void;
  addEventListener(type: 'negotiationneeded' | 'connectionstatechange', listener: () => void): void;
  addEventListener(
    type: 'icecandidate',
    listener: (event: { readonly candidate: CandidateLike | null }) => void,
  ): void;
  addEventListener(
    type: 'icecandidateerror',
    listener: (event: { readonly url: string; readonly errorCode: number }) => void,
  ): void;
  addEventListener(
    type: 'datachannel',
    listener: (event: { readonly channel: Pick<ChannelLike, 'close'> }) => void,
  ): void;
}

/** sessionStorage, or what stands for it. */
export interface StorageLike {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

/** What is set of an RTCIceServer. */
export interface PlainIceServer {
  urls: string;
  username?: string;
  credential?: string;
}

/** What is read of an RTCCertificate. */
export interface CertificateLike {
  getFingerprints(): { readonly algorithm?: string; readonly value?: string }[];
}

/** What is set of an RTCConfiguration. */
export interface PeerConfiguration<Certificate> {
  certificates: Certificate[];
  iceServers: PlainIceServer[];
  bundlePolicy: 'max-bundle';
  iceTransportPolicy?: 'relay';
}
