/** Owns the audio ports: the page hands in the browser's things, a test its fakes. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { AudioTrackLike, MicrophoneTrackLike } from '../browser-api.ts';
import type { Cue } from '../call-intents.ts';
import type { AudioDevice, VolumeReach } from '../state/audio-state.ts';

/** Listens to one track, muted or not. */
export interface Meter extends Disposable {
  /** Loudness (RMS) of the last tenth of a second, 1 is full scale; null while it cannot be told. */
  read(): number | null;
}

/** `web-client/media/level-meter.ts` in a browser. */
export interface MeterPort {
  open(track: MicrophoneTrackLike): Meter;
}

export interface AudioDevices {
  readonly microphones: readonly AudioDevice[];
  readonly speakers: readonly AudioDevice[];
}

/** `web-client/media/devices.ts` in a browser. */
export interface DevicesPort {
  /** What there is now, as far as the page may know; never rejects. */
  list(): Promise<AudioDevices>;
  onChange(listener: () => void): Disposable;
}

/** Whether the page can be seen; `web-client/media/wake-lock.ts` in a browser. */
export interface VisibilityPort {
  readonly hidden: boolean;
  onChange(listener: () => void): Disposable;
}

/** Makes remote voices heard; `web-client/media/audio-sink.ts` in a browser. */
export interface SoundPort extends Disposable {
  /** Plays this track as the voice of `id`, in place of an earlier one. */
  attach(id: string, track: AudioTrackLike): void;
  detach(id: string): void;
  /** Holds for tracks to come as well. */
  setMuted(id: string, muted: boolean): void;
  /** 0 to 2, and 1 is as it came; holds for tracks to come as well. */
  setVolume(id: string, volume: number): void;
  /** null: the system's own choice. Without effect where the browser does not let a page choose. */
  setSpeaker(deviceId: string | null): void;
  /** Starts what the browser held back or stopped: to be called inside a tap, and after an interruption. */
  unlock(): void;
  /** Calls back with whether a voice waits for a tap, on each change. */
  onBlocked(listener: (blocked: boolean) => void): Disposable;
  /** Calls back with each change; what cannot be had of a volume is as near as it can be. At first all can. */
  onReach(listener: (id: string, reach: VolumeReach) => void): Disposable;
}

/** `web-client/media/cues.ts` in a browser. */
export interface CuesPort {
  /** More than a few a second are left out. */
  play(cue: Cue): void;
}

/** All of it but the microphone, for one call. */
export interface SoundDeps {
  readonly meter: MeterPort;
  readonly devices: DevicesPort;
  readonly visibility: VisibilityPort;
  readonly sound: SoundPort;
  readonly cues: CuesPort;
}
