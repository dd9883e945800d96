import { describe, expect, it } from 'vitest';
import {
  type VoiceActivity,
  VoiceActivityDetector,
} from '../../../../../web-client/core/audio/voice-activity.ts';

const SPEECH = 0.05;
const ROOM = 0.001;
/** What noise suppression leaves of a quiet room. */
const SUPPRESSED = 10 ** (-90 / 20);
const READING_MS = 100;

function listener(detector = new VoiceActivityDetector()) {
  let nowMs = 5_000;
  let heard: VoiceActivity = { level: 0, speaking: false, hint: null };
  const analyse = (rms: number, forMs: number, muted = false): VoiceActivity => {
    for (let passedMs = 0; passedMs < forMs; passedMs += READING_MS) {
      nowMs += READING_MS;
      heard = detector.analyse(rms, muted, nowMs);
    }
    return heard;
  };
  const miss = (ms: number) => {
    nowMs += ms;
  };
  return { analyse, miss };
}

describe('the level', () => {
  it('goes from nothing to full in steps even for the ear, and falls softly', () => {
    const levelOf = (rms: number) => new VoiceActivityDetector().analyse(rms, false, 0).level;
    expect(levelOf(0)).toBe(0);
    expect(levelOf(0.001)).toBe(0);
    expect(levelOf(1)).toBe(1);
    expect(levelOf(0.02) - levelOf(0.01)).toBeCloseTo(levelOf(0.2) - levelOf(0.1), 6);
    const { analyse } = listener();
    analyse(1, 100);
    expect(analyse(0, 100).level).toBeCloseTo(0.6, 6);
    expect(analyse(0, 5_000).level).toBeLessThan(0.001);
  });

  it('is there while muted', () => {
    expect(listener().analyse(SPEECH, 100, true).level).toBeGreaterThan(0.5);
  });
});

describe('speaking', () => {
  it('begins with a word, lasts over pauses between words, and ends', () => {
    const { analyse } = listener();
    expect(analyse(ROOM, 1_000).speaking).toBe(false);
    expect(analyse(SPEECH, 100).speaking).toBe(true);
    expect(analyse(ROOM, 400).speaking).toBe(true);
    expect(analyse(SPEECH, 100).speaking).toBe(true);
    expect(analyse(ROOM, 500).speaking).toBe(false);
  });

  it('needs more to begin than to go on', () => {
    const { analyse } = listener();
    expect(analyse(0.004, 2_000).speaking).toBe(false);
    analyse(SPEECH, 100);
    expect(analyse(0.004, 2_000).speaking).toBe(true);
  });

  it('is not said of one who is muted', () => {
    const { analyse } = listener();
    analyse(SPEECH, 500);
    expect(analyse(SPEECH, 500, true).speaking).toBe(false);
    expect(analyse(SPEECH, 100, false).speaking).toBe(true);
  });
});

describe('talking while muted', () => {
  it('is noticed after 0.7 seconds, and forgotten some seconds after the last word', () => {
    const { analyse } = listener();
    expect(analyse(SPEECH, 700, true).hint).toBeNull();
    expect(analyse(SPEECH, 100, true).hint).toBe('talking-muted');
    expect(analyse(ROOM, 4_000, true).hint).toBe('talking-muted');
    expect(analyse(ROOM, 1_000, true).hint).toBeNull();
  });

  it('is not a cough', () => {
    const { analyse } = listener();
    analyse(SPEECH, 500, true);
    expect(analyse(ROOM, 2_000, true).hint).toBeNull();
    analyse(SPEECH, 500, true);
    expect(analyse(ROOM, 500, true).hint).toBeNull();
  });

  it('does not count what was said before muting, and ends with unmuting', () => {
    const { analyse } = listener();
    analyse(SPEECH, 3_000);
    expect(analyse(SPEECH, 600, true).hint).toBeNull();
    expect(analyse(SPEECH, 300, true).hint).toBe('talking-muted');
    expect(analyse(SPEECH, 100, false).hint).toBeNull();
  });
});

describe('a silent microphone', () => {
  it.each([0, SUPPRESSED / 2, SUPPRESSED])('is one from which nothing has ever come: %s', (rms) => {
    const { analyse } = listener();
    expect(analyse(rms, 6_000).hint).toBeNull();
    expect(analyse(rms, 100).hint).toBe('silent');
    expect(analyse(rms, 60_000).hint).toBe('silent');
    expect(analyse(ROOM, 100).hint).toBeNull();
  });

  it('that worked before is one with nothing but zeros, for longer', () => {
    const { analyse } = listener();
    analyse(ROOM, 100);
    expect(analyse(SUPPRESSED, 60_000).hint).toBeNull();
    expect(analyse(0, 14_900).hint).toBeNull();
    expect(analyse(0, 100).hint).toBe('silent');
    expect(analyse(ROOM, 100).hint).toBeNull();
  });

  it('is not the one that was muted', () => {
    const { analyse } = listener();
    expect(analyse(0, 60_000, true).hint).toBeNull();
    expect(analyse(0, 6_000).hint).toBeNull();
    expect(analyse(0, 100).hint).toBe('silent');
    expect(analyse(0, 100, true).hint).toBeNull();
  });

  it('is judged anew after the page was away', () => {
    const { analyse, miss } = listener();
    analyse(0, 5_000);
    miss(60_000);
    expect(analyse(0, 6_000).hint).toBeNull();
    expect(analyse(0, 100).hint).toBe('silent');
  });
});
