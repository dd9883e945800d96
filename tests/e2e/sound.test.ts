/** Owns the proof that sound settings are heard: two sessions in real Chromium, measured where sound leaves the page. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser/chromium.ts';
import { bundleSoundPage, SoundGuest } from '../support/sound/sound-guest.ts';
import { MICROPHONE_TONES_HZ } from '../support/sound/tone-microphones.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const [DEFAULT_HZ, FIRST_HZ, SECOND_HZ] = MICROPHONE_TONES_HZ;
const FAKE_DEVICE_HZ = 1_000;
const QUIET = 0.1;
const LOUD = 0.9;
/** Of an AudioContext: it plays, and the page was too busy to be told. */
const STARTED_BY_NOW_MS = 200;

/** One call for all, of Anna who speaks and Boris who listens: each test leaves volumes and devices as they were. */
describe.skipIf(chromium === null)('sound in Chromium', () => {
  let stage: Stage;
  let anna: SoundGuest;
  let boris: SoundGuest;
  let annasId: string;

  beforeAll(async () => {
    stage = await Stage.create();
    const [script, browser, { invite }] = await Promise.all([
      bundleSoundPage(),
      stage.browser(FAKE_DEVICE_HZ, chromium ?? ''),
      stage.host({ flags: ['--mode', '1x1'] }),
    ]);
    const profile = await SoundGuest.profile(browser);
    anna = await SoundGuest.open(profile, { script, invite, amplitude: QUIET });
    boris = await SoundGuest.open(profile, { script, invite, amplitude: QUIET });
  });
  afterAll(async () => {
    await Promise.all([anna.close(), boris.close()]);
    expect([...anna.faults, ...boris.faults]).toEqual([]);
    await stage.clear();
    await stage.end();
  });

  it('tests the speaker softly, before joining as well', async () => {
    await anna.wants('testSpeaker');
    expect(await anna.heardOnce()).toBeLessThan(0.15);
    await anna.wants('openMicrophone');
    await anna.showsLevel();
    await anna.wants('closeMicrophone');
    expect((await anna.state).microphone).toEqual({ phase: 'off' });
    expect(await anna.page.evaluate(() => window.levels.at(-1))).toBe(0);
  });

  describe('in a call', () => {
    beforeAll(async () => {
      await anna.wants('join', 'Anna', 'talk');
      await boris.wants('join', 'Boris', 'listen');
      const { participants } = await boris.waitFor(
        'the call of two',
        (state) => state.participants[0]?.trust === 'sealed',
      );
      annasId = participants[0]?.id ?? '';
    });

    it('comes at the volume chosen for the person, from silence to the double', async () => {
      const asItCame = await boris.hearsSteadily(DEFAULT_HZ, ({ by }) => by === 'element');
      expect(asItCame.peak).toBeCloseTo(QUIET, 1);

      await boris.wants('setVolume', annasId, 2);
      const double = await boris.hearsSteadily(DEFAULT_HZ, ({ by }) => by === 'graph');
      expect(double.levelDb - asItCame.levelDb).toBeCloseTo(6, 0);

      await boris.wants('setVolume', annasId, 0.5);
      const half = await boris.hearsSteadily(DEFAULT_HZ, ({ by }) => by === 'element');
      expect(half.levelDb - asItCame.levelDb).toBeCloseTo(-6, 0);

      await boris.wants('setVolume', annasId, 0);
      await boris.hearsNothing();
      await boris.wants('setVolume', annasId, 2);
      await boris.hears(DEFAULT_HZ);
      await boris.wants('setMutedHere', annasId, true);
      await boris.hearsNothing();
      await boris.wants('setMutedHere', annasId, false);
      const again = await boris.hearsSteadily(DEFAULT_HZ, ({ by }) => by === 'graph');
      expect(again.levelDb - double.levelDb).toBeCloseTo(0, 0);
      await boris.wants('setVolume', annasId, 1);
    });

    it('comes louder the next time, where it was to be no louder any more before the browser had told it is', async () => {
      await boris.page.evaluate(
        ([id, busyMs]) => {
          window.session.setVolume(id, 2);
          const endMs = performance.now() + busyMs;
          while (performance.now() < endMs);
          window.session.setVolume(id, 1);
        },
        [annasId, STARTED_BY_NOW_MS] as const,
      );
      await boris.hears(DEFAULT_HZ, ({ by }) => by === 'element');
      await boris.wants('setVolume', annasId, 2);
      await boris.hears(DEFAULT_HZ, ({ by }) => by === 'graph');
      await boris.wants('setVolume', annasId, 1);
    });

    it('of a loud voice at the double is limited, not clipped', async () => {
      await anna.speaksAt(LOUD);
      await boris.hears(DEFAULT_HZ, ({ peak }) => peak > 0.8);
      await boris.wants('setVolume', annasId, 2);
      const { peak } = await boris.hearsSteadily(DEFAULT_HZ, ({ by }) => by === 'graph');
      expect(peak).toBeGreaterThan(0.8);
      expect(peak).toBeLessThan(1);
      await anna.speaksAt(QUIET);
      await boris.wants('setVolume', annasId, 1);
    });

    it('needs one AudioContext, however often volumes change', async () => {
      for (let round = 0; round < 30; round++) {
        await boris.wants('setVolume', annasId, round % 2 === 0 ? 2 : 1);
        await boris.wants('testSpeaker');
      }
      await boris.hears(DEFAULT_HZ, ({ by }) => by === 'element');
      expect(await boris.page.evaluate(() => window.outputProbe.contexts())).toBe(1);
    });

    it('is let through while the key to talk is held, and the level and a hint show the muted voice', async () => {
      await boris.hears(DEFAULT_HZ);
      await anna.waitFor('speaking', ({ self }) => self.speaking);
      await anna.wants('setMicrophoneMuted', true);
      await boris.hearsNothing();
      await anna.waitFor(
        'the hint',
        ({ microphone }) => microphone.phase === 'live' && microphone.hint === 'talking-muted',
      );
      expect((await anna.state).self.speaking).toBe(false);
      await anna.showsLevel();
      await anna.wants('setTalkKeyHeld', true);
      await boris.hears(DEFAULT_HZ);
      await anna.wants('setTalkKeyHeld', false);
      await boris.hearsNothing();
      await anna.wants('setMicrophoneMuted', false);
      await boris.hears(DEFAULT_HZ);
    });

    it('comes from the microphone chosen in the call, and goes on from the first until it stands', async () => {
      await boris.hears(DEFAULT_HZ);
      const { audio } = await anna.waitFor('the devices', (state) => state.audio.microphones.length === 2);
      for (const [index, hertz] of [FIRST_HZ, SECOND_HZ].entries()) {
        const microphoneId = audio.microphones[index]?.id ?? '';
        await anna.wants('setAudioSettings', { ...audio.settings, microphoneId });
        await boris.hears(hertz);
      }
      await anna.wants('setAudioSettings', { ...audio.settings, microphoneId: 'gone' });
      await boris.hears(DEFAULT_HZ);
      expect((await anna.state).microphone).toMatchObject({ phase: 'live', muted: false });
      await anna.wants('setAudioSettings', audio.settings);
    });

    it('is processed or left alone as the switches say, live', async () => {
      const { settings } = (await anna.state).audio;
      const music = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
      await anna.speaksAt(null);
      await anna.wants('setAudioSettings', { ...settings, processing: music });
      const raw = await boris.hears(FAKE_DEVICE_HZ, ({ levelDb }) => levelDb > -25);
      await anna.wants('setAudioSettings', { ...settings, processing: { ...music, noiseSuppression: true } });
      await boris.hears(FAKE_DEVICE_HZ, ({ levelDb }) => levelDb < -35);
      await anna.wants('setAudioSettings', settings);
      const suppressed = await boris.hears(FAKE_DEVICE_HZ, ({ levelDb }) => levelDb < -35);
      expect(raw.levelDb - suppressed.levelDb).toBeGreaterThan(10);
      expect((await anna.state).audio.refused).toBeNull();
      await anna.speaksAt(QUIET);
      await anna.wants('setAudioSettings', { ...settings, processing: music });
      await boris.hears(DEFAULT_HZ);
      await anna.wants('setAudioSettings', settings);
      await boris.hears(DEFAULT_HZ);
    });

    it('of one who came in to listen begins when they change their mind', async () => {
      await anna.hearsNothing();
      expect((await boris.state).microphone).toEqual({ phase: 'off' });
      await boris.wants('retryMicrophone');
      await anna.hears(DEFAULT_HZ);
    });

    it('is heard as it came where the browser refuses to make it louder, and the person is told', async () => {
      await boris.page.evaluate(() => {
        const { createDynamicsCompressor } = BaseAudioContext.prototype;
        Object.assign(window, { createDynamicsCompressor });
        BaseAudioContext.prototype.createDynamicsCompressor = () => {
          throw new DOMException('refused', 'NotSupportedError');
        };
      });
      await boris.wants('setVolume', annasId, 2);
      await boris.hears(DEFAULT_HZ, ({ by }) => by === 'element');
      const { participants } = await boris.state;
      expect(participants[0]).toMatchObject({ volume: 1, volumeReach: 'plain' });
      await boris.page.evaluate(() => {
        const { createDynamicsCompressor } = window as unknown as BaseAudioContext;
        BaseAudioContext.prototype.createDynamicsCompressor = createDynamicsCompressor;
      });
      await boris.wants('unlockSound');
      await boris.hears(DEFAULT_HZ, ({ by }) => by === 'graph');
      expect((await boris.state).participants[0]).toMatchObject({ volume: 2, volumeReach: 'full' });
      await boris.wants('setVolume', annasId, 1);
    });

    it('goes to the speaker chosen, whichever way it takes', async () => {
      await boris.hears(DEFAULT_HZ, ({ speaker }) => speaker === '');
      const { audio } = await boris.waitFor('the devices', (state) => state.audio.speakers.length === 2);
      const speakerId = audio.speakers[1]?.id ?? '';
      await boris.wants('setAudioSettings', { ...audio.settings, speakerId });
      await boris.hears(DEFAULT_HZ, ({ by, speaker }) => by === 'element' && speaker === speakerId);
      await boris.wants('setVolume', annasId, 2);
      await boris.hears(DEFAULT_HZ, ({ by, speaker }) => by === 'graph' && speaker === speakerId);
      await boris.wants('setAudioSettings', { ...audio.settings, speakerId: 'gone' });
      await boris.hears(DEFAULT_HZ, ({ speaker }) => speaker === '');
    });
  });
});
