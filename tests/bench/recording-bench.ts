/** Owns measuring what a recording adds to memory while it lasts: the worker with encoders and disk, fed with an hour. */

import type { Browser, Page } from 'puppeteer-core';
import { FILE_MS } from '../../web-client/recording/worker/live-files.ts';
import { TOLERANCE_MS } from '../support/recording/expected-voices.ts';
import { FED_HZ } from '../support/recording/fed-tone.ts';
import { decode, probe, soundToolsMissing, toneIn } from '../support/recording/recorded-sound.ts';
import { RecorderRig } from '../support/recording/recorder-rig.ts';
import { memoryOf, type PageUse } from './recording-memory.ts';
import type { Measure } from './report.ts';

/** `RECORDING_BENCH_MINUTES=20 npm run bench -- recording` takes less time. */
const MINUTES = Number(process.env.RECORDING_BENCH_MINUTES ?? 60);
/** By then all is there that is there once. */
const SETTLED_MINUTES = 5;
const LOOK_MINUTES = 5;
/** Encoders are idle by then. */
const IDLE_MS = 3_000;
const VOICES = 3;
const MICROPHONE_HZ = 440;
/** Of each voice; less is not the sound that was fed. */
const BYTES_PER_SECOND_MIN = 1_000;
/** What is listened to where one file of a voice follows another. */
const AROUND_MS = 2_000;
/** By so much the system's allocator comes and goes; a packet of each that stayed would be twenty. */
const PROCESS_MAX_MB = 4;
/** A number that stayed of each packet would be more. */
const HEAP_MAX_MB = 0.5;

async function settledMemory(browser: Browser, page: Page): Promise<PageUse> {
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  return memoryOf(browser, page);
}

/** Each voice goes on where the worker begins another file for it, and ends where all were fed to. */
async function checkRecorded(rig: RecorderRig, page: Page): Promise<void> {
  if (soundToolsMissing !== null) {
    console.error(`What was recorded is not listened to: ${soundToolsMissing}.`);
    return;
  }
  const fedMs = await page.evaluate(() => window.recorderPage.fedMs());
  const [file = ''] = await rig.write(await page.evaluate(() => window.recorderPage.stopFeed()));
  const { durationMs } = await probe(file);
  if (Math.abs((durationMs ?? 0) - fedMs) > TOLERANCE_MS) throw new Error(`${durationMs} of ${fedMs} ms`);
  for (let voice = 0; voice < VOICES; voice++)
    for (let atMs = FILE_MS; atMs < fedMs; atMs += FILE_MS) {
      const around = await decode(file, voice, atMs - AROUND_MS / 2, AROUND_MS);
      const [[fromMs, toMs] = [0, 0], ...more] = toneIn(around, FED_HZ * (voice + 1));
      if (more.length > 0 || toMs - fromMs < AROUND_MS - TOLERANCE_MS)
        throw new Error(`voice ${voice} is not whole at ${atMs} ms`);
    }
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
    const settled = await settledMemory(browser, page);
    let above = { processMb: 0, heapMb: 0 };
    for (let minute = SETTLED_MINUTES; minute < MINUTES; minute += LOOK_MINUTES) {
      await record(LOOK_MINUTES);
      const { processMb, heapMb, bufferMb } = await settledMemory(browser, page);
      above = {
        processMb: processMb - settled.processMb,
        heapMb: heapMb + bufferMb - settled.heapMb - settled.bufferMb,
      };
      console.error(
        `After ${minute + LOOK_MINUTES} minutes: process ${above.processMb.toFixed(1)}, heaps ${above.heapMb.toFixed(3)} MB above.`,
      );
    }
    const bytes = await page.evaluate(() => window.recorderPage.fedBytes());
    if (bytes < MINUTES * 60 * VOICES * BYTES_PER_SECOND_MIN)
      throw new Error(`only ${bytes} bytes were written`);
    await checkRecorded(rig, page);
    const name = `recording ${VOICES} voices, minute ${SETTLED_MINUTES} → ${MINUTES}`;
    return [
      {
        name: `Process, ${name}`,
        unit: 'MB',
        bare: [],
        product: [above.processMb],
        target: { productAtMost: PROCESS_MAX_MB },
      },
      {
        name: `Heaps and buffers, ${name}`,
        unit: 'MB',
        bare: [],
        product: [above.heapMb],
        target: { productAtMost: HEAP_MAX_MB },
      },
    ];
  } finally {
    await rig.end();
  }
}
