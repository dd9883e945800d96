/** Owns what a page takes of memory and of a processor, in a browser in which it alone works. */

import { readFile } from 'node:fs/promises';
import { type Browser, type CDPSession, CDPSessionEvent, type Page } from 'puppeteer-core';

const KIB = 1_024;
const MB = 1_000_000;

/** Once what nobody needs is collected. */
export interface PageUse {
  /** What the system counts for its process alone: all that is allocated there, by whomever. */
  readonly processMb: number;
  /** Objects of the page, its workers and the audio thread. */
  readonly heapMb: number;
  /** Beside them; of sound that is on its way too, which comes and goes. */
  readonly bufferMb: number;
  /** Of a processor, by all processes of the browser since its start. */
  readonly processorSeconds: number;
  readonly atMs: number;
}

export async function memoryOf(browser: Browser, page: Page): Promise<PageUse> {
  const pageSession = await page.createCDPSession();
  const heaps = await Promise.all([pageSession, ...(await attachThreads(pageSession))].map(usageOf));
  await pageSession.detach();
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const [busiest] = processInfo
    .filter(({ type }) => type === 'renderer')
    .sort((a, b) => b.cpuTime - a.cpuTime);
  const status = await readFile(`/proc/${busiest?.id}/status`, 'utf8');
  return {
    processMb: (Number(/^RssAnon:\s*(\d+)/m.exec(status)?.[1] ?? Number.NaN) * KIB) / MB,
    heapMb: heaps.reduce((sum, { usedSize }) => sum + usedSize, 0) / MB,
    bufferMb: heaps.reduce((sum, { backingStorageSize = 0 }) => sum + backingStorageSize, 0) / MB,
    processorSeconds: processInfo.reduce((sum, { cpuTime }) => sum + cpuTime, 0),
    atMs: performance.now(),
  };
}

/** Of workers, and of the audio thread. */
async function attachThreads(session: CDPSession): Promise<readonly CDPSession[]> {
  const threads: CDPSession[] = [];
  session.on(CDPSessionEvent.SessionAttached, (thread) => void threads.push(thread));
  await session.send('Target.setAutoAttach', {
    autoAttach: true,
    waitForDebuggerOnStart: false,
    flatten: true,
  });
  return threads;
}

/** `backingStorageSize` is newer than the types. */
interface HeapUsage {
  readonly usedSize: number;
  readonly backingStorageSize?: number;
}

async function usageOf(session: CDPSession): Promise<HeapUsage> {
  await session.send('HeapProfiler.collectGarbage');
  return session.send('Runtime.getHeapUsage');
}
