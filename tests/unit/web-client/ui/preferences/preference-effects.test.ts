import { beforeEach, describe, expect, it } from 'vitest';
import {
  type AudioSettings,
  DEFAULT_AUDIO_SETTINGS,
} from '../../../../../web-client/core/state/audio-state.ts';
import { PreferenceEffects } from '../../../../../web-client/ui/preferences/preference-effects.ts';
import { PreferenceStore } from '../../../../../web-client/ui/preferences/preference-store.ts';
import { KeptValues } from '../../../../support/page/kept-values.ts';
import { ROOM } from '../../../../support/page/room-states.ts';

const HEADSET: AudioSettings = { ...DEFAULT_AUDIO_SETTINGS, microphoneId: 'headset' };

let told: unknown[][];
let preferences: PreferenceStore;
let effects: PreferenceEffects;

beforeEach(() => {
  told = [];
  preferences = new PreferenceStore(new KeptValues());
  effects = new PreferenceEffects({
    preferences,
    intents: {
      setAudioSettings: (settings) => told.push(['audio', settings]),
      setStunServer: (url) => told.push(['stun', url]),
      setAddressHidden: (hidden) => told.push(['hidden', hidden]),
      setMicrophoneMuted: (muted) => told.push(['muted', muted]),
    },
    setLanguage: (language) => told.push(['language', language]),
    setTheme: (theme) => told.push(['theme', theme]),
  });
});

const inCall = (settings: AudioSettings) => effects.render({ ...ROOM, audio: { ...ROOM.audio, settings } });

describe('a preference that changes', () => {
  it.each([
    [{ audio: HEADSET }, ['audio', HEADSET]],
    [{ stunServer: 'stun:a' }, ['stun', 'stun:a']],
    [{ hideAddress: true }, ['hidden', true]],
    [{ pushToTalk: true }, ['muted', true]],
    [{ globalTalk: 'talk' }, ['muted', true]],
    [{ language: 'ru' }, ['language', 'ru']],
    [{ theme: 'dark' }, ['theme', 'dark']],
  ] as const)('%j is told where it counts, once', (change, wish) => {
    preferences.update(change);
    preferences.update(change);
    expect(told).toEqual([wish]);
  });

  it('opens no microphone', () => {
    preferences.update({ pushToTalk: true });
    preferences.update({ pushToTalk: false });
    preferences.update({ globalTalk: 'mute' });
    preferences.update({ globalTalk: 'off' });
    expect(told).toEqual([['muted', true]]);
  });

  it('of no consequence for others is nothing to them', () => {
    preferences.update({ name: 'Anna', joinMode: 'listen', cues: false, talkKey: 'KeyV' });
    expect(told).toEqual([]);
  });
});

describe('what the call made of a choice', () => {
  it('is kept when it is another, and not wished for anew', () => {
    inCall(DEFAULT_AUDIO_SETTINGS);
    preferences.update({ audio: HEADSET });
    inCall(HEADSET);
    inCall(DEFAULT_AUDIO_SETTINGS);

    expect(preferences.value.audio).toEqual(DEFAULT_AUDIO_SETTINGS);
    expect(told).toEqual([['audio', HEADSET]]);
  });

  it('counts only once something changed there', () => {
    preferences.update({ audio: HEADSET });
    inCall(DEFAULT_AUDIO_SETTINGS);
    inCall({ ...DEFAULT_AUDIO_SETTINGS });

    expect(preferences.value.audio).toEqual(HEADSET);
  });
});
