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
beforeEach(() => {
  time = new ManualTime();
  voiceStart = new VoiceStart(time.timers);
  started = [];
});

/** Of these people, all about to be connected. */
const begin = (...names: string[]): FirstVoice[] => {
  const voices = names.map((name) => voiceStart.person(() => started.push(name)));
  for (const voice of voices) voice.begin();
  return voices;
};

describe('a voice', () => {
  it('never waits where nobody else is being connected', () => {
    const unmet = voiceStart.person(() => started.push('unmet'));
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
    expect(gleb?.waits).toBe(false);
    gleb?.stand();
    expect(started).toEqual(['boris', 'vera', 'gleb']);
    expect(time.pending).toBe(0);
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
