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

function listener(ear = new VoiceActivityDetector()) {
  let nowMs = 5_000;
  let heard: VoiceActivity = { level: 0, speaking: false, hint: null };
  const hear = (rms: number, forMs: number, muted = false): VoiceActivity => {
    for (let passedMs = 0; passedMs < forMs; passedMs += READING_MS) {
      nowMs += READING_MS;
      heard = ear.analyse(rms, muted, nowMs);
    }
    return heard;
  };
  const miss = (ms: number) => {
    nowMs += ms;
  };
  return { hear, miss };
}

describe('the level', () => {
  it('goes from nothing to full in steps even for the ear, and falls softly', () => {
    const levelOf = (rms: number) => new VoiceActivityDetector().analyse(rms, false, 0).level;
    expect(levelOf(0)).toBe(0);
    expect(levelOf(0.001)).toBe(0);
    expect(levelOf(1)).toBe(1);
    expect(levelOf(0.02) - levelOf(0.01)).toBeCloseTo(levelOf(0.2) - levelOf(0.1), 6);
    const { hear } = listener();
    hear(1, 100);
    expect(hear(0, 100).level).toBeCloseTo(0.6, 6);
    expect(hear(0, 5_000).level).toBeLessThan(0.001);
  });

  it('is there while muted', () => {
    expect(listener().hear(SPEECH, 100, true).level).toBeGreaterThan(0.5);
  });
});

describe('speaking', () => {
  it('begins with a word, lasts over pauses between words, and ends', () => {
    const { hear } = listener();
    expect(hear(ROOM, 1_000).speaking).toBe(false);
    expect(hear(SPEECH, 100).speaking).toBe(true);
    expect(hear(ROOM, 400).speaking).toBe(true);
    expect(hear(SPEECH, 100).speaking).toBe(true);
    expect(hear(ROOM, 500).speaking).toBe(false);
  });

  it('needs more to begin than to go on', () => {
    const { hear } = listener();
    expect(hear(0.004, 2_000).speaking).toBe(false);
    hear(SPEECH, 100);
    expect(hear(0.004, 2_000).speaking).toBe(true);
  });

  it('is not said of one who is muted', () => {
    const { hear } = listener();
    hear(SPEECH, 500);
    expect(hear(SPEECH, 500, true).speaking).toBe(false);
    expect(hear(SPEECH, 100, false).speaking).toBe(true);
  });
});

describe('talking while muted', () => {
  it('is noticed after 0.7 seconds, and forgotten some seconds after the last word', () => {
    const { hear } = listener();
    expect(hear(SPEECH, 700, true).hint).toBeNull();
    expect(hear(SPEECH, 100, true).hint).toBe('talking-muted');
    expect(hear(ROOM, 4_000, true).hint).toBe('talking-muted');
    expect(hear(ROOM, 1_000, true).hint).toBeNull();
  });

  it('is not a cough', () => {
    const { hear } = listener();
    hear(SPEECH, 500, true);
    expect(hear(ROOM, 2_000, true).hint).toBeNull();
    hear(SPEECH, 500, true);
    expect(hear(ROOM, 500, true).hint).toBeNull();
  });

  it('does not count what was said before muting, and ends with unmuting', () => {
    const { hear } = listener();
    hear(SPEECH, 3_000);
    expect(hear(SPEECH, 600, true).hint).toBeNull();
    expect(hear(SPEECH, 300, true).hint).toBe('talking-muted');
    expect(hear(SPEECH, 100, false).hint).toBeNull();
  });
});

describe('a silent microphone', () => {
  it.each([0, SUPPRESSED / 2, SUPPRESSED])('is one from which nothing has ever come: %s', (rms) => {
    const { hear } = listener();
    expect(hear(rms, 6_000).hint).toBeNull();
    expect(hear(rms, 100).hint).toBe('silent');
    expect(hear(rms, 60_000).hint).toBe('silent');
    expect(hear(ROOM, 100).hint).toBeNull();
  });

  it('that worked before is one with nothing but zeros, for longer', () => {
    const { hear } = listener();
    hear(ROOM, 100);
    expect(hear(SUPPRESSED, 60_000).hint).toBeNull();
    expect(hear(0, 14_900).hint).toBeNull();
    expect(hear(0, 100).hint).toBe('silent');
    expect(hear(ROOM, 100).hint).toBeNull();
  });

  it('is not the one that was muted', () => {
    const { hear } = listener();
    expect(hear(0, 60_000, true).hint).toBeNull();
    expect(hear(0, 6_000).hint).toBeNull();
    expect(hear(0, 100).hint).toBe('silent');
    expect(hear(0, 100, true).hint).toBeNull();
  });

  it('is judged anew after the page was away', () => {
    const { hear, miss } = listener();
    hear(0, 5_000);
    miss(60_000);
    expect(hear(0, 6_000).hint).toBeNull();
    expect(hear(0, 100).hint).toBe('silent');
  });
});
