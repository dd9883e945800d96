/** Owns a stand-in for RTCRtpTransceiver with its sender, and for an audio track. */

import type {
  AudioTrackLike,
  CodecLike,
  SendParametersLike,
  TransceiverLike,
} from '../../web-client/core/browser-api.ts';

export class FakeTrack implements AudioTrackLike {
  readonly kind = 'audio';
  readonly label: string;
  enabled = true;
  stopped = false;
  readonly #ended = new Set<() => void>();

  constructor(label = 'track') {
    this.label = label;
  }

  stop(): void {
    this.stopped = true;
  }

  addEventListener(_type: 'ended', listener: () => void): void {
    this.#ended.add(listener);
  }

  removeEventListener(_type: 'ended', listener: () => void): void {
    this.#ended.delete(listener);
  }

  /** The device goes away. */
  end(): void {
    for (const listener of [...this.#ended]) listener();
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
