/** Owns how much memory the page of a browser takes that has but one: what the system counts for its process. */

import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright';

const LOOK_MS = 200;
const KIB = 1_024;
const MB = 1_000_000;

async function renderersMb(browser: Browser): Promise<number> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const sizes = processInfo
    .filter(({ type }) => type === 'renderer')
    .map(async ({ id }) => {
      const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
      return (Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) * KIB) / MB;
    });
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
}

/** The most that each of them took meanwhile above what it took before. */
export async function memoryAbove(
  browsers: readonly Browser[],
  work: () => Promise<void>,
): Promise<readonly number[]> {
  const look = () => Promise.all(browsers.map(renderersMb));
  const before = await look();
  let most = before;
  let over = false;
  const looking = (async () => {
    while (!over) {
      const now = await look();
      most = most.map((size, index) => Math.max(size, now[index] ?? 0));
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  })();
  await work().finally(() => {
    over = true;
  });
  await looking;
  return most.map((size, index) => size - (before[index] ?? 0));
}
