/** Owns what is measured in a bystander's page: how long the page gives no answer, and gaps in the voice it hears. */

import type { Page } from 'playwright';
import '../support/call/call-probe.ts';
import { TURN_MARK } from './task-trace.ts';

export interface MeterReading {
  /** The longest stretch in which a timer of the page had no turn. */
  readonly longestWaitMs: number;
  /** The longest silence in the voice that was heard when the measurement began. */
  readonly voiceGapMs: number;
  /** So much has been heard that nothing of the empty buffer an analyser begins with is left. */
  readonly listening: boolean;
}

declare global {
  interface Window {
    attackMeter: MeterReading;
  }
}

/** Runs in the page, where exactly one voice, a lasting tone, is heard. */
function install(turnMark: string): void {
  const TICK_MS = 10;
  const LISTEN_MS = 200;
  /** 0.7 s at 48 kHz: what the page misses while it is blocked is looked at afterwards. */
  const SAMPLES = 32_768;
  const SILENCE = 0.0002;
  const reading = { longestWaitMs: 0, voiceGapMs: 0, listening: false };
  window.attackMeter = reading;

  let tickedAtMs = performance.now();
  setInterval(() => {
    const nowMs = performance.now();
    reading.longestWaitMs = Math.max(reading.longestWaitMs, nowMs - tickedAtMs - TICK_MS);
    tickedAtMs = nowMs;
    performance.mark(turnMark);
    performance.clearMarks(turnMark);
  }, TICK_MS);

  const [voice] = window.callProbe.voices();
  if (voice === undefined) throw new Error('no voice is heard');
  const context = new AudioContext();
  void context.resume();
  const analyser = new AnalyserNode(context, { fftSize: SAMPLES });
  context.createMediaStreamSource(new MediaStream([voice])).connect(analyser);
  const samples = new Float32Array(SAMPLES);
  const startedAt = context.currentTime;
  let readAt = startedAt;
  /** Silence up to the last sample read. */
  let silentSamples = 0;
  setInterval(() => {
    analyser.getFloatTimeDomainData(samples);
    const fresh = Math.min(SAMPLES, Math.round((context.currentTime - readAt) * context.sampleRate));
    readAt = context.currentTime;
    reading.listening ||= readAt - startedAt > SAMPLES / context.sampleRate;
    for (const sample of samples.subarray(SAMPLES - fresh)) {
      silentSamples = Math.abs(sample) < SILENCE ? silentSamples + 1 : 0;
      reading.voiceGapMs = Math.max(reading.voiceGapMs, (silentSamples / context.sampleRate) * 1_000);
    }
  }, LISTEN_MS);
}

/** Measures from now on; what comes before the first look at the voice is not counted. */
export async function startMeter(page: Page): Promise<void> {
  await page.evaluate(install, TURN_MARK);
  await page.waitForFunction(() => window.attackMeter.listening);
  await page.evaluate(() => Object.assign(window.attackMeter, { longestWaitMs: 0, voiceGapMs: 0 }));
}

export function readMeter(page: Page): Promise<MeterReading> {
  return page.evaluate(() => ({ ...window.attackMeter }));
}
