/** Owns handing the browser's own things to a session. */

import { silentLogger } from '../main/common/logger.ts';
import type { TextCoderLike, TimersLike } from '../main/common/platform.ts';
import type { RoomLink } from '../main/common/sealing/link.ts';
import type { StorageLike } from './core/browser-api.ts';
import { Session } from './core/session.ts';
import { AudioSink } from './media/audio-sink.ts';
import { Microphone } from './media/microphone.ts';
import { Network } from './media/network.ts';

export const browserTimers: TimersLike = {
  setTimeout: (callback, delayMs) => window.setTimeout(callback, delayMs),
  clearTimeout: (handle) => window.clearTimeout(Number(handle)),
};

const CERTIFICATE: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

const strictText: TextCoderLike = {
  encode: (text) => encoder.encode(text),
  decode: (bytes) => strictDecoder.decode(bytes),
};

/** A session for this link at the page's own address; nothing runs before its start(). */
export function openSession(link: RoomLink, storage: StorageLike): Session {
  return new Session({
    origin: location.origin,
    link,
    storage,
    crypto,
    text: strictText,
    clock: () => performance.now(),
    wallClock: Date.now,
    timers: browserTimers,
    random: Math.random,
    logger: silentLogger,
    createSocket: (url) => new WebSocket(url),
    createPeerConnection: (configuration) => new RTCPeerConnection(configuration),
    generateCertificate: () => RTCPeerConnection.generateCertificate(CERTIFICATE),
    voiceCodecs: () => RTCRtpReceiver.getCapabilities('audio')?.codecs ?? [],
    network: new Network({
      target: window,
      wallClock: Date.now,
      setInterval: (callback, intervalMs) => window.setInterval(callback, intervalMs),
      clearInterval: (handle) => window.clearInterval(handle),
    }),
    microphone: new Microphone(navigator.mediaDevices),
    sound: new AudioSink({
      createElement: () => new Audio(),
      createStream: (track) => new MediaStream([track]),
    }),
  });
}
