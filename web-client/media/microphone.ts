/** Owns asking the browser for the microphone, and turning its refusals into codes. */

import { fail, ok, type Result } from '../../main/common/result.ts';
import type { MicrophonePort } from '../core/own-voice.ts';
import type { MicrophoneProblem } from '../core/room-state.ts';

const CONSTRAINTS: MediaStreamConstraints = {
  audio: {
    echoCancellation: true,
    noiseSuppression: true,
    autoGainControl: true,
    channelCount: { ideal: 1 },
  },
};

/** Names of the DOMException that getUserMedia rejects with (W3C Media Capture and Streams, section 10.2). */
const PROBLEMS: Readonly<Record<string, MicrophoneProblem>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'absent',
  OverconstrainedError: 'absent',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Never asks twice at once: some phones then give the second caller a silent track. */
export class Microphone implements MicrophonePort {
  readonly #devices: Pick<MediaDevices, 'getUserMedia'>;
  #asking: Promise<Result<MediaStreamTrack, MicrophoneProblem>> | null = null;

  constructor(devices: Pick<MediaDevices, 'getUserMedia'>) {
    this.#devices = devices;
  }

  open(): Promise<Result<MediaStreamTrack, MicrophoneProblem>> {
    this.#asking ??= this.#ask().finally(() => {
      this.#asking = null;
    });
    return this.#asking;
  }

  async #ask(): Promise<Result<MediaStreamTrack, MicrophoneProblem>> {
    try {
      const [track] = (await this.#devices.getUserMedia(CONSTRAINTS)).getAudioTracks();
      return track ? ok(track) : fail('absent');
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      return fail(PROBLEMS[name] ?? 'failed');
    }
  }
}
