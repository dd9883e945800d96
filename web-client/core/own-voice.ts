/** Owns the own microphone: asked for once at a time, muted as the person left it, closed when the call is over. */

import type { Result } from '../../main/common/result.ts';
import type { AudioTrackLike } from './browser-api.ts';
import type { MicrophoneProblem, MicrophoneState } from './room-state.ts';

/** Opens the own microphone; `web-client/media/microphone.ts` in a browser. */
export interface MicrophonePort {
  /** Asks the browser for the microphone; a second call while one is under way gets the same answer. */
  open(): Promise<Result<AudioTrackLike, MicrophoneProblem>>;
}

export interface OwnVoiceHandler {
  onState(state: MicrophoneState): void;
  /** The track to send; null: silence. */
  onTrack(track: AudioTrackLike | null): void;
}

export class OwnVoice {
  readonly #port: MicrophonePort;
  readonly #handler: OwnVoiceHandler;
  #wanted = false;
  #asking: Promise<void> | null = null;
  #track: AudioTrackLike | null = null;
  #muted = false;

  constructor(port: MicrophonePort, handler: OwnVoiceHandler) {
    this.#port = port;
    this.#handler = handler;
  }

  /** Opens the microphone unless it is open; settles when the browser has answered. Never rejects. */
  open(): Promise<void> {
    this.#wanted = true;
    if (this.#track !== null) return Promise.resolve();
    this.#handler.onState({ phase: 'asking' });
    this.#asking ??= this.#ask();
    return this.#asking;
  }

  close(): void {
    this.#wanted = false;
    this.#drop();
    this.#handler.onState({ phase: 'off' });
  }

  /** Holds until it is changed, over every microphone to come. */
  setMuted(muted: boolean): void {
    this.#muted = muted;
    if (this.#track === null) return;
    this.#track.enabled = !muted;
    this.#handler.onState({ phase: 'live', muted, hint: null });
  }

  async #ask(): Promise<void> {
    const opened = await this.#port.open();
    this.#asking = null;
    if (!this.#wanted) {
      if (opened.ok) opened.value.stop();
    } else if (opened.ok) {
      this.#use(opened.value);
    } else {
      this.#handler.onState({ phase: 'none', reason: opened.error });
    }
  }

  #use(track: AudioTrackLike): void {
    // Before anybody gets it: nobody comes back with an open microphone.
    track.enabled = !this.#muted;
    track.addEventListener('ended', this.#handleEnded);
    this.#track = track;
    this.#handler.onTrack(track);
    this.#handler.onState({ phase: 'live', muted: this.#muted, hint: null });
  }

  /** The device was unplugged, or the permission withdrawn. */
  readonly #handleEnded = (): void => {
    this.#drop();
    this.#handler.onState({ phase: 'none', reason: 'failed' });
  };

  #drop(): void {
    const track = this.#track;
    if (track === null) return;
    this.#track = null;
    track.removeEventListener('ended', this.#handleEnded);
    track.stop();
    this.#handler.onTrack(null);
  }
}
