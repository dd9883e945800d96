/** Owns keeping a call for the reload of its page: hands the browser's own things to what does it. */

import { type Disposable, toDisposable } from '../main/common/lifecycle.ts';
import type { TimersLike } from '../main/common/platform.ts';
import { CallMemory } from './ui/call/call-memory.ts';
import { CallReturn, type ReturnBrowser, type ReturningTab } from './ui/call/call-return.ts';
import type { PageStorage } from './ui/preferences/browser-storage.ts';

/** Of the tab's storage; where it is, there was a call. */
export const KEPT_CALL_KEY = 'secret-call.call';

export interface KeepCallOptions {
  readonly storage: PageStorage;
  readonly timers: TimersLike;
  /** The tab had its link before: this may be the reload of a page that was in the call. */
  readonly recalled: boolean;
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

function onPage(event: 'goes' | 'restored', listener: () => void): Disposable {
  const type = event === 'goes' ? 'pagehide' : 'pageshow';
  const tell = ({ persisted }: PageTransitionEvent) => {
    if (event === 'goes' || persisted) listener();
  };
  // Before the call is given up.
  window.addEventListener(type, tell, { capture: true });
  return toDisposable(() => window.removeEventListener(type, tell, { capture: true }));
}

const browser: ReturnBrowser = {
  wallClock: Date.now,
  newTab: () => crypto.randomUUID(),
  reloaded: isReload(),
  takeTab,
  mayUseMicrophone,
  onPage,
};

export function keepCall(tab: ReturningTab, { storage, timers, recalled }: KeepCallOptions): void {
  const memory = new CallMemory(storage, KEPT_CALL_KEY);
  void new CallReturn({ tab, memory, browser, timers }).start(recalled);
}
