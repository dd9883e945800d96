/** Owns the local audio: the own microphone with its gate and monitor, the devices there are, and the speaker. */

import { type Disposable, DisposableStore } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { MicrophoneTrackLike } from '../browser-api.ts';
import type { JoinMode, TalkKey } from '../call-intents.ts';
import {
  type AudioDevice,
  type AudioSettings,
  type AudioState,
  INITIAL_AUDIO,
  type MicrophoneHint,
  type MicrophoneState,
} from '../state/audio-state.ts';
import { type MicrophonePort, requestOf } from '../waiting/early-microphone.ts';
import { LocalMicrophone, type LocalMicrophoneState } from './local-microphone.ts';
import { JOINING_MONITOR_DELAY_MS, MicrophoneMonitor, MONITOR_DELAY_MS } from './microphone-monitor.ts';
import { MuteGate } from './mute-gate.ts';
import type { SoundDeps } from './ports.ts';

export interface LocalAudioOptions extends SoundDeps {
  readonly microphone: MicrophonePort;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

export interface LocalAudioHandler {
  onMicrophone(microphone: MicrophoneState): void;
  onAudio(audio: AudioState): void;
  /** The own voice is heard by the others just now. */
  onSpeaking(speaking: boolean): void;
  /** 0 to 1, five to ten times a second while it changes. */
  onLevel(level: number): void;
  /** `track` is another one; null: none. */
  onTrack(): void;
}

export class LocalAudio implements Disposable {
  readonly #options: LocalAudioOptions;
  readonly #handler: LocalAudioHandler;
  readonly #store = new DisposableStore();
  readonly #gate: MuteGate;
  readonly #microphone: LocalMicrophone;
  readonly #monitor: MicrophoneMonitor;
  #audio: AudioState = INITIAL_AUDIO;
  #state: LocalMicrophoneState = { phase: 'off' };
  #hint: MicrophoneHint | null = null;
  /** Muted by coming in so, not by the button. */
  #mutedByJoining = false;
  /** How long a microphone that opens now is not looked at. */
  #monitorDelayMs = MONITOR_DELAY_MS;
  #listing = 0;
  readonly #listingLater: Timeout;

  constructor(options: LocalAudioOptions, handler: LocalAudioHandler) {
    this.#options = options;
    this.#handler = handler;
    this.#listingLater = this.#store.add(new Timeout(options.timers));
    this.#gate = this.#store.add(new MuteGate(options.timers, (closed) => this.#handleGate(closed)));
    this.#monitor = this.#store.add(
      new MicrophoneMonitor(options, {
        onLevel: (level) => handler.onLevel(level),
        onSpeaking: (speaking) => handler.onSpeaking(speaking),
        onHint: (hint) => this.#handleHint(hint),
      }),
    );
    this.#microphone = this.#store.add(
      new LocalMicrophone(
        { ...options, request: requestOf(this.#audio.settings) },
        {
          onState: (state) => this.#handleState(state),
          onTrack: (track) => this.#handleTrack(track),
          onRefused: (refused, { deviceId, processing }) => {
            const settings = { ...this.#audio.settings, microphoneId: deviceId, processing };
            this.#setAudio({ ...this.#audio, settings, refused });
          },
          onGivenBack: () => options.sound.unlock(),
        },
      ),
    );
    this.#store.add(options.devices.onChange(() => void this.#listDevices()));
    this.#store.add(
      options.visibility.onChange(() => {
        if (!options.visibility.hidden) options.sound.unlock();
      }),
    );
  }

  /** The open microphone, muted or not. */
  get track(): MicrophoneTrackLike | null {
    return this.#microphone.track;
  }

  /** By the button; a key to talk may be held over it. */
  get muted(): boolean {
    return this.#gate.muted;
  }

  start(): void {
    void this.#listDevices();
  }

  /** Settles when the browser has answered. */
  async open(): Promise<void> {
    await this.#openAndMonitor(MONITOR_DELAY_MS);
  }

  close(): void {
    this.#monitor.setInCall(false);
    this.#gate.release();
    this.#microphone.close();
  }

  /** As `open`, or nothing of the kind for one who only listens. */
  async join(mode: JoinMode): Promise<void> {
    if (mode === 'listen') {
      this.close();
      return;
    }
    this.#monitor.setInCall(true);
    if (mode === 'muted') {
      this.#mutedByJoining ||= !this.#gate.muted;
      this.#gate.setMuted(true);
    } else if (this.#mutedByJoining) this.setMuted(false);
    await this.#openAndMonitor(JOINING_MONITOR_DELAY_MS);
  }

  setMuted(muted: boolean): void {
    this.#mutedByJoining = false;
    this.#gate.setMuted(muted);
  }

  setTalkKeyHeld(held: boolean, key?: TalkKey): void {
    this.#gate.setHeld(held, key);
  }

  setMuteKeyHeld(held: boolean): void {
    this.#gate.setShut(held);
  }

  setSettings(settings: AudioSettings): void {
    this.#setAudio({ ...this.#audio, settings, refused: null });
    this.#chooseSpeaker();
    this.#microphone.setRequest(requestOf(settings));
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #openAndMonitor(delayMs: number): Promise<void> {
    this.#monitorDelayMs = delayMs;
    await this.#microphone.open();
  }

  #handleGate(closed: boolean): void {
    this.#microphone.setMuted(closed);
    this.#monitor.setMuted(closed);
  }

  #handleState(state: LocalMicrophoneState): void {
    this.#state = state;
    this.#showMicrophone();
  }

  #handleHint(hint: MicrophoneHint | null): void {
    this.#hint = hint;
    if (this.#state.phase === 'live') this.#showMicrophone();
  }

  #showMicrophone(): void {
    const state = this.#state;
    this.#handler.onMicrophone(state.phase === 'live' ? { ...state, hint: this.#hint } : state);
  }

  #handleTrack(track: MicrophoneTrackLike | null): void {
    this.#handler.onTrack();
    this.#monitor.setTrack(track, this.#monitorDelayMs);
    if (track === null) return;
    this.#listNamesLater(this.#monitorDelayMs);
    this.#monitorDelayMs = MONITOR_DELAY_MS;
  }

  /** The names of devices can be read once the microphone may be used; asking takes as long as connecting to somebody. */
  #listNamesLater(delayMs: number): void {
    if (this.#audio.microphones.some(({ label }) => label !== '')) return;
    this.#listingLater.set(() => void this.#listDevices(), delayMs);
  }

  async #listDevices(): Promise<void> {
    const listing = ++this.#listing;
    const devices = await this.#options.devices.list();
    if (listing !== this.#listing || this.#store.disposed) return;
    this.#setAudio({ ...this.#audio, ...devices });
    this.#chooseSpeaker();
    this.#microphone.handleDevices(devices.microphones.map(({ id }) => id));
  }

  /** One that is unplugged gives way to the system's own until it is back. */
  #chooseSpeaker(): void {
    const { settings, speakers } = this.#audio;
    const present = speakers.some(({ id }) => id === settings.speakerId);
    this.#options.sound.setSpeaker(present ? settings.speakerId : null);
  }

  #setAudio(audio: AudioState): void {
    const before = this.#audio;
    this.#audio = {
      settings: audio.settings,
      microphones: sameDevices(before.microphones, audio.microphones)
        ? before.microphones
        : audio.microphones,
      speakers: sameDevices(before.speakers, audio.speakers) ? before.speakers : audio.speakers,
      refused: audio.refused,
    };
    this.#handler.onAudio(this.#audio);
  }
}

function sameDevices(a: readonly AudioDevice[], b: readonly AudioDevice[]): boolean {
  return (
    a.length === b.length &&
    a.every(({ id, label }, index) => id === b[index]?.id && label === b[index]?.label)
  );
}
