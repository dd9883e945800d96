import { beforeEach, describe, expect, it } from 'vitest';
import {
  type FirstVoice,
  VOICE_START_LATEST_MS,
  VoiceStart,
} from '../../../../../web-client/core/peer/voice-start.ts';
import { ManualTime } from '../../../../support/time/manual-time.ts';

let time: ManualTime;
let voiceStart: VoiceStart;
let started: string[];
let told: string[];
beforeEach(() => {
  time = new ManualTime();
  voiceStart = new VoiceStart(time);
  started = [];
  told = [];
});

const person = (name: string): FirstVoice =>
  voiceStart.person({ onReady: () => told.push(name), onStart: () => started.push(name) });

/** Of these people, all about to be connected. */
const begin = (...names: string[]): FirstVoice[] => {
  const voices = names.map(person);
  for (const voice of voices) voice.begin();
  return voices;
};

describe('a voice', () => {
  it('never waits where nobody else is being connected', () => {
    voiceStart.noteComing();
    const unmet = person('unmet');
    const [boris] = begin('boris');
    expect([unmet.waits, boris?.waits]).toEqual([false, false]);
    boris?.stand();
    expect(started).toEqual(['boris']);
    expect(time.pending).toBe(0);
  });

  it('waits for all who are being connected at the same time, and all start together', () => {
    const [boris, vera, gleb] = begin('boris', 'vera', 'gleb');
    expect([boris, vera, gleb].map((voice) => voice?.waits)).toEqual([true, true, true]);
    vera?.stand();
    boris?.stand();
    expect(started).toEqual([]);
    gleb?.stand();
    expect(started).toEqual(['boris', 'vera', 'gleb']);
    expect(time.pending).toBe(0);
  });

  it('waits beside who stands, for that voice has not started either', () => {
    const [boris] = begin('boris', 'nobody');
    boris?.stand();
    const [vera] = begin('vera');
    expect(vera?.waits).toBe(true);
  });

  it('does not wait for who was connected before', () => {
    const [boris] = begin('boris');
    boris?.stand();
    const [vera] = begin('vera');
    expect(vera?.waits).toBe(false);
  });

  it('starts once the last who was waited for is gone', () => {
    const [boris, vera] = begin('boris', 'vera');
    boris?.stand();
    vera?.dispose();
    expect(started).toEqual(['boris']);
    expect(time.pending).toBe(0);
  });

  it('waits no longer than that for who is never reached', async () => {
    const [boris] = begin('boris', 'nobody');
    boris?.stand();
    await time.advance(VOICE_START_LATEST_MS - 1);
    expect(started).toEqual([]);
    await time.advance(1);
    expect(started).toContain('boris');
  });

  it('does not wait for who is not reached in that time', async () => {
    begin('nobody');
    await time.advance(VOICE_START_LATEST_MS);
    const [vera] = begin('vera');
    expect(vera?.waits).toBe(false);
  });

  it('waits no longer either while others come all the time', async () => {
    const [boris] = begin('boris', 'nobody');
    boris?.stand();
    for (let passedMs = 0; passedMs < VOICE_START_LATEST_MS; passedMs += 100) {
      begin(`guest after ${passedMs} ms`);
      await time.advance(100);
    }
    expect(started).toContain('boris');
  });

  it('waits anew where the person left and comes again beside others', () => {
    const [boris] = begin('boris', 'vera');
    boris?.dispose();
    expect(boris?.waits).toBe(false);
    boris?.begin();
    expect(boris?.waits).toBe(true);
  });
});

describe('who is being connected', () => {
  it('is told once all stand who are being connected at the same time, each once', () => {
    const [boris, vera] = begin('boris', 'vera');
    boris?.stand();
    expect([told, boris?.ready]).toEqual([[], false]);
    vera?.stand();
    boris?.stand();
    expect(told).toEqual(['boris', 'vera']);
    expect([boris, vera].map((voice) => voice?.ready)).toEqual([true, true]);
  });

  it('is told in time where somebody is never reached', async () => {
    const [boris] = begin('boris', 'nobody');
    boris?.stand();
    await time.advance(VOICE_START_LATEST_MS);
    expect(told).toEqual(['boris', 'nobody']);
    expect(boris?.ready).toBe(true);
  });

  it('may be told where nothing is begun, and not while it is begun again beside others', () => {
    const boris = person('boris');
    expect(boris.ready).toBe(true);
    const [vera] = begin('vera');
    boris.begin();
    expect(boris.ready).toBe(false);
    boris.stand();
    vera?.stand();
    expect(told).toEqual(['vera', 'boris']);
    boris.begin();
    begin('gleb');
    expect(boris.ready).toBe(false);
  });
});

describe('voices of several who come at once', () => {
  it('wait until each of them told that they are connected as well', () => {
    voiceStart.noteComing();
    const [boris, vera] = begin('boris', 'vera');
    vera?.noteReady();
    boris?.stand();
    vera?.stand();
    expect([told, started]).toEqual([['boris', 'vera'], []]);
    boris?.noteReady();
    expect(started).toEqual(['boris', 'vera']);
    expect(time.pending).toBe(0);
  });

  it('wait for what is told of this coming, not of one before', () => {
    const [boris] = begin('boris');
    boris?.noteReady();
    boris?.dispose();
    voiceStart.noteComing();
    boris?.begin();
    const [vera] = begin('vera');
    vera?.noteReady();
    boris?.stand();
    vera?.stand();
    expect(started).not.toContain('vera');
  });

  it('wait no longer than that for who tells nothing', async () => {
    voiceStart.noteComing();
    const [boris, vera] = begin('boris', 'vera');
    boris?.stand();
    vera?.stand();
    await time.advance(VOICE_START_LATEST_MS - 1);
    expect(started).toEqual([]);
    await time.advance(1);
    expect(started).toEqual(['boris', 'vera']);
  });

  it('do not wait for a word where the last one came that long ago', async () => {
    voiceStart.noteComing();
    await time.advance(VOICE_START_LATEST_MS);
    const [boris, vera] = begin('boris', 'vera');
    boris?.stand();
    vera?.stand();
    expect(started).toEqual(['boris', 'vera']);
  });
});
