import { describe, expect, it } from 'vitest';
import { DEFAULT_PAGE_PREFERENCES } from '../../../../../web-client/ui/preferences/preference-store.ts';
import { isMusic, withMusic, withProcessing } from '../../../../../web-client/ui/settings/music-mode.ts';

const NOTHING = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
const ECHO_ONLY = { ...NOTHING, echoCancellation: true };

describe('music mode', () => {
  it('is on only when nothing is done to the voice', () => {
    expect(isMusic(NOTHING)).toBe(true);
    for (const name of ['echoCancellation', 'noiseSuppression', 'autoGainControl'])
      expect(isMusic({ ...NOTHING, [name]: true }), name).toBe(false);
  });

  it('brings back what was set before', () => {
    const before = { ...DEFAULT_PAGE_PREFERENCES, ...withProcessing(DEFAULT_PAGE_PREFERENCES, ECHO_ONLY) };
    const music = { ...before, ...withMusic(before, true) };
    expect(music.audio.processing).toEqual(NOTHING);

    const again = { ...music, ...withMusic(music, true) };
    expect({ ...again, ...withMusic(again, false) }.audio.processing).toEqual(ECHO_ONLY);
  });

  it('brings back the last that was on when all was switched off one by one', () => {
    const one = { ...DEFAULT_PAGE_PREFERENCES, ...withProcessing(DEFAULT_PAGE_PREFERENCES, ECHO_ONLY) };
    const none = { ...one, ...withProcessing(one, NOTHING) };
    expect({ ...none, ...withMusic(none, false) }.audio.processing).toEqual(ECHO_ONLY);
  });

  it('leaves the devices alone', () => {
    const audio = { ...DEFAULT_PAGE_PREFERENCES.audio, microphoneId: 'headset' };
    expect(withMusic({ ...DEFAULT_PAGE_PREFERENCES, audio }, true).audio?.microphoneId).toBe('headset');
  });
});
