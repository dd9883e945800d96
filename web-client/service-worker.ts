/** Owns the page's service worker: hands the browser's own things to the kept page, and asks it for what the page asks for. */

import { KeptPage } from './offline/kept-page.ts';

/** W3C Service Workers, as far as it is used; the library for documents has none of it. */
interface LastingEvent extends Event {
  waitUntil(step: Promise<unknown>): void;
}

interface AskedEvent extends LastingEvent {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

declare global {
  interface WindowEventMap {
    install: LastingEvent;
    activate: LastingEvent;
    fetch: AskedEvent;
  }
}

declare const registration: ServiceWorkerRegistration;
declare function skipWaiting(): Promise<void>;

/** Put in by the build (scripts/service-worker.mjs). */
declare const PAGE_BUILD: string;
declare const PAGE_FILES: readonly string[];

const page = new KeptPage<Request>({
  origin: location.origin,
  build: PAGE_BUILD,
  files: PAGE_FILES,
  caches,
  fetch: (asked) => fetch(asked),
  timers: {
    setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
    clearTimeout: (handle) => clearTimeout(Number(handle)),
  },
  wallClock: Date.now,
  retire: () => registration.unregister(),
});

addEventListener('install', (event) => {
  // A worker of an older build answers with an older page.
  void skipWaiting();
  event.waitUntil(page.install());
});

addEventListener('activate', (event) => event.waitUntil(page.activate()));

addEventListener('fetch', (event) => {
  const answer = page.answer(event.request, (step) => event.waitUntil(step));
  if (answer !== null) event.respondWith(answer);
});
