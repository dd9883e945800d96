/** Owns what a person may choose about sound, and what there is to choose from. */

import type { MicrophoneProblem } from './room-state.ts';

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
