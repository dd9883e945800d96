/** Owns the effects of preferences: a change goes to the call, the language and the theme at once. */

import type { Language } from '../../../main/common/translate.ts';
import type { AudioSettings } from '../../core/state/audio-state.ts';
import type { RoomState } from '../../core/state/room-state.ts';
import type { PageIntents } from '../intents.ts';
import type { Theme } from '../shell/theme.ts';
import type { PreferenceStore, PreferencesChange } from './preference-store.ts';

export interface PreferenceEffectsOptions {
  readonly preferences: PreferenceStore;
  readonly intents: Pick<
    PageIntents,
    'setAudioSettings' | 'setStunServer' | 'setAddressHidden' | 'setMicrophoneMuted'
  >;
  /** null: as the browser is set. */
  readonly setLanguage: (language: Language | null) => void;
  readonly setTheme: (theme: Theme) => void;
}

export class PreferenceEffects {
  readonly #options: PreferenceEffectsOptions;
  #audio: AudioSettings | null = null;
  #following = false;

  constructor(options: PreferenceEffectsOptions) {
    this.#options = options;
    options.preferences.onChange((change) => this.#handleChange(change));
  }

  /** What the call could not do is not requested again the next time: a microphone, say, that would not open. */
  render({ audio: { settings } }: RoomState): void {
    const changed = this.#audio !== null && !isSame(this.#audio, settings);
    this.#audio = settings;
    if (!changed || isSame(settings, this.#options.preferences.value.audio)) return;
    this.#following = true;
    this.#options.preferences.update({ audio: settings });
    this.#following = false;
  }

  #handleChange({ before, after }: PreferencesChange): void {
    const { intents, setLanguage, setTheme } = this.#options;
    if (!isSame(before.audio, after.audio) && !this.#following) intents.setAudioSettings(after.audio);
    if (before.stunServer !== after.stunServer) intents.setStunServer(after.stunServer);
    if (before.hideAddress !== after.hideAddress) intents.setAddressHidden(after.hideAddress);
    const pushes = !before.pushToTalk && after.pushToTalk;
    const pushesEverywhere = before.globalTalk !== 'talk' && after.globalTalk === 'talk';
    // Never the other way: nobody is heard because of a switch in the settings.
    if (pushes || pushesEverywhere) intents.setMicrophoneMuted(true);
    if (before.language !== after.language) setLanguage(after.language);
    if (before.theme !== after.theme) setTheme(after.theme);
  }
}

function isSame(one: AudioSettings, other: AudioSettings): boolean {
  return JSON.stringify(inOrder(one)) === JSON.stringify(inOrder(other));
}

function inOrder({ microphoneId, speakerId, processing }: AudioSettings): readonly unknown[] {
  const { echoCancellation, noiseSuppression, autoGainControl } = processing;
  return [microphoneId, speakerId, echoCancellation, noiseSuppression, autoGainControl];
}
