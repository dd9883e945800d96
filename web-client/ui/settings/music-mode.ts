/** Owns "Music mode": the browser leaves the own sound as it is, and what was set before comes back afterwards. */

import type { VoiceProcessing } from '../../core/state/audio-state.ts';
import type { PagePreferences } from '../preferences/preference-store.ts';

const UNTOUCHED: VoiceProcessing = {
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
};

/** On is what has nothing on, however it came to be so. */
export function isMusic({ echoCancellation, noiseSuppression, autoGainControl }: VoiceProcessing): boolean {
  return !(echoCancellation || noiseSuppression || autoGainControl);
}

export function withMusic({ audio, speech }: PagePreferences, on: boolean): Partial<PagePreferences> {
  return withProcessing({ audio, speech }, on ? UNTOUCHED : speech);
}

/** Remembers what there was, unless that was music. */
export function withProcessing(
  { audio, speech }: Pick<PagePreferences, 'audio' | 'speech'>,
  processing: VoiceProcessing,
): Partial<PagePreferences> {
  return {
    audio: { ...audio, processing },
    speech: isMusic(audio.processing) ? speech : audio.processing,
  };
}
