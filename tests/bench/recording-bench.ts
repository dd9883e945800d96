/** Owns measuring what a recording adds to memory while it lasts: the worker with encoders, muxers and disk, fed with an hour. */

import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'puppeteer-core';
import { RecorderRig } from '../support/recording/recorder-rig.ts';
import type { Measure } from './report.ts';

/** `RECORDING_BENCH_MINUTES=20 npm run bench -- recording` takes less time. */
const MINUTES = Number(process.env.RECORDING_BENCH_MINUTES ?? 60);
/** By then all is there that is there once. */
const SETTLED_MINUTES = 5;
const IDLE_MS = 3_000;
const VOICES = 3;
const MICROPHONE_HZ = 440;
const KIB = 1_024;
const MB = 1_000_000;
/** Of each voice; less is not the sound that was fed. */
const BYTES_PER_SECOND_MIN = 1_000;

/** Of the page's process, which alone works, once the encoders are idle and what nobody needs is collected. */
async function memoryMb(browser: Browser, page: Page): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  for (const { client } of page.workers()) await client.send('HeapProfiler.collectGarbage');
  const session = await browser.target().createCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const [busiest] = processInfo
    .filter(({ type }) => type === 'renderer')
    .sort((a, b) => b.cpuTime - a.cpuTime);
  const status = await readFile(`/proc/${busiest?.id}/status`, 'utf8');
  return (Number(/^RssAnon:\s*(\d+)/m.exec(status)?.[1] ?? Number.NaN) * KIB) / MB;
}

/** `executablePath`: of Chromium. */
export async function benchRecording(executablePath: string): Promise<Measure[]> {
  const rig = await RecorderRig.create();
  try {
    const { browser, page } = await rig.open(executablePath, MICROPHONE_HZ);
    const record = (minutes: number) =>
      page.evaluate((seconds) => window.recorderPage.feed(seconds), minutes * 60);
    await page.evaluate((voices) => window.recorderPage.startFeed(voices), VOICES);
    await record(SETTLED_MINUTES);
    const settledMb = await memoryMb(browser, page);
    let aboveMb = 0;
    for (let minute = SETTLED_MINUTES; minute < MINUTES; minute += SETTLED_MINUTES) {
      await record(SETTLED_MINUTES);
      aboveMb = (await memoryMb(browser, page)) - settledMb;
      console.error(`After ${minute + SETTLED_MINUTES} minutes: ${aboveMb.toFixed(1)} MB above.`);
    }
    const bytes = await page.evaluate(() => window.recorderPage.fedBytes());
    if (bytes < MINUTES * 60 * VOICES * BYTES_PER_SECOND_MIN)
      throw new Error(`only ${bytes} bytes were written`);
    await page.evaluate(() => window.recorderPage.stopFeed());
    return [
      {
        name: `Memory, recording ${VOICES} voices, minute ${SETTLED_MINUTES} → ${MINUTES}`,
        unit: 'MB',
        bare: [],
        product: [aboveMb],
      },
    ];
  } finally {
    await rig.end();
  }
}
