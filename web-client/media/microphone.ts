/** Owns opening the microphone (getUserMedia), and turning the browser's refusals into codes. */

import { fail, ok } from '../../main/common/result.ts';
import { SerialQueue } from '../../main/common/timing/serial-queue.ts';
import type { MicrophoneProblem, VoiceProcessing } from '../core/state/audio-state.ts';
import type {
  MicrophoneAnswer,
  MicrophonePort,
  MicrophoneRequest,
} from '../core/waiting/early-microphone.ts';

/** Names of the DOMException that getUserMedia rejects with (W3C Media Capture and Streams, section 10.2). */
const PROBLEMS: Readonly<Record<string, MicrophoneProblem>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotFoundError: 'absent',
  OverconstrainedError: 'absent',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

/** Never asks twice at once: some phones then give the second caller a silent track. One for all the page. */
export class Microphone implements MicrophonePort {
  readonly #devices: Pick<MediaDevices, 'getUserMedia'>;
  readonly #queue = new SerialQueue();

  constructor(devices: Pick<MediaDevices, 'getUserMedia'>) {
    this.#devices = devices;
  }

  open(request: MicrophoneRequest): Promise<MicrophoneAnswer> {
    return this.#queue.run(() => this.#openOrFallBack(request));
  }

  async #openOrFallBack({ deviceId, processing }: MicrophoneRequest): Promise<MicrophoneAnswer> {
    const opened = await this.#ask(deviceId, processing);
    if (opened.ok || opened.error !== 'absent' || deviceId === null) return opened;
    const instead = await this.#ask(null, processing);
    return instead.ok ? ok({ ...instead.value, fellBack: true }) : instead;
  }

  async #ask(deviceId: string | null, processing: VoiceProcessing): Promise<MicrophoneAnswer> {
    const audio: MediaTrackConstraints = {
      ...processing,
      channelCount: { ideal: 1 },
      ...(deviceId === null ? {} : { deviceId: { exact: deviceId } }),
    };
    try {
      const [track] = (await this.#devices.getUserMedia({ audio })).getAudioTracks();
      if (track === undefined) return fail('absent');
      return ok({ track, asRequested: hasProcessing(track, processing), fellBack: false });
    } catch (error) {
      const name = error instanceof Error ? error.name : '';
      return fail(PROBLEMS[name] ?? 'failed');
    }
  }
}

/** What the browser does not tell counts as done. */
function hasProcessing(track: MediaStreamTrack, processing: VoiceProcessing): boolean {
  const settings: Readonly<Record<string, unknown>> = { ...track.getSettings() };
  return Object.entries(processing).every(
    ([name, requested]) => typeof settings[name] !== 'boolean' || settings[name] === requested,
  );
}
