/** Owns a stand-in for RTCRtpTransceiver with its sender, and for an audio track. */

import type {
  AudioTrackLike,
  CodecLike,
  MicrophoneTrackLike,
  SendParametersLike,
  TransceiverLike,
} from '../../../web-client/core/browser-api.ts';

type TrackEvent = 'ended' | 'mute' | 'unmute';

export class FakeTrack implements MicrophoneTrackLike {
  readonly kind = 'audio';
  readonly label: string;
  enabled = true;
  muted = false;
  stopped = false;
  readonly #listeners = new Map<TrackEvent, Set<() => void>>();

  constructor(label = 'track') {
    this.label = label;
  }

  stop(): void {
    this.stopped = true;
  }

  addEventListener(type: TrackEvent, listener: () => void): void {
    const listeners = this.#listeners.get(type) ?? new Set();
    this.#listeners.set(type, listeners.add(listener));
  }

  removeEventListener(type: TrackEvent, listener: () => void): void {
    this.#listeners.get(type)?.delete(listener);
  }

  /** The device goes away. */
  end(): void {
    this.#tell('ended');
  }

  /** The system takes the microphone for itself, or gives it back. */
  interrupt(muted: boolean): void {
    this.muted = muted;
    this.#tell(muted ? 'mute' : 'unmute');
  }

  #tell(type: TrackEvent): void {
    for (const listener of [...(this.#listeners.get(type) ?? [])]) listener();
  }
}

export class FakeTransceiver implements TransceiverLike {
  mid: string | null;
  direction: string;
  /** Its line stands in an offer that was answered. */
  settled: boolean;
  stopped = false;
  codecs: readonly CodecLike[] | null = null;
  track: AudioTrackLike | null = null;
  maxBitrate: number | null = null;
  readonly receiver: { readonly track: FakeTrack };
  readonly sender = {
    replaceTrack: async (track: AudioTrackLike | null) => {
      this.track = track;
    },
    getParameters: (): SendParametersLike => ({
      encodings: [this.maxBitrate === null ? {} : { maxBitrate: this.maxBitrate }],
    }),
    setParameters: async ({ encodings: [encoding] }: SendParametersLike) => {
      this.maxBitrate = encoding?.maxBitrate ?? null;
    },
  };

  constructor(owner: string, mid: string | null, direction: string) {
    this.mid = mid;
    this.direction = direction;
    this.settled = false;
    this.receiver = { track: new FakeTrack(`heard by ${owner}`) };
  }

  setCodecPreferences(codecs: CodecLike[]): void {
    this.codecs = codecs;
  }

  stop(): void {
    this.stopped = true;
  }

  tentativeMid(mid: string): void {
    this.mid = mid;
  }

  rollBack(): void {
    if (!this.settled) this.mid = null;
  }

  settle(): void {
    if (this.mid !== null) this.settled = true;
  }
}
