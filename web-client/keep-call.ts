/** Owns keeping a call, and the page itself, for the reload of that page: hands the browser's own things to what does it. */

import { type Disposable, toDisposable } from '../main/common/lifecycle.ts';
import type { TimersLike } from '../main/common/platform.ts';
import type { FormerPage } from './core/waiting/former-page.ts';
import { trustedScriptUrl } from './media/worker-scripts.ts';
import { FormerPages } from './offline/former-pages.ts';
import { dropKeptPages } from './offline/kept-page.ts';
import { PageDatabase } from './offline/page-database.ts';
import type { PageEnd } from './page-end.ts';
import { CallMemory } from './ui/call/call-memory.ts';
import { CallReturn, type ReturnBrowser, type ReturningTab, TAB_FREE_MAX_MS } from './ui/call/call-return.ts';
import { type PageKeeper, PageKeeping } from './ui/call/page-keeping.ts';
import { openStorage, type PageStorage } from './ui/preferences/browser-storage.ts';

/** Of the tab's storage; where it is, there was a call. */
const KEPT_CALL_KEY = 'secret-call.call';

export interface KeepCallOptions {
  readonly storage: PageStorage;
  readonly timers: TimersLike;
  /** The tab had its link before: this may be the reload of a page that was in the call. */
  readonly recalled: boolean;
  readonly pageEnd: Pick<PageEnd, 'onGoing'>;
  /** The app brings this page, and needs no server for it. */
  readonly inApp: boolean;
}

function isReload(): boolean {
  const [arrival] = performance.getEntriesByType('navigation');
  return arrival instanceof PerformanceNavigationTiming && arrival.type === 'reload';
}

/** Of the browser's own locks, which go with the page that has them. */
async function takeTab(tab: string, waitMs: number): Promise<boolean> {
  if (!('locks' in navigator)) return false;
  return new Promise((resolve) => {
    const hold = () => {
      resolve(true);
      return new Promise(() => {});
    };
    const options = { signal: AbortSignal.timeout(waitMs) };
    navigator.locks.request(`secret-call.${tab}`, options, hold).catch(() => resolve(false));
  });
}

async function mayUseMicrophone(): Promise<boolean> {
  try {
    return (await navigator.permissions.query({ name: 'microphone' })).state === 'granted';
  } catch {
    // A browser that does not tell is asked by the press.
    return false;
  }
}

function onRestored(listener: () => void): Disposable {
  const tell = ({ persisted }: PageTransitionEvent) => {
    if (persisted) listener();
  };
  window.addEventListener('pageshow', tell);
  return toDisposable(() => window.removeEventListener('pageshow', tell));
}

const browser: Omit<ReturnBrowser, 'onPage'> = {
  wallClock: Date.now,
  newTab: () => crypto.randomUUID(),
  reloaded: isReload(),
  takeTab,
  mayUseMicrophone,
};

/** For the whole of the address: it answers for the document as well. */
const SERVICE_WORKER = '/service-worker.js';
const SCOPE = '/';

let serviceWorkerUrl: string | null = null;

/** A page that is not seen may not be told for long. */
const IDLE_AT_LATEST_MS = 5_000;

export function whenIdle(): Promise<void> {
  return new Promise((resolve) => {
    if ('requestIdleCallback' in window) requestIdleCallback(() => resolve(), { timeout: IDLE_AT_LATEST_MS });
    else resolve();
  });
}

/** Browsers have no such thing in a private window, nor behind a certificate that nobody vouches for: then nothing is kept. */
const keeper: PageKeeper = {
  async keep() {
    // What is in the browser's memory already costs the host nothing, and neither do the moments in which a call is made.
    await whenIdle();
    serviceWorkerUrl ??= trustedScriptUrl(window, 'service-worker', SERVICE_WORKER);
    await navigator.serviceWorker?.register(serviceWorkerUrl, { scope: SCOPE, updateViaCache: 'none' });
  },
  async forget() {
    await (await navigator.serviceWorker?.getRegistration(SCOPE))?.unregister();
    await dropKeptPages(caches);
  },
};

/** One for the page. In the app, whose storage lies on the disk, nothing is left. */
export const formerPages = new FormerPages({
  storage: openStorage(() => (window.app === undefined ? window.sessionStorage : null)),
  database: new PageDatabase(indexedDB),
  wallClock: Date.now,
  newId: () => crypto.randomUUID(),
  takeId: (id) => takeTab(id, TAB_FREE_MAX_MS),
});

/** Settles with whether another load of the page would be there, and find it. */
export async function leaveToNext(page: FormerPage<RTCCertificate> | null): Promise<boolean> {
  if (window.app !== undefined) return false;
  await formerPages.keep(page);
  const kept = await navigator.serviceWorker?.getRegistration(SCOPE);
  return formerPages.isLeft && kept?.active != null;
}

export function keepCall(tab: ReturningTab, options: KeepCallOptions): void {
  const { storage, timers, recalled, pageEnd, inApp } = options;
  pageEnd.onGoing(() => formerPages.handleGoing());
  const memory = new CallMemory(storage, KEPT_CALL_KEY);
  const onPage: ReturnBrowser['onPage'] = (event, listener) =>
    event === 'goes' ? pageEnd.onGoing(listener) : onRestored(listener);
  void new CallReturn({ tab, memory, browser: { ...browser, onPage }, timers }).start(recalled);
  if (inApp) return;
  const keeping = new PageKeeping({ keeper, timers });
  tab.onChange((room) => keeping.handleRoom(room));
  keeping.handleRoom(tab.room);
}
