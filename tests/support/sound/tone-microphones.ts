/** Owns microphones that give sines: each one Chromium pretends to have gets a tone of its own. */

/** In hertz: of the default microphone, and of two to choose. */
export const MICROPHONE_TONES_HZ = [440, 660, 880] as const;

declare global {
  interface Window {
    /** Of what is open now and later; null: from the next time on, the browser's own microphones. */
    setToneAmplitude(amplitude: number | null): void;
  }
}

/** Runs in the page before its own scripts: its microphones give sines of this amplitude, unprocessed. */
export function installToneMicrophones(options: {
  readonly tonesHz: readonly number[];
  readonly amplitude: number;
}): void {
  const RealContext = window.AudioContext;
  const { mediaDevices } = navigator;
  const realGetUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  let context: AudioContext | null = null;
  let amplitude: number | null = options.amplitude;
  const gains: GainNode[] = [];
  window.setToneAmplitude = (wanted) => {
    amplitude = wanted;
    for (const { gain } of gains) gain.value = wanted ?? gain.value;
  };
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await realGetUserMedia(constraints);
    if (amplitude === null) return stream;
    const [real] = stream.getAudioTracks();
    real?.stop();
    context ??= new RealContext();
    await context.resume();
    const tone = new OscillatorNode(context, {
      frequency: options.tonesHz[Number(real?.label.match(/\d$/)?.[0] ?? 0)] ?? 0,
    });
    const destination = context.createMediaStreamDestination();
    const gain = new GainNode(context, { gain: amplitude });
    gains.push(gain);
    tone.connect(gain).connect(destination);
    tone.start();
    const [track] = destination.stream.getAudioTracks();
    if (track !== undefined && real !== undefined) track.getSettings = () => real.getSettings();
    return destination.stream;
  };
}
