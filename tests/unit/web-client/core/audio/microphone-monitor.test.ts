import { beforeEach, describe, expect, it } from 'vitest';
import { MicrophoneMonitor } from '../../../../../web-client/core/audio/microphone-monitor.ts';
import type { MicrophoneHint } from '../../../../../web-client/core/state/audio-state.ts';
import { FakeTrack } from '../../../../support/call/fake-transceiver.ts';
import { FakeMeter, FakeVisibility } from '../../../../support/sound/fake-sound.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

const SPEECH = 0.05;
const BEGIN_DELAY_MS = 400;

let time: ManualTime;
let meter: FakeMeter;
let visibility: FakeVisibility;
let levels: number[];
let speaking: boolean[];
let hints: (MicrophoneHint | null)[];
let monitor: MicrophoneMonitor;
beforeEach(() => {
  time = new ManualTime();
  meter = new FakeMeter();
  visibility = new FakeVisibility();
  levels = [];
  speaking = [];
  hints = [];
  monitor = new MicrophoneMonitor(
    { meter, visibility, clock: time.clock, timers: time.timers },
    {
      onLevel: (level) => levels.push(level),
      onSpeaking: (isSpeaking) => speaking.push(isSpeaking),
      onHint: (hint) => hints.push(hint),
    },
  );
});

describe('the own level', () => {
  it('is read ten times a second while there is a microphone, and told where it changes', async () => {
    monitor.setTrack(new FakeTrack());
    meter.rms = SPEECH;
    await time.advance(BEGIN_DELAY_MS + 1_000);
    expect(levels).toHaveLength(1);
    expect(speaking).toEqual([true]);
    meter.rms = 0;
    await time.advance(1_000);
    expect(levels).toHaveLength(11);
    expect(speaking).toEqual([true, false]);
  });

  it('is read half as often in the call, where it tells speech alone, and falls as fast', async () => {
    monitor.setTrack(new FakeTrack());
    monitor.setInCall(true);
    meter.rms = SPEECH;
    await time.advance(BEGIN_DELAY_MS + 60_000);
    expect([meter.readings, speaking]).toEqual([300, [true]]);
    const [full = 0] = levels;
    meter.rms = 0;
    await time.advance(200);
    expect(levels.at(-1)).toBeCloseTo(full * 0.36, 6);
    monitor.setInCall(false);
    await time.advance(1_000);
    expect(meter.readings).toBe(310);
  });

  it('ends at nothing with the microphone', async () => {
    monitor.setTrack(new FakeTrack());
    meter.rms = SPEECH;
    await time.advance(1_000);
    monitor.setTrack(null);
    expect([levels.at(-1), speaking.at(-1)]).toEqual([0, false]);
    expect(meter.listening).toEqual([]);
    expect(time.pending).toBe(0);
  });

  it('follows another microphone, listening to one at a time', async () => {
    const tracks = [new FakeTrack('1'), new FakeTrack('2')];
    for (const track of tracks) {
      monitor.setTrack(track);
      await time.advance(BEGIN_DELAY_MS);
    }
    expect(meter.listening).toEqual([tracks[1]]);
    expect(time.pending).toBe(1);
  });

  it('is not read while the page is not seen', async () => {
    const track = new FakeTrack();
    monitor.setTrack(track);
    meter.rms = SPEECH;
    await time.advance(BEGIN_DELAY_MS + 100);
    expect(speaking).toEqual([true]);
    visibility.set(true);
    expect([levels.at(-1), speaking.at(-1)]).toEqual([0, false]);
    expect([meter.listening.length, time.pending]).toEqual([0, 0]);
    monitor.setTrack(track);
    expect(meter.listening).toEqual([]);
    visibility.set(false);
    await time.advance(BEGIN_DELAY_MS + 100);
    expect(speaking.at(-1)).toBe(true);
  });

  it('that cannot be read leads to no hint', async () => {
    monitor.setTrack(new FakeTrack());
    meter.rms = null;
    await time.advance(60_000);
    expect([levels, hints]).toEqual([[], []]);
  });

  it.each([0, BEGIN_DELAY_MS])('ends with the monitor, %s ms after its beginning', async (afterMs) => {
    monitor.setTrack(new FakeTrack());
    await time.advance(afterMs);
    monitor.dispose();
    visibility.set(false);
    expect([meter.listening.length, time.pending]).toEqual([0, 0]);
  });
});

it('a microphone just opened is listened to a little later, for connecting comes first', async () => {
  monitor.setTrack(new FakeTrack());
  expect(meter.listening).toEqual([]);
  await time.advance(BEGIN_DELAY_MS);
  expect(meter.listening).toHaveLength(1);
});

describe('hints', () => {
  it('come and go with muting, at once', async () => {
    monitor.setTrack(new FakeTrack());
    monitor.setMuted(true);
    meter.rms = SPEECH;
    await time.advance(BEGIN_DELAY_MS + 1_000);
    expect(hints).toEqual(['talking-muted']);
    monitor.setMuted(false);
    expect(hints).toEqual(['talking-muted', null]);
    await time.advance(100);
    expect(speaking).toEqual([true]);
    monitor.setMuted(true);
    expect(speaking).toEqual([true, false]);
  });

  it('do not outlive their microphone', async () => {
    monitor.setTrack(new FakeTrack());
    meter.rms = 0;
    await time.advance(BEGIN_DELAY_MS + 6_200);
    monitor.setTrack(new FakeTrack());
    expect(hints).toEqual(['silent', null]);
  });
});
