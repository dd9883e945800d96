/** Owns the microphone monitor: the level is read several times a second, only while it is open and the page is visible. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { MicrophoneTrackLike } from '../browser-api.ts';
import type { MicrophoneHint } from '../state/audio-state.ts';
import type { Meter, MeterPort, VisibilityPort } from './ports.ts';
import { VoiceActivityDetector } from './voice-activity.ts';

/** The level is what one looks at. */
const READING_INTERVAL_MS = 100;
/** It tells speech from silence, and each reading wakes the page. */
const CALL_READING_INTERVAL_MS = 200;
/** Monitoring keeps the page busy; whoever opens the microphone is to see it open first. */
export const MONITOR_DELAY_MS = 400;
/** One who joins is to be connected first, with everybody. */
export const JOINING_MONITOR_DELAY_MS = 1_600;

export interface MicrophoneMonitorOptions {
  readonly meter: MeterPort;
  readonly visibility: VisibilityPort;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

export interface MicrophoneMonitorHandler {
  /** 0 to 1; 0 last when nothing is read any more. */
  onLevel(level: number): void;
  onSpeaking(speaking: boolean): void;
  onHint(hint: MicrophoneHint | null): void;
}

/** The handler is called on changes only. */
export class MicrophoneMonitor implements Disposable {
  readonly #options: MicrophoneMonitorOptions;
  readonly #handler: MicrophoneMonitorHandler;
  readonly #watching: Disposable;
  #track: MicrophoneTrackLike | null = null;
  #muted = false;
  #inCall = false;
  #detector = new VoiceActivityDetector();
  #meter: Meter | null = null;
  readonly #timer: Timeout;
  #level = 0;
  #speaking = false;
  #hint: MicrophoneHint | null = null;

  constructor(options: MicrophoneMonitorOptions, handler: MicrophoneMonitorHandler) {
    this.#options = options;
    this.#handler = handler;
    this.#timer = new Timeout(options.timers);
    this.#watching = options.visibility.onChange(() => this.#begin());
  }

  /** Reads after `delayMs`. */
  setTrack(track: MicrophoneTrackLike | null, delayMs = MONITOR_DELAY_MS): void {
    this.#track = track;
    this.#detector = new VoiceActivityDetector();
    this.#begin(delayMs);
  }

  setMuted(muted: boolean): void {
    if (muted === this.#muted) return;
    this.#muted = muted;
    this.#show(this.#level, false, null);
  }

  setInCall(inCall: boolean): void {
    this.#inCall = inCall;
  }

  dispose(): void {
    this.#watching.dispose();
    this.setTrack(null);
  }

  #begin(delayMs = MONITOR_DELAY_MS): void {
    this.#end();
    const track = this.#track;
    if (track === null || this.#options.visibility.hidden) return;
    this.#timer.set(() => {
      this.#meter = this.#options.meter.open(track);
      this.#wait();
    }, delayMs);
  }

  #end(): void {
    this.#timer.clear();
    this.#meter?.dispose();
    this.#meter = null;
    this.#show(0, false, null);
  }

  #wait(): void {
    this.#timer.set(
      () => {
        this.#wait();
        this.#read();
      },
      this.#inCall ? CALL_READING_INTERVAL_MS : READING_INTERVAL_MS,
    );
  }

  #read(): void {
    const rms = this.#meter?.read() ?? null;
    if (rms === null) return;
    const { level, speaking, hint } = this.#detector.analyse(rms, this.#muted, this.#options.clock());
    this.#show(level, speaking, hint);
  }

  #show(level: number, speaking: boolean, hint: MicrophoneHint | null): void {
    if (level !== this.#level) {
      this.#level = level;
      this.#handler.onLevel(level);
    }
    if (speaking !== this.#speaking) {
      this.#speaking = speaking;
      this.#handler.onSpeaking(speaking);
    }
    if (hint !== this.#hint) {
      this.#hint = hint;
      this.#handler.onHint(hint);
    }
  }
}
