/** Owns how much of a processor a browser takes, all its processes together. */

import type { Browser } from 'playwright';

/** Of processor time since the browser's start. */
async function processorSeconds(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0);
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** In percent of one core: over `measuredMs`, once `settleMs` have passed. */
export async function browserShare(
  browser: Browser | null,
  settleMs: number,
  measuredMs: number,
): Promise<number> {
  if (browser === null) throw new Error('the browser is gone');
  await pause(settleMs);
  const startMs = performance.now();
  const startSeconds = await processorSeconds(browser);
  await pause(measuredMs);
  const usedSeconds = (await processorSeconds(browser)) - startSeconds;
  return (100_000 * usedSeconds) / (performance.now() - startMs);
}
