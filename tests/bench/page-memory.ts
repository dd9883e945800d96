/** Owns how much memory the page of a browser takes that has but one: what the system counts for its process. */

import { readFile } from 'node:fs/promises';
import type { Browser } from 'playwright';

const LOOK_MS = 200;
const KIB = 1_024;
const MB = 1_000_000;

async function renderersOf(browser: Browser): Promise<readonly number[]> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  return processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
}

async function residentMb(processId: number): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, 'utf8').catch(() => '');
  return (Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) * KIB) / MB;
}

/** The most that each of them took meanwhile above what it took before. */
export async function memoryAbove(
  browsers: readonly Browser[],
  work: () => Promise<void>,
): Promise<readonly number[]> {
  // Asked once, and the system alone from then on: the browser is not to work for whoever looks at it.
  const renderers = await Promise.all(browsers.map(renderersOf));
  const look = () =>
    Promise.all(
      renderers.map(async (ids) =>
        (await Promise.all(ids.map(residentMb))).reduce((sum, size) => sum + size, 0),
      ),
    );
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
