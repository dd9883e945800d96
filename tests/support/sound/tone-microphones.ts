/** Owns microphones that give sines: each one Chromium pretends to have gets a tone of its own. */

/** In hertz: of the default microphone, and of two to choose. */
export const MICROPHONE_TONES_HZ = [440, 660, 880] as const;

/** Runs in the page before its own scripts: its microphones give sines of this amplitude, unprocessed. */
export function installToneMicrophones({
  tonesHz,
  amplitude,
}: {
  tonesHz: readonly number[];
  amplitude: number;
}): void {
  const RealContext = window.AudioContext;
  const { mediaDevices } = navigator;
  const realGetUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
  let context: AudioContext | null = null;
  mediaDevices.getUserMedia = async (constraints) => {
    const stream = await realGetUserMedia(constraints);
    const [real] = stream.getAudioTracks();
    real?.stop();
    context ??= new RealContext();
    await context.resume();
    const tone = new OscillatorNode(context, {
      frequency: tonesHz[Number(real?.label.match(/\d$/)?.[0] ?? 0)] ?? 0,
    });
    const destination = context.createMediaStreamDestination();
    tone.connect(new GainNode(context, { gain: amplitude })).connect(destination);
    tone.start();
    const [track] = destination.stream.getAudioTracks();
    if (track !== undefined && real !== undefined) track.getSettings = () => real.getSettings();
    return destination.stream;
  };
}
