/** Owns having a whole Chromium stand still, as on a computer that sleeps (not on Windows). */

import type { Browser } from 'playwright';

/** Nothing of it runs until `meanwhile` is over; its pages cannot be asked then. */
export async function standsStill(browser: Browser, meanwhile: () => Promise<void>): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  try {
    for (const { id } of processInfo) process.kill(id, 'SIGSTOP');
    await meanwhile();
  } finally {
    for (const { id } of processInfo) process.kill(id, 'SIGCONT');
  }
  await session.detach();
}
