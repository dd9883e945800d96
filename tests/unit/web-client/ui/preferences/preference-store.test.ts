import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openStorage } from '../../../../../web-client/ui/preferences/browser-storage.ts';
import {
  DEFAULT_PAGE_PREFERENCES,
  type PagePreferences,
  PreferenceStore,
  type PreferencesChange,
} from '../../../../../web-client/ui/preferences/preference-store.ts';
import { CrampedStorage } from '../../../../support/page/cramped-storage.ts';
import { KeptValues } from '../../../../support/page/kept-values.ts';

const KEY = 'secret-call.preferences';

const CHOSEN: PagePreferences = {
  name: 'Анна',
  joinMode: 'muted',
  audio: {
    microphoneId: 'headset',
    speakerId: 'speakers',
    processing: { echoCancellation: true, noiseSuppression: false, autoGainControl: false },
  },
  speech: { echoCancellation: false, noiseSuppression: true, autoGainControl: true },
  cues: false,
  pushToTalk: true,
  talkKey: 'KeyV',
  globalTalk: 'mute',
  globalKey: 'F9',
  stunServer: 'stun:stun.example.org:3478',
  hideAddress: true,
  language: 'ru',
  theme: 'light',
};

/** What is read where this is stored. */
function stored(value: unknown): PagePreferences {
  const storage = new KeptValues();
  storage.setItem(KEY, typeof value === 'string' ? value : JSON.stringify(value));
  return new PreferenceStore(storage).value;
}

describe('what was chosen', () => {
  it('comes back in the next visit', () => {
    const storage = new KeptValues();
    new PreferenceStore(storage).update(CHOSEN);
    expect(new PreferenceStore(storage).value).toEqual(CHOSEN);
  });

  it('is the default as long as nothing was', () => {
    expect(new PreferenceStore(new KeptValues()).value).toEqual(DEFAULT_PAGE_PREFERENCES);
  });

  it('lasts as long as the page where the storage refuses', () => {
    const storage = new KeptValues();
    storage.refuses = true;
    const preferences = new PreferenceStore(openStorage(() => storage));
    expect(preferences.value).toEqual(DEFAULT_PAGE_PREFERENCES);

    preferences.update({ cues: false });

    expect(preferences.value.cues).toBe(false);
  });

  it('is told with whether the storage took it', () => {
    const storage = new CrampedStorage();
    const preferences = new PreferenceStore(openStorage(() => storage));
    const heard: boolean[] = [];
    preferences.onChange(({ kept }) => heard.push(kept));
    preferences.update({ theme: 'dark' });
    storage.refused.add('setItem');
    preferences.update({ cues: false });
    storage.refused.delete('setItem');
    preferences.update({ pushToTalk: true });

    expect(heard).toEqual([true, false, true]);
    expect(new PreferenceStore(openStorage(() => storage)).value).toMatchObject({
      theme: 'dark',
      cues: false,
      pushToTalk: true,
    });
  });

  it('of another tab is left as it is there', () => {
    const storage = new KeptValues();
    const here = new PreferenceStore(storage);
    const there = new PreferenceStore(storage);
    there.update({ theme: 'dark' });
    here.update({ cues: false });

    expect(here.value.theme).toBe('system');
    expect(new PreferenceStore(storage).value).toMatchObject({ theme: 'dark', cues: false });
  });

  it('is told with what it was before', () => {
    const preferences = new PreferenceStore(new KeptValues());
    const changes: PreferencesChange[] = [];
    const listening = preferences.onChange((change) => changes.push(change));
    preferences.update({ cues: false });
    listening.dispose();
    preferences.update({ cues: true });

    expect(changes.map(({ before, after }) => [before.cues, after.cues])).toEqual([[true, false]]);
  });

  it('goes back to the defaults, but for name and join mode', () => {
    const storage = new KeptValues();
    const preferences = new PreferenceStore(storage);
    preferences.update(CHOSEN);
    preferences.reset();

    const { name, joinMode } = CHOSEN;
    expect(preferences.value).toEqual({ ...DEFAULT_PAGE_PREFERENCES, name, joinMode });
    expect(new PreferenceStore(storage).value).toEqual(preferences.value);
  });
});

describe('what is stored', () => {
  it.each([['{'], ['null'], ['[]'], ['7'], ['"text"'], ['']])(
    'and is no record is as if nothing was: %s',
    (text) => {
      expect(stored(text)).toEqual(DEFAULT_PAGE_PREFERENCES);
    },
  );

  it.each([
    ['name', 'A'.repeat(65), ''],
    ['name', 7, ''],
    ['joinMode', 'shout', 'talk'],
    ['joinMode', null, 'talk'],
    ['audio', 'loud', DEFAULT_PAGE_PREFERENCES.audio],
    [
      'speech',
      { echoCancellation: 'yes', noiseSuppression: false },
      { echoCancellation: true, noiseSuppression: false, autoGainControl: true },
    ],
    ['cues', 'false', true],
    ['pushToTalk', 1, false],
    ['talkKey', 'Tab', 'Space'],
    ['talkKey', '', 'Space'],
    ['talkKey', 'Key V', 'Space'],
    ['stunServer', 'turn:turn.example.org', null],
    ['stunServer', 'stun:', null],
    ['stunServer', ['stun:a'], null],
    ['hideAddress', 'true', false],
    ['language', 'de', null],
    ['theme', 'pink', 'system'],
    ['theme', 'constructor', 'system'],
  ])('and wrong in %s (%j) leaves the rest as it is', (field, value, read) => {
    expect(stored({ ...CHOSEN, [field]: value })).toEqual({ ...CHOSEN, [field]: read });
  });

  it('and wrong within the sound leaves the rest of the sound as it is', () => {
    const { processing } = CHOSEN.audio;
    const audio = { microphoneId: '', speakerId: 'x'.repeat(513), processing };
    expect(stored({ ...CHOSEN, audio }).audio).toEqual({ microphoneId: null, speakerId: null, processing });
  });

  it('never throws, whatever it is, and reads as itself once it was read', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.record(mapOf(CHOSEN), { requiredKeys: [] }), (anything, fields) => {
        for (const value of [anything, fields]) {
          const read = stored(value);
          expect(stored(read)).toEqual(read);
          expect(Object.keys(read).sort()).toEqual(Object.keys(DEFAULT_PAGE_PREFERENCES).sort());
        }
      }),
      { numRuns: 300 },
    );
  });
});

/** Each field of a record, with any value. */
function mapOf(record: object) {
  return Object.fromEntries(Object.keys(record).map((key) => [key, fc.jsonValue()]));
}
