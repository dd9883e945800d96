/** Owns the code of a call, its views too, which comes as one file once somebody turns to joining; hands in the browser's own things. */

import { CODE_COMES_MS } from '../main/common/protocol/limits.ts';
import { handIn, type SharedDeps } from './call-code.ts';
import { Call } from './core/call/call.ts';
import type { OpenCall } from './core/waiting/call-port.ts';
import { hasKeptFiles } from './files/disk-api.ts';
import { formerPages, keepCall, leaveToNext, whenIdle } from './keep-call.ts';
import { within } from './media/attempt.ts';
import { AudioGraph } from './media/audio-graph.ts';
import { AudioSink } from './media/audio-sink.ts';
import { Cues } from './media/cues.ts';
import { Devices } from './media/devices.ts';
import { LevelMeter } from './media/level-meter.ts';
import { type NetworkInformationLike, NetworkKind } from './media/network-kind.ts';
import repeatingWorkerUrl from './media/repeating-worker.ts?worker&url';
import { VoiceRepeater } from './media/voice-repeater.ts';
import { trustedScriptUrl } from './media/worker-scripts.ts';
import { CallViews } from './ui/call/call-views.ts';

declare global {
  interface Navigator {
    readonly connection?: NetworkInformationLike;
  }
}

const createStream = (track: MediaStreamTrack) => new MediaStream([track]);

function createElement(): HTMLAudioElement {
  const element = new Audio();
  element.setAttribute('playsinline', '');
  return element;
}

/** A level, a cue and a voice made louder need no shorter delay, and each halving doubles how often the processor wakes. */
const LATENCY: AudioContextOptions = { latencyHint: 'balanced' };
/**
 * For listening alone, without a loudspeaker (W3C Web Audio API, `AudioSinkOptions`): loudness is told as well by few samples,
 * in portions as large as Chromium's store of a microphone, 100 ms, has room for.
 */
const LISTENING = { sinkId: { type: 'none' }, sampleRate: 8_000, latencyHint: 0.064 };
/** A browser that does not know the option may refuse a microphone of another rate than the context's. */
const canListenAlone = () => 'sinkId' in AudioContext.prototype;

const createGraph = ({ timers }: SharedDeps) =>
  new AudioGraph({
    createContext: () => new AudioContext(LATENCY),
    createSilentContext: () => new AudioContext(canListenAlone() ? LISTENING : LATENCY),
    createElement,
    timers,
  });

/** One for the page, over all its calls. */
let pageGraph: AudioGraph | null = null;

const voiceCodecs = () => RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [];

/** Only where a packet has a form that takes more than one part of a voice. */
function createRepeater(): VoiceRepeater<Worker, MessagePort> | null {
  const canRepeat = voiceCodecs().some(({ mimeType }) => mimeType.toLowerCase() === 'audio/red');
  if (!canRepeat || !('RTCRtpScriptTransform' in window)) return null;
  return new VoiceRepeater({
    createWorker: () => new Worker(trustedScriptUrl(window, 'voice', repeatingWorkerUrl)),
    createChannel: () => new MessageChannel(),
    createTransform: (worker, orders) => new RTCRtpScriptTransform(worker, { orders }, [orders]),
  });
}

/** One for the page, and at once. */
const repeater = createRepeater();

/** A sender can be tied to the repeater only before its connection is made. */
async function openCall(shared: SharedDeps): Promise<OpenCall<RTCCertificate>> {
  await repeater?.settle(shared.timers);
  const { mediaDevices } = navigator;
  pageGraph ??= createGraph(shared);
  const graph = pageGraph;
  return (context) =>
    new Call(
      {
        ...shared,
        wallClock: Date.now,
        createPeerConnection: (configuration) => new RTCPeerConnection(configuration),
        voiceCodecs,
        repeater,
        leaveToNext,
        loadFiles: async () => (await import('./open-files.ts')).openFiles,
        hasKeptFiles: () => hasKeptFiles(navigator.storage),
        loadRecorder: async () => {
          const code = await within(shared.timers, CODE_COMES_MS, import('./open-recorder.ts'));
          return code.openRecorder();
        },
        networkKind: new NetworkKind(navigator.connection),
        whenIdle,
        meter: new LevelMeter({ graph, createStream }),
        devices: new Devices(mediaDevices, 'setSinkId' in HTMLMediaElement.prototype),
        sound: new AudioSink({ graph, createElement, createStream, timers: shared.timers }),
        cues: new Cues(graph, shared.clock),
      },
      context,
    );
}

handIn({ openCall, CallViews, keepCall, takeFormer: () => formerPages.take() });
