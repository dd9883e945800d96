/** Owns asking for the microphone inside the tap on Join, also where the code that uses it is still to come. */

import type { Result } from '../../../main/common/result.ts';
import type { MicrophoneTrackLike } from '../browser-api.ts';
import type { AudioSettings, MicrophoneProblem, VoiceProcessing } from '../state/audio-state.ts';

/** Which microphone is to be opened, and with what processing. */
export interface MicrophoneRequest {
  /** null: the system's own choice. */
  readonly deviceId: string | null;
  readonly processing: VoiceProcessing;
}

export interface OpenedMicrophone {
  readonly track: MicrophoneTrackLike;
  /** false: the browser kept the processing of a track that was open already. */
  readonly asRequested: boolean;
  /** The requested device is gone; this is the system's own choice. */
  readonly fellBack: boolean;
}

export type MicrophoneAnswer = Result<OpenedMicrophone, MicrophoneProblem>;

/** Opens the own microphone; `web-client/media/microphone.ts` in a browser. */
export interface MicrophonePort {
  /** Asks the browser, never twice at once: a call waits until the one before has its answer. Never rejects. */
  open(request: MicrophoneRequest): Promise<MicrophoneAnswer>;
}

export function requestOf({ microphoneId, processing }: AudioSettings): MicrophoneRequest {
  return { deviceId: microphoneId, processing };
}

export function isSameRequest(a: MicrophoneRequest, b: MicrophoneRequest): boolean {
  return (
    a.deviceId === b.deviceId &&
    a.processing.echoCancellation === b.processing.echoCancellation &&
    a.processing.noiseSuppression === b.processing.noiseSuppression &&
    a.processing.autoGainControl === b.processing.autoGainControl
  );
}

/** Whoever takes it up opens it, muted or not. */
function closed(answer: MicrophoneAnswer): MicrophoneAnswer {
  if (answer.ok) answer.value.track.enabled = false;
  return answer;
}

interface Asked {
  readonly request: MicrophoneRequest;
  readonly answer: Promise<MicrophoneAnswer>;
  wanted: boolean;
  refused: boolean;
}

/** The microphone of the page, of which the first answer may have been asked for ahead. */
export class EarlyMicrophone implements MicrophonePort {
  readonly #microphone: MicrophonePort;
  #asked: Asked | null = null;

  constructor(microphone: MicrophonePort) {
    this.#microphone = microphone;
  }

  /** Asks now: who opens the same then gets this answer. One that was refused is asked for again. */
  ask(request: MicrophoneRequest): Promise<MicrophoneAnswer> {
    const pending = this.#asked;
    if (pending !== null && !pending.refused && isSameRequest(pending.request, request)) {
      pending.wanted = true;
      return pending.answer;
    }
    this.giveUp();
    const answer = this.#microphone.open(request).then(closed);
    const asked: Asked = { request, answer, wanted: true, refused: false };
    this.#asked = asked;
    void answer.then(({ ok }) => {
      asked.refused = !ok;
    });
    return answer;
  }

  open(request: MicrophoneRequest): Promise<MicrophoneAnswer> {
    const asked = this.#asked;
    if (asked === null || !isSameRequest(asked.request, request)) {
      this.giveUp();
      return this.#microphone.open(request);
    }
    asked.wanted = true;
    this.#asked = null;
    return asked.answer;
  }

  /** Nobody wants what was asked for ahead. While the browser is still asking, one may want it again. */
  giveUp(): void {
    const asked = this.#asked;
    if (asked === null) return;
    asked.wanted = false;
    void asked.answer.then((answer) => {
      if (asked.wanted) return;
      if (this.#asked === asked) this.#asked = null;
      if (answer.ok) answer.value.track.stop();
    });
  }
}
