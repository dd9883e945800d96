/** Owns the audio state: the settings a person may choose, the devices there are, and the microphone. */

/** How far the volume of a voice can be set: up to the double, up to as it came, or not at all. */
export type VolumeReach = 'full' | 'plain' | 'none';

/** What the browser does to the own voice before it is sent; music wants all of it off. */
export interface VoiceProcessing {
  readonly echoCancellation: boolean;
  readonly noiseSuppression: boolean;
  readonly autoGainControl: boolean;
}

export interface AudioSettings {
  /** deviceId; null: the system's own choice. */
  readonly microphoneId: string | null;
  readonly speakerId: string | null;
  readonly processing: VoiceProcessing;
}

export interface AudioDevice {
  readonly id: string;
  /** Empty until the browser lets the page see it. */
  readonly label: string;
}

export interface AudioState {
  readonly settings: AudioSettings;
  readonly microphones: readonly AudioDevice[];
  /** Empty where the browser does not let a page choose. */
  readonly speakers: readonly AudioDevice[];
  /** Why the last change of the microphone did not come about; `settings` tell what goes on instead. */
  readonly refused: MicrophoneProblem | null;
}

export const DEFAULT_AUDIO_SETTINGS: AudioSettings = {
  microphoneId: null,
  speakerId: null,
  processing: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
};

export const INITIAL_AUDIO: AudioState = {
  settings: DEFAULT_AUDIO_SETTINGS,
  microphones: [],
  speakers: [],
  refused: null,
};

export type MicrophoneProblem = 'denied' | 'absent' | 'busy' | 'failed';

export type MicrophoneState =
  | { readonly phase: 'off' }
  | { readonly phase: 'asking' }
  /** `muted`: nothing is sent now, be it by the button or because the key to talk is not held. */
  | { readonly phase: 'live'; readonly muted: boolean; readonly hint: MicrophoneHint | null }
  /** One listens only. */
  | { readonly phase: 'none'; readonly reason: MicrophoneProblem };

/** What the own microphone makes one think of. */
export type MicrophoneHint =
  /** Open for a while, and nothing came from it: not even the noise of a room. */
  | 'silent'
  /** Muted, while its owner talks. */
  | 'talking-muted';
