import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fail, ok } from '../../../../main/common/result.ts';
import { JOINING_MONITOR_DELAY_MS } from '../../../../web-client/core/audio/microphone-monitor.ts';
import { Mesh } from '../../../../web-client/core/mesh/mesh.ts';
import type { AudioSettings } from '../../../../web-client/core/state/audio-state.ts';
import { type CallPage, CallWorld } from '../../../support/call/call-world.ts';
import { FakeTrack } from '../../../support/call/fake-transceiver.ts';
import { settle } from '../../../support/time/manual-time.ts';

const MICROPHONES = [
  { id: 'built-in', label: 'Built-in' },
  { id: 'headset', label: 'Headset' },
];
const SPEAKERS = [{ id: 'loud', label: 'Loudspeaker' }];
const SPEECH = 0.05;

let world: CallWorld;
beforeEach(() => {
  world = new CallWorld();
});
afterEach(async () => {
  world.dispose();
  await settle();
  const left = world.pages.flatMap(({ tracks, meter }) => [
    ...tracks.filter(({ stopped }) => !stopped),
    ...meter.listening,
  ]);
  expect(left).toEqual([]);
});

async function joinTwo(): Promise<readonly [CallPage, CallPage]> {
  const pages = [await world.join('Anna'), await world.join('Boris')] as const;
  await world.until('both are sealed', () => world.allSealed());
  return pages;
}

const sentBy = (page: CallPage) => page.connections[0]?.getTransceivers()[0]?.track;
const withSettings = (page: CallPage, changes: Partial<AudioSettings>) =>
  page.session.setAudioSettings({ ...page.state.audio.settings, ...changes });

describe('before joining', () => {
  it('the microphone can be looked at, and joining keeps it without a second question', async () => {
    const anna = world.open('Anna');
    anna.meter.rms = SPEECH;
    anna.session.openMicrophone();
    await world.pass(1_000);
    expect(anna.state).toMatchObject({ call: 'out', microphone: { phase: 'live' } });
    expect(anna.levels.at(-1)).toBeGreaterThan(0);
    anna.session.join('Anna');
    await world.join('Boris');
    await world.until('both are sealed', () => world.allSealed());
    expect(anna.wishes).toHaveLength(1);
    expect(sentBy(anna)).toBe(anna.tracks[0]);
    expect(anna.states.some(({ call, microphone }) => call !== 'out' && microphone.phase !== 'live')).toBe(
      false,
    );
  });

  it('nothing of the look is handed to be sent', async () => {
    const setTrack = vi.spyOn(Mesh.prototype, 'setTrack');
    const anna = world.open('Anna');
    await world.until('Anna has her keys', () => anna.id !== '');
    anna.session.openMicrophone();
    await settle();
    expect(setTrack.mock.calls.filter(([track]) => track !== null)).toEqual([]);
    anna.session.join('Anna');
    expect(setTrack).toHaveBeenLastCalledWith(anna.tracks[0]);
    setTrack.mockRestore();
  });

  it('the look ends, and does nothing to a call', async () => {
    const [anna] = await joinTwo();
    anna.session.closeMicrophone();
    expect(anna.state.microphone.phase).toBe('live');
    anna.session.leave();
    anna.session.openMicrophone();
    await settle();
    anna.session.closeMicrophone();
    expect(anna.state.microphone).toEqual({ phase: 'off' });
    expect(anna.tracks.map(({ stopped }) => stopped)).toEqual([true, true]);
  });

  it('a microphone that was open before the page had its keys is sent', async () => {
    const anna = world.open('Anna');
    anna.session.join('Anna');
    await settle();
    expect([anna.id, anna.tracks.length]).toEqual(['', 1]);
    await world.join('Boris');
    await world.until('both are sealed', () => world.allSealed());
    expect(sentBy(anna)).toBe(anna.tracks[0]);
  });
});

describe('coming in', () => {
  it('muted: nobody ever gets an open track', async () => {
    const boris = await world.join('Boris');
    const anna = world.open('Anna');
    const enabled: boolean[] = [];
    const granted = anna.answer;
    anna.answer = async () => {
      const answer = await granted();
      if (answer.ok) anna.session.onState(() => enabled.push(answer.value.enabled));
      return answer;
    };
    anna.session.join('Anna', 'muted');
    await world.until('both are sealed', () => world.allSealed());
    expect(anna.state.microphone).toEqual({ phase: 'live', muted: true, hint: null });
    expect(sentBy(anna)).toBe(anna.tracks[0]);
    expect(enabled).not.toContain(true);
    expect(boris.heard.has(anna.id)).toBe(true);
  });

  it('muted closes what was open for the look, before it is sent', async () => {
    const anna = await world.openReady('Anna');
    anna.session.openMicrophone();
    await settle();
    anna.session.join('Anna', 'muted');
    expect(anna.tracks[0]?.enabled).toBe(false);
  });

  it('to talk after having come in muted is open; after the button it is not', async () => {
    const anna = await world.openReady('Anna');
    await anna.join('Anna', 'muted');
    anna.session.leave();
    await anna.join('Anna', 'talk');
    expect(anna.state.microphone).toMatchObject({ muted: false });
    anna.session.setMicrophoneMuted(true);
    anna.session.leave();
    await anna.join('Anna', 'muted');
    anna.session.leave();
    await anna.join('Anna', 'talk');
    expect(anna.state.microphone).toMatchObject({ muted: true });
  });

  it('to listen asks for nothing, closes what is open, and can change its mind', async () => {
    await world.join('Boris');
    const anna = await world.openReady('Anna');
    anna.session.openMicrophone();
    await settle();
    anna.session.join('Anna', 'listen');
    expect(anna.tracks[0]?.stopped).toBe(true);
    await world.until('both are sealed', () => world.allSealed());
    expect(anna.state.microphone).toEqual({ phase: 'off' });
    expect(sentBy(anna)).toBeNull();
    expect(anna.wishes).toHaveLength(1);
    anna.session.openMicrophone();
    expect(anna.wishes).toHaveLength(1);
    await anna.retryMicrophone();
    expect(sentBy(anna)).toBe(anna.tracks[1]);
  });
});

describe('the key to talk', () => {
  it('opens the microphone while held, and the state says so', async () => {
    const [anna] = await joinTwo();
    anna.session.setMicrophoneMuted(true);
    anna.session.setTalkKeyHeld(true);
    anna.session.setTalkKeyHeld(true);
    expect(anna.tracks[0]?.enabled).toBe(true);
    expect(anna.state.microphone).toMatchObject({ muted: false });
    anna.session.setTalkKeyHeld(false);
    await world.pass(200);
    expect(anna.tracks[0]?.enabled).toBe(false);
    expect(anna.state.microphone).toMatchObject({ muted: true });
  });

  it('held while leaving is no open microphone on coming back', async () => {
    const [anna] = await joinTwo();
    anna.session.setMicrophoneMuted(true);
    anna.session.setTalkKeyHeld(true);
    anna.session.leave();
    await anna.join('Anna');
    expect(anna.tracks[1]?.enabled).toBe(false);
  });
});

describe('the settings', () => {
  it('exchange the microphone in the call', async () => {
    const [anna] = await joinTwo();
    const processing = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
    withSettings(anna, { microphoneId: 'headset', processing });
    await settle();
    expect(anna.wishes.at(-1)).toEqual({ deviceId: 'headset', processing });
    expect(sentBy(anna)).toBe(anna.tracks[1]);
    expect(anna.tracks.map(({ stopped }) => stopped)).toEqual([true, false]);
    expect(anna.state.audio.settings).toMatchObject({ microphoneId: 'headset', processing });
    expect(anna.connections[0]?.made.offer ?? 0).toBeLessThanOrEqual(1);
  });

  it('that cannot be had are taken back with the reason, until the next change', async () => {
    const [anna] = await joinTwo();
    const granted = anna.answer;
    anna.answer = async () => fail('failed');
    withSettings(anna, { microphoneId: 'headset' });
    await settle();
    expect(anna.state.audio).toMatchObject({ settings: { microphoneId: null }, refused: 'failed' });
    expect(anna.state.microphone).toEqual({ phase: 'live', muted: false, hint: null });
    anna.answer = granted;
    withSettings(anna, { microphoneId: 'headset' });
    await settle();
    expect(anna.state.audio).toMatchObject({ settings: { microphoneId: 'headset' }, refused: null });
  });

  it('wait where no microphone is open', async () => {
    const anna = world.open('Anna');
    withSettings(anna, { microphoneId: 'headset' });
    expect(anna.wishes).toEqual([]);
    await anna.join('Anna');
    expect(anna.wishes.map(({ deviceId }) => deviceId)).toEqual(['headset']);
  });

  it('choose the speaker once it is there, and the system’s own while it is not', async () => {
    const anna = await world.openReady('Anna');
    withSettings(anna, { speakerId: 'loud' });
    await settle();
    expect(anna.speakerId).toBeNull();
    anna.devices.change({ speakers: SPEAKERS });
    await settle();
    expect(anna.speakerId).toBe('loud');
    anna.devices.change({ speakers: [] });
    await settle();
    expect(anna.speakerId).toBeNull();
    expect(anna.state.audio.settings.speakerId).toBe('loud');
  });
});

describe('the devices', () => {
  it('are listed with the code of the call, after the permission and on each change', async () => {
    const anna = await world.openReady('Anna');
    await settle();
    expect(anna.state.audio.microphones).toEqual([]);
    anna.devices.present = { microphones: MICROPHONES.slice(0, 1), speakers: [] };
    await anna.join('Anna');
    await settle();
    expect(anna.state.audio.microphones).toEqual([]);
    await world.time.advance(JOINING_MONITOR_DELAY_MS);
    expect(anna.state.audio.microphones).toEqual(MICROPHONES.slice(0, 1));
    anna.devices.change({ microphones: MICROPHONES, speakers: SPEAKERS });
    await settle();
    expect(anna.state.audio).toMatchObject({ microphones: MICROPHONES, speakers: SPEAKERS });
    const before = anna.state.audio;
    anna.devices.change({ microphones: MICROPHONES.map((device) => ({ ...device })) });
    await settle();
    expect(anna.state.audio).toBe(before);
  });

  it('listed late do not undo a newer list', async () => {
    const anna = await world.openReady('Anna');
    await settle();
    let answerFirst = () => {};
    const list = anna.devices.list;
    anna.devices.list = () =>
      new Promise((resolve) => (answerFirst = () => resolve({ microphones: [], speakers: [] })));
    anna.devices.change({});
    anna.devices.list = list;
    anna.devices.change({ microphones: MICROPHONES });
    await settle();
    answerFirst();
    await settle();
    expect(anna.state.audio.microphones).toEqual(MICROPHONES);
  });
});

describe('the own voice', () => {
  it('is shown as speaking, but not while muted, and a hint says so', async () => {
    const [anna] = await joinTwo();
    anna.meter.rms = SPEECH;
    await world.pass(1_000);
    expect(anna.meter.listening).toEqual([]);
    await world.pass(JOINING_MONITOR_DELAY_MS - 800);
    expect(anna.state.self.speaking).toBe(true);
    anna.session.setMicrophoneMuted(true);
    expect(anna.state.self.speaking).toBe(false);
    await world.pass(1_000);
    expect(anna.state.microphone).toEqual({ phase: 'live', muted: true, hint: 'talking-muted' });
    anna.session.setMicrophoneMuted(false);
    expect(anna.state.microphone).toEqual({ phase: 'live', muted: false, hint: null });
  });

  it('that goes on changes nothing in the state', async () => {
    const [anna] = await joinTwo();
    anna.meter.rms = SPEECH;
    await world.pass(JOINING_MONITOR_DELAY_MS + 900);
    const before = anna.state;
    anna.meter.rms = 2 * SPEECH;
    await world.pass(1_000);
    expect(anna.state).toBe(before);
    expect(anna.levels.length).toBeGreaterThan(1);
  });

  it('of a dead microphone is missed', async () => {
    const [anna] = await joinTwo();
    anna.meter.rms = 0;
    await world.pass(JOINING_MONITOR_DELAY_MS);
    withSettings(anna, { microphoneId: 'headset' });
    await world.pass(7_000);
    expect(anna.state.microphone).toMatchObject({ hint: 'silent' });
    anna.meter.rms = SPEECH;
    await world.pass(200);
    expect(anna.state.microphone).toMatchObject({ hint: null });
  });
});

describe('an interruption', () => {
  it('that is over starts what was stopped', async () => {
    const [anna] = await joinTwo();
    const before = anna.unlocks;
    anna.tracks[0]?.interrupt(true);
    anna.visibility.set(true);
    expect(anna.unlocks).toBe(before);
    anna.visibility.set(false);
    anna.tracks[0]?.interrupt(false);
    expect(anna.unlocks).toBe(before + 2);
  });

  it('that ended the track is over when the page is seen again', async () => {
    const [anna] = await joinTwo();
    await world.pass(4_000);
    anna.session.setMicrophoneMuted(true);
    anna.visibility.set(true);
    anna.tracks[0]?.end();
    expect(sentBy(anna)).toBeNull();
    anna.visibility.set(false);
    await settle();
    expect(sentBy(anna)).toBe(anna.tracks[1]);
    expect(anna.tracks[1]?.enabled).toBe(false);
  });
});

describe('a person’s volume', () => {
  it('is applied and shown, and holds for the name after a reload', async () => {
    const [anna, boris] = await joinTwo();
    anna.session.setVolume(boris.id, 1.5);
    anna.session.setMutedHere(boris.id, true);
    expect(anna.state.participants[0]).toMatchObject({ volume: 1.5, mutedHere: true });
    expect(anna.volumes.get(boris.id)).toBe(1.5);
    boris.session.dispose();
    await world.until('Anna is alone', () => anna.state.participants.length === 0);
    const again = await world.join('BORIS');
    await world.until('the two are sealed', () => world.allSealed([anna, again]));
    expect(again.id).not.toBe(boris.id);
    expect(anna.state.participants[0]).toMatchObject({ volume: 1.5, mutedHere: true });
    expect([anna.volumes.get(again.id), anna.mutedHere.get(again.id)]).toEqual([1.5, true]);
  });
});

describe('a volume that the browser does not give', () => {
  it('is told of the person, and is heard again as soon as it can be', async () => {
    const [anna, boris] = await joinTwo();
    anna.session.setVolume(boris.id, 2);
    anna.tellReach(boris.id, 'plain');
    expect(anna.state.participants[0]).toMatchObject({ volume: 1, volumeReach: 'plain' });
    anna.tellReach(boris.id, 'full');
    expect(anna.state.participants[0]).toMatchObject({ volume: 2, volumeReach: 'full' });
  });
});

describe('cues', () => {
  it('are played as asked', async () => {
    const anna = await world.openReady('Anna');
    anna.session.testSpeaker();
    anna.session.playCue('joined');
    expect(anna.cues.played).toEqual(['test', 'joined']);
  });
});

it('a track that comes after the call is over is closed', async () => {
  const anna = await world.openReady('Anna');
  const track = new FakeTrack();
  let allow = () => {};
  anna.answer = () => new Promise((resolve) => (allow = () => resolve(ok(track))));
  anna.session.openMicrophone();
  anna.session.dispose();
  allow();
  await settle();
  expect(track.stopped).toBe(true);
});
