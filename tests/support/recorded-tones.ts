/** Owns listening where no sound device is: Firefox then never starts an AudioContext, but it records and decodes. */

import type { EvaluatingPage, HeardTone } from './call-probe.ts';

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
