/** Owns the settings of sound: devices, what the browser does to the own voice, and sounds for events. */

import type { VoiceProcessing } from '../../core/state/audio-state.ts';
import type { PreferenceStore } from '../preferences/preference-store.ts';
import type { DevicesView } from './devices-view.ts';
import { isMusic, withMusic, withProcessing } from './music-mode.ts';
import type { SettingsForm } from './settings-form.ts';

export function soundSection(form: SettingsForm, preferences: PreferenceStore, devices: DevicesView) {
  const process = (change: Partial<VoiceProcessing>) => {
    const { value } = preferences;
    preferences.update(withProcessing(value, { ...value.audio.processing, ...change }));
  };
  const echo = form.switchRow('sound.echo', 'sound.echo.text', (on) => process({ echoCancellation: on }));
  const noise = form.switchRow('sound.noise', 'sound.noise.text', (on) => process({ noiseSuppression: on }));
  const gain = form.switchRow('sound.gain', 'sound.gain.text', (on) => process({ autoGainControl: on }));
  const music = form.switchRow('sound.music', 'sound.music.text', (on) =>
    preferences.update(withMusic(preferences.value, on)),
  );
  const cues = form.switchRow('sound.cues', 'sound.cues.text', (on) => preferences.update({ cues: on }));
  const rows = [echo, noise, gain, music, cues].map(({ element }) => element);
  return {
    element: form.section('sound.section', devices.element, ...rows),
    render: () => {
      const { audio, cues: cuesOn } = preferences.value;
      echo.show(audio.processing.echoCancellation);
      noise.show(audio.processing.noiseSuppression);
      gain.show(audio.processing.autoGainControl);
      music.show(isMusic(audio.processing));
      cues.show(cuesOn);
    },
  };
}
