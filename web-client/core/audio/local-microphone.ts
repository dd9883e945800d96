/** Owns the local microphone: opened as requested, exchanged without a gap, muted as the person left it, closed at the end. */

import type { Disposable } from '../../../main/common/lifecycle.ts';
import type { ClockMs, TimersLike } from '../../../main/common/platform.ts';
import { Timeout } from '../../../main/common/timing/timeout.ts';
import type { MicrophoneTrackLike } from '../browser-api.ts';
import type { MicrophoneProblem, MicrophoneState } from '../state/audio-state.ts';
import { isSameRequest, type MicrophonePort, type MicrophoneRequest } from '../waiting/early-microphone.ts';
import type { VisibilityPort } from './ports.ts';

/** A microphone that ended so soon after it was opened is not opened again by itself. */
const RESCUE_MIN_MS = 3_000;
/** A phone call that is over gives the microphone back within this time, or never. */
const UNMUTE_MAX_MS = 1_000;

/** MicrophoneState, but for what the level makes one think of. */
export type LocalMicrophoneState =
  | Exclude<MicrophoneState, { phase: 'live' }>
  | { readonly phase: 'live'; readonly muted: boolean };

export interface LocalMicrophoneHandler {
  onState(state: LocalMicrophoneState): void;
  /** The track to send, muted where it has to be; null: silence. The one before is stopped after this call. */
  onTrack(track: MicrophoneTrackLike | null): void;
  /** A request was refused: the microphone of `request` goes on. */
  onRefused(problem: MicrophoneProblem, request: MicrophoneRequest): void;
  /** The system had taken the microphone for a while. */
  onGivenBack(): void;
}

export interface LocalMicrophoneOptions {
  readonly microphone: MicrophonePort;
  readonly visibility: VisibilityPort;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
  readonly request: MicrophoneRequest;
}

interface Live {
  readonly track: MicrophoneTrackLike;
  readonly request: MicrophoneRequest;
  /** Another device than the requested one. */
  readonly fellBack: boolean;
  readonly sinceMs: number;
}

export class LocalMicrophone implements Disposable {
  readonly #options: LocalMicrophoneOptions;
  readonly #handler: LocalMicrophoneHandler;
  readonly #watching: Disposable;
  #request: MicrophoneRequest;
  #wanted = false;
  #muted = false;
  #live: Live | null = null;
  /** While the browser is being asked. */
  #working: Promise<void> | null = null;
  /** The microphone was taken away: it is asked for again when the page comes back into view. */
  #lost = false;
  readonly #givenBack: Timeout;

  constructor(options: LocalMicrophoneOptions, handler: LocalMicrophoneHandler) {
    this.#options = options;
    this.#handler = handler;
    this.#givenBack = new Timeout(options.timers);
    this.#request = options.request;
    this.#watching = options.visibility.onChange(() => this.#handleVisibility());
  }

  get track(): MicrophoneTrackLike | null {
    return this.#live?.track ?? null;
  }

  /** Opens the microphone unless it is open; settles when the browser has answered. Never rejects. */
  open(): Promise<void> {
    this.#wanted = true;
    this.#lost = false;
    if (this.#live === null) this.#handler.onState({ phase: 'asking' });
    return this.#settle();
  }

  close(): void {
    this.#wanted = false;
    this.#lost = false;
    this.#givenBack.clear();
    this.#drop();
    this.#handler.onState({ phase: 'off' });
  }

  /** Holds until it is changed, over every microphone to come. */
  setMuted(muted: boolean): void {
    this.#muted = muted;
    if (this.#live === null) return;
    this.#live.track.enabled = !muted;
    this.#showLive();
  }

  /** Exchanges an open microphone; the one before goes on until the new one stands. */
  setRequest(request: MicrophoneRequest): void {
    this.#request = request;
    if (this.#live !== null) void this.#settle();
  }

  /** The microphones there are now, by id: the requested one may be back. */
  handleDevices(ids: readonly string[]): void {
    const { deviceId } = this.#request;
    if (this.#live?.fellBack && deviceId !== null && ids.includes(deviceId)) void this.#exchange();
  }

  dispose(): void {
    this.#watching.dispose();
    this.close();
  }

  #settle(): Promise<void> {
    return this.#isSettled() ? (this.#working ?? Promise.resolve()) : this.#exchange();
  }

  #isSettled(): boolean {
    return this.#live !== null && isSameRequest(this.#live.request, this.#request);
  }

  #exchange(): Promise<void> {
    this.#working ??= this.#work();
    return this.#working;
  }

  /** Until the newest request has its answer. */
  async #work(): Promise<void> {
    let request: MicrophoneRequest;
    do {
      request = this.#request;
      await this.#fulfil(request);
    } while (this.#wanted && this.#request !== request && !this.#isSettled());
    this.#working = null;
  }

  async #fulfil(request: MicrophoneRequest): Promise<void> {
    const { microphone } = this.#options;
    const before = this.#live;
    let opened = await microphone.open(request);
    // Some browsers keep the first track's processing for a second one, or give a device to one track only.
    const inTheWay = opened.ok ? !opened.value.asRequested : opened.error === 'busy';
    if (inTheWay && this.#live !== null) {
      if (opened.ok) opened.value.track.stop();
      this.#drop();
      opened = await microphone.open(request);
    }
    if (!this.#wanted || opened.ok) {
      if (opened.ok) this.#use(opened.value.track, request, opened.value.fellBack);
      return;
    }
    if (this.#live === null && before !== null) {
      const again = await microphone.open(before.request);
      if (again.ok) this.#use(again.value.track, before.request, again.value.fellBack);
    }
    if (!this.#wanted) return;
    if (this.#live === null) this.#lose(opened.error, before !== null);
    else if (this.#request === request) {
      this.#request = this.#live.request;
      this.#handler.onRefused(opened.error, this.#request);
    }
  }

  #use(track: MicrophoneTrackLike, request: MicrophoneRequest, fellBack: boolean): void {
    if (!this.#wanted) {
      track.stop();
      return;
    }
    const before = this.#live;
    // Before anybody gets it: nobody comes back with an open microphone.
    track.enabled = !this.#muted;
    track.addEventListener('ended', this.#handleEnded);
    track.addEventListener('unmute', this.#handleUnmute);
    this.#live = { track, request, fellBack, sinceMs: this.#options.clock() };
    this.#handler.onTrack(track);
    if (before !== null) this.#release(before.track);
    this.#showLive();
  }

  #showLive(): void {
    this.#handler.onState({ phase: 'live', muted: this.#muted });
  }

  /** The device was unplugged, the permission withdrawn, or the system needs the microphone for itself. */
  readonly #handleEnded = (): void => {
    const live = this.#live;
    if (live === null) return;
    this.#drop();
    if (this.#working !== null) return;
    const early = this.#options.clock() - live.sinceMs < RESCUE_MIN_MS;
    if (early || this.#options.visibility.hidden) this.#lose('failed', true);
    else {
      this.#handler.onState({ phase: 'asking' });
      this.#working = this.#rescue(live.request);
    }
  };

  /** Once, with what the system would choose. */
  async #rescue(request: MicrophoneRequest): Promise<void> {
    const opened = await this.#options.microphone.open({ ...request, deviceId: null });
    this.#working = null;
    if (opened.ok) this.#use(opened.value.track, request, request.deviceId !== null);
    else if (this.#wanted) this.#lose(opened.error, true);
    if (this.#live !== null) await this.#settle();
  }

  /** @param again Whether it is asked for once more when the page comes back into view */
  #lose(reason: MicrophoneProblem, again: boolean): void {
    this.#lost = again;
    this.#handler.onState({ phase: 'none', reason });
  }

  readonly #handleUnmute = (): void => {
    this.#givenBack.clear();
    this.#handler.onGivenBack();
  };

  #handleVisibility(): void {
    this.#givenBack.clear();
    if (this.#options.visibility.hidden || !this.#wanted) return;
    const track = this.#live?.track;
    if (this.#lost && this.#working === null) void this.open();
    else if (track?.muted) {
      this.#givenBack.set(() => {
        if (this.#live?.track === track && track.muted) void this.#exchange();
      }, UNMUTE_MAX_MS);
    }
  }

  #drop(): void {
    const live = this.#live;
    if (live === null) return;
    this.#live = null;
    this.#handler.onTrack(null);
    this.#release(live.track);
  }

  #release(track: MicrophoneTrackLike): void {
    track.removeEventListener('ended', this.#handleEnded);
    track.removeEventListener('unmute', this.#handleUnmute);
    track.stop();
  }
}
