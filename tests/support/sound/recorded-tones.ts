/** Owns listening where no sound device is: Firefox then never starts an AudioContext, but it records and decodes. */

import type { EvaluatingPage, HeardTone } from '../call/call-probe.ts';

interface RecordingPage {
  evaluate<Result>(pageFunction: (ms: number) => Result, ms: number): Promise<Awaited<Result>>;
}

/** As `heardTones`, from a short recording of each voice. */
export function recordTones(page: EvaluatingPage): Promise<readonly HeardTone[]> {
  return page.evaluate(() => {
    const RECORDING_MS = 600;
    const SAMPLE_RATE_HZ = 48_000;
    const FFT_SIZE = 8192;
    const SILENCE_DB = -160;

    async function record(track: MediaStreamTrack): Promise<ArrayBuffer> {
      const recorder = new MediaRecorder(new MediaStream([track]));
      const recorded = new Promise<Blob>((resolve) => {
        recorder.ondataavailable = ({ data }) => resolve(data);
      });
      recorder.start();
      await new Promise((resolve) => setTimeout(resolve, RECORDING_MS));
      recorder.stop();
      return (await recorded).arrayBuffer();
    }

    async function strongestTone(track: MediaStreamTrack): Promise<HeardTone> {
      const decoder = new OfflineAudioContext(1, 1, SAMPLE_RATE_HZ);
      const buffer = await decoder.decodeAudioData(await record(track));
      const context = new OfflineAudioContext(1, buffer.length, SAMPLE_RATE_HZ);
      const source = new AudioBufferSourceNode(context, { buffer });
      const analyser = new AnalyserNode(context, { fftSize: FFT_SIZE, smoothingTimeConstant: 0 });
      source.connect(analyser).connect(context.destination);
      source.start();
      await context.startRendering();
      const levels = new Float32Array(analyser.frequencyBinCount);
      analyser.getFloatFrequencyData(levels);
      const levelDb = Math.max(...levels, SILENCE_DB);
      return { frequencyHz: (Math.max(levels.indexOf(levelDb), 0) * SAMPLE_RATE_HZ) / FFT_SIZE, levelDb };
    }

    return Promise.all(window.callProbe.voices().map(strongestTone));
  });
}

export interface RecordedVoice {
  readonly durationMs: number;
  /** The longest silence from the first sound to the end. */
  readonly gapMs: number;
}

/** So long of the voice that came first. */
export async function recordVoice(page: RecordingPage, durationMs: number): Promise<RecordedVoice> {
  return page.evaluate(async (recordingMs) => {
    const SAMPLE_RATE_HZ = 48_000;
    const SILENCE = 0.0002;
    const [voice] = window.callProbe.voices();
    if (voice === undefined) throw new Error('no voice is heard');
    const recorder = new MediaRecorder(new MediaStream([voice]));
    const recorded = new Promise<Blob>((resolve) => {
      recorder.ondataavailable = ({ data }) => resolve(data);
    });
    const begun = new Promise((resolve) => recorder.addEventListener('start', resolve));
    recorder.start();
    // On a full machine the first sample is taken a good while after it was asked for.
    await begun;
    await new Promise((resolve) => setTimeout(resolve, recordingMs));
    recorder.stop();
    const decoder = new OfflineAudioContext(1, 1, SAMPLE_RATE_HZ);
    const buffer = await decoder.decodeAudioData(await (await recorded).arrayBuffer());
    let [silent, longest] = [Number.NEGATIVE_INFINITY, 0];
    for (const sample of buffer.getChannelData(0)) {
      silent = Math.abs(sample) < SILENCE ? silent + 1 : 0;
      longest = Math.max(longest, silent);
    }
    return { durationMs: buffer.duration * 1_000, gapMs: (longest / SAMPLE_RATE_HZ) * 1_000 };
  }, durationMs);
}
