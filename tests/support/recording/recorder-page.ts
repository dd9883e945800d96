/** Stands in a page of its own, with the policy of the guest's: the recorder, and voices to record, the others' by real connections. */

import type { AudioTrackLike } from '../../../web-client/core/browser-api.ts';
import type {
  FinishedRecording,
  Recording,
  RecordingMode,
} from '../../../web-client/core/recording/recorder-port.ts';
import { openRecorder } from '../../../web-client/open-recorder.ts';
import { WorkerFeed } from './worker-feed.ts';

export interface PageFile {
  readonly name: string;
  readonly base64: string;
}

const recorder = openRecorder();
const failures: string[] = [];
const tracks = new Map<string, MediaStreamTrack>();
const contexts: AudioContext[] = [];
let recording: Recording | null = null;
let kept: readonly FinishedRecording[] = [];
let feed: WorkerFeed | null = null;

/** As somebody else's voice comes: encoded, sent, and played by an element. */
async function overTheWire(track: MediaStreamTrack): Promise<MediaStreamTrack> {
  const [from, to] = [new RTCPeerConnection(), new RTCPeerConnection()];
  from.addEventListener('icecandidate', ({ candidate }) => void to.addIceCandidate(candidate ?? undefined));
  to.addEventListener('icecandidate', ({ candidate }) => void from.addIceCandidate(candidate ?? undefined));
  const arrived = new Promise<MediaStreamTrack>((resolve) =>
    to.addEventListener('track', (event) => resolve(event.track)),
  );
  from.addTrack(track);
  await from.setLocalDescription();
  await to.setRemoteDescription(from.localDescription as RTCSessionDescription);
  await to.setLocalDescription();
  await from.setRemoteDescription(to.localDescription as RTCSessionDescription);
  const remote = await arrived;
  const element = new Audio();
  element.srcObject = new MediaStream([remote]);
  await element.play();
  return remote;
}

/** A microphone, and a connection, take a while until there is sound. */
async function sounding(track: MediaStreamTrack): Promise<MediaStreamTrack> {
  const context = new AudioContext();
  const analyser = new AnalyserNode(context);
  context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
  const samples = new Float32Array(analyser.fftSize);
  while (Math.max(...samples) < 0.05) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    analyser.getFloatTimeDomainData(samples);
  }
  await context.close();
  return track;
}

async function contentOf(file: File): Promise<PageFile> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = '';
  for (const byte of bytes) text += String.fromCharCode(byte);
  return { name: file.name, base64: btoa(text) };
}

const recorderPage = {
  isSupported: () => recorder.isSupported(),
  failures,
  async addMicrophone(id: string) {
    const stream = await navigator.mediaDevices.getUserMedia({
      audio: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
    });
    tracks.set(id, await sounding(stream.getAudioTracks()[0] as MediaStreamTrack));
  },
  async addTone(id: string, hertz: number) {
    const context = new AudioContext();
    contexts.push(context);
    const oscillator = new OscillatorNode(context, { frequency: hertz });
    const out = context.createMediaStreamDestination();
    oscillator.connect(new GainNode(context, { gain: 0.3 })).connect(out);
    oscillator.start();
    tracks.set(id, await sounding(await overTheWire(out.stream.getAudioTracks()[0] as MediaStreamTrack)));
  },
  async start(mode: RecordingMode): Promise<string> {
    const started = await recorder.start(mode, (failure) => failures.push(failure));
    if (started.ok) recording = started.value;
    return started.ok ? 'started' : started.error;
  },
  /** @returns when, in the recording's time */
  setVoice(id: string, name: string, track: string = id): number {
    recording?.setVoice({ id, name }, tracks.get(track) as AudioTrackLike);
    return recording?.elapsedMs ?? -1;
  },
  removeVoice(id: string): number {
    const atMs = recording?.elapsedMs ?? -1;
    recording?.removeVoice(id);
    return atMs;
  },
  elapsedMs: () => recording?.elapsedMs ?? -1,
  bytes: () => recording?.bytes ?? -1,
  async stop(): Promise<string> {
    const finished = await recording?.stop();
    if (finished?.ok) kept = [finished.value];
    return finished?.ok ? 'finished' : (finished?.error ?? 'none');
  },
  async findLeft(): Promise<number> {
    kept = await recorder.leftovers();
    return kept.length;
  },
  async keptFiles(): Promise<readonly PageFile[]> {
    return Promise.all(kept.flatMap(({ file, chapters }) => [contentOf(file), contentOf(chapters)]));
  },
  /** The worker alone; in a page in which nothing else is recorded. */
  async startFeed(voices: number): Promise<void> {
    feed = await WorkerFeed.start(voices);
  },
  feed: (seconds: number, timesFaster?: number) => feed?.feed(seconds, timesFaster),
  fedBytes: () => feed?.bytes ?? 0,
  fedMs: () => feed?.fedMs ?? 0,
  async stopFeed(): Promise<readonly PageFile[]> {
    const files = await feed?.stop();
    return files === undefined ? [] : Promise.all([files.file, files.chapters].map(contentOf));
  },
  save: () => kept[0]?.save(),
  discard: () => kept[0]?.discard(),
};

declare global {
  interface Window {
    recorderPage: typeof recorderPage;
  }
}
window.recorderPage = recorderPage;
