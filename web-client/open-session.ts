/** Owns handing the browser's own things to a session. */

import type { RoomLink } from '../main/common/e2ee/invite-link.ts';
import type { TextCoderLike, TimersLike } from '../main/common/platform.ts';
import { type CallCode, handedIn } from './call-code.ts';
import type { StorageLike } from './core/browser-api.ts';
import { LogRing } from './core/log-ring.ts';
import { Session } from './core/session.ts';
import { BackgroundTimers } from './media/background-timers.ts';
import { DocumentMicrophone } from './media/document-microphone.ts';
import { Microphone } from './media/microphone.ts';
import { Network } from './media/network.ts';
import { Visibility } from './media/wake-lock.ts';
import { TimerWorkerSource } from './media/worker-scripts.ts';
import { FORMER_PAGE_KEY } from './ui/entry/link-memory.ts';

export const browserTimers: TimersLike = {
  setTimeout: (callback, delayMs) => window.setTimeout(callback, delayMs),
  clearTimeout: (handle) => window.clearTimeout(Number(handle)),
};

/** A page that is not seen is given no frames; it still has a title, words and sounds. */
const UNSEEN_FRAME_MS = 100;

export function nextFrame(callback: () => void): void {
  const end = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
    callback();
  };
  const frame = requestAnimationFrame(end);
  const timer = window.setTimeout(end, UNSEEN_FRAME_MS);
}

const CERTIFICATE: EcKeyGenParams = { name: 'ECDSA', namedCurve: 'P-256' };

const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

const strictText: TextCoderLike = {
  encode: (text) => encoder.encode(text),
  decode: (bytes) => strictDecoder.decode(bytes),
};

export const browserClock = () => performance.now();

/** One for the page, over all its sessions. */
const pageLog = new LogRing(browserClock);

export const visibility = new Visibility(document);

const timerWorkers = new TimerWorkerSource(window);

/** What keeps a call up, heartbeats and retries, goes on in a hidden page; what is only seen does not need to. */
const callTimers = new BackgroundTimers({
  timers: browserTimers,
  clock: browserClock,
  visibility,
  createWorker: () => timerWorkers.open(),
});

const shared = { crypto, text: strictText, clock: browserClock, timers: callTimers, logger: pageLog };

/** What was asked for before this ran is its first answer. */
export const documentMicrophone = new DocumentMicrophone(
  navigator.mediaDevices,
  () => window.askedByDocument,
);

/** One for the page: two could ask for it at once. */
const microphone = new Microphone(documentMicrophone);

/** Rejects where it does not come; may be called again. */
export async function loadCallCode(): Promise<CallCode> {
  await import('./open-call.ts');
  return handedIn();
}

/** Where the page's session goes. */
export interface SessionPlace {
  /** Origin of the room's server. */
  readonly server: string;
  readonly link: RoomLink;
}

/** Nothing runs before its start(). */
export function openSession(
  { server, link }: SessionPlace,
  storage: StorageLike,
  lastingStorage: StorageLike,
): Session {
  return new Session({
    ...shared,
    origin: server,
    link,
    storage,
    lastingStorage,
    random: Math.random,
    createSocket: (url) => new WebSocket(url),
    takeFormer: async () =>
      storage.getItem(FORMER_PAGE_KEY) === null ? null : (await loadCallCode()).takeFormer(),
    generateCertificate: () => RTCPeerConnection.generateCertificate(CERTIFICATE),
    network: new Network({
      target: window,
      wallClock: Date.now,
      setInterval: (callback, intervalMs) => window.setInterval(callback, intervalMs),
      clearInterval: (handle) => window.clearInterval(handle),
      online: () => navigator.onLine,
      fetch: (path, options) => fetch(server + path, options),
    }),
    microphone,
    loadCall: async () => (await loadCallCode()).openCall({ ...shared, visibility }),
  });
}
