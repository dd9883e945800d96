/** Owns one load of a page by somebody who comes for the first time and presses Join as soon as there is something to press. */

import type { Browser, Page } from 'playwright';
import { until } from '../support/time/until.ts';

const LOAD_TIMEOUT_MS = 30_000;
/**
 * A page of its own comes in a window of its own, and what Chromium loads for that window's frame took 318 ms of processor
 * time where the page took 54. Who taps a link has a window already, so it is let finish.
 */
const WINDOW_MS = 1_000;
/** Both ways, in bytes a second: 1.6 Mbit/s. */
const THROUGHPUT = 200_000;
export const LATENCY_MS = 150;

/** Since the navigation began. */
export interface FirstLoad {
  /** The first paint that shows anything of the content. */
  readonly paintMs: number;
  /** When a Join that is not disabled first stood there. */
  readonly enabledMs: number;
  /** When a press of it was acted on: the page asked for the microphone. What it only keeps for later does not count. */
  readonly pressableMs: number;
  /** Answers that had to be waited for one after another until then, the document's included and the socket's not. */
  readonly roundTrips: number;
}

type SeenByProbe = Omit<FirstLoad, 'roundTrips'> & {
  readonly requests: readonly { readonly askedMs: number; readonly answeredMs: number }[];
};

declare global {
  interface Window {
    /** null until all was seen. */
    seenByProbe: () => SeenByProbe | null;
  }
}

/**
 * When Join is pressed: as soon as it can be, or by somebody who has seen it. The product's can be pressed before it is shown,
 * and what the browser then does for a microphone is no part of what it takes to paint the page.
 */
export type PressTime = 'at-once' | 'when-painted';

/**
 * Runs in the page before its own scripts, the same in both: in each frame it presses Join where that is not disabled, until
 * the microphone is asked for. Whose name is asked for has been here before; nothing else is remembered.
 */
export function installPressProbe(pressTime: PressTime): void {
  let enabledMs: number | null = null;
  let pressableMs: number | null = null;

  const paintedMs = () => performance.getEntriesByName('first-contentful-paint')[0]?.startTime;

  function press(): void {
    if (pressTime === 'when-painted' && paintedMs() === undefined) {
      requestAnimationFrame(press);
      return;
    }
    const button = [...document.querySelectorAll('button')].find(
      ({ textContent, disabled }) => textContent.trim() === 'Join' && !disabled,
    );
    if (button?.checkVisibility()) {
      enabledMs ??= performance.now();
      button.click();
    }
    if (pressableMs === null) requestAnimationFrame(press);
  }

  try {
    localStorage.setItem('secret-call.preferences', JSON.stringify({ name: 'Anna' }));
  } catch {
    // about:blank has no storage, and is no page to be measured.
    return;
  }
  MediaDevices.prototype.getUserMedia = new Proxy(MediaDevices.prototype.getUserMedia, {
    apply(target, devices, parameters) {
      pressableMs ??= performance.now();
      return Reflect.apply(target, devices, parameters);
    },
  });
  requestAnimationFrame(press);

  window.seenByProbe = () => {
    const paintMs = paintedMs();
    if (paintMs === undefined || enabledMs === null || pressableMs === null) return null;
    const untilMs = pressableMs;
    const requests = ['navigation', 'resource']
      .flatMap((type) => performance.getEntriesByType(type))
      .filter((entry) => entry instanceof PerformanceResourceTiming)
      .filter(({ responseEnd }) => responseEnd > 0 && responseEnd <= untilMs)
      .map(({ requestStart, startTime, responseStart }) => ({
        askedMs: Math.max(requestStart, startTime),
        answeredMs: responseStart,
      }));
    return { paintMs, enabledMs, pressableMs, requests };
  };
}

/** The longest row of requests of which each was sent after the one before was answered. */
function roundTripsOf(requests: SeenByProbe['requests']): number {
  const inOrder = requests.toSorted((a, b) => a.askedMs - b.askedMs);
  const depths: number[] = [];
  for (const { askedMs } of inOrder) {
    const before = depths.filter((_depth, index) => (inOrder[index]?.answeredMs ?? 0) <= askedMs);
    depths.push(1 + Math.max(0, ...before));
  }
  return Math.max(...depths);
}

/** A phone's network, by the browser's own emulation, for all that this page loads. */
async function emulateNetwork(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', {
    offline: false,
    latency: LATENCY_MS,
    downloadThroughput: THROUGHPUT,
    uploadThroughput: THROUGHPUT,
  });
}

/** In a page that is on its way to `url`. */
export async function readFirstLoad(page: Page, url: string): Promise<FirstLoad> {
  const seen = await until(
    `the microphone asked for by ${url}`,
    () => page.evaluate(() => window.seenByProbe?.() ?? null),
    (value) => value !== null,
    LOAD_TIMEOUT_MS,
  );
  if (seen === null) throw new Error('nothing was seen');
  const { requests, ...times } = seen;
  return { ...times, roundTrips: roundTripsOf(requests) };
}

/** Nothing is cached. `emulated`: over a slow network. */
export async function loadFirst(
  browser: Browser,
  url: string,
  { emulated, pressTime }: { readonly emulated: boolean; readonly pressTime: PressTime },
): Promise<FirstLoad> {
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  try {
    await page.waitForTimeout(WINDOW_MS);
    if (emulated) await emulateNetwork(page);
    await page.addInitScript<PressTime>(installPressProbe, pressTime);
    await page.goto(url, { waitUntil: 'commit' });
    return await readFirstLoad(page, url);
  } finally {
    // A context that is closed ends its pages without a word, and their places would wait for them.
    await page.close();
    await context.close();
  }
}
