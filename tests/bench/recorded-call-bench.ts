/** Owns measuring what recording adds to a real call of three: two of them in browsers of their own, one records, the other does not. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { chromiumArguments } from '../support/browser/chromium.ts';
import { connectionsStanding, installCallProbe } from '../support/call/call-probe.ts';
import { startHostProcess } from '../support/host/host-process.ts';
import { writeTone } from '../support/sound/tone.ts';
import { until } from '../support/time/until.ts';
import { memoryOf, type PageUse } from './recording-memory.ts';
import type { Measure } from './report.ts';
import { median } from './statistics.ts';

/** `RECORDED_CALL_MINUTES=2 npm run bench -- recorded-call` takes less time. */
const MINUTES = Number(process.env.RECORDED_CALL_MINUTES ?? 10);
/** By then all is there that is there once. */
const SETTLE_MS = 45_000;
const MINUTE_MS = 60_000;
const HERTZ = { recorder: 440, other: 660, third: 880 } as const;
/** Encoders and the audio thread; what a busy machine adds comes to both. */
const SHARE_ABOVE = 15;
/** What the process of a call comes and goes by from minute to minute, recorded or not. */
const PROCESS_ABOVE_MB = 4;
const HEAP_ABOVE_MB = 0.5;

interface Caller {
  readonly browser: Browser;
  readonly page: Page;
}

async function openCaller(executablePath: string, directory: string, invite: string, hertz: number) {
  const browser = await puppeteer.launch({
    executablePath,
    args: [
      ...chromiumArguments({ tonePath: await writeTone(directory, hertz) }),
      '--lang=en-US',
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    ],
  });
  const page = await browser.newPage();
  await page.evaluateOnNewDocument(installCallProbe);
  await page.goto(invite);
  await page.locator('::-p-aria([name="Your name"][role="textbox"])').fill(`Guest ${hertz}`);
  await press(page, 'Join');
  return { browser, page };
}

const press = (page: Page, name: string) =>
  page.locator(`::-p-aria([name="${name}"][role="button"])`).click();

async function recordAll(recorder: Page, others: readonly Page[]): Promise<void> {
  await press(recorder, 'Record');
  await press(recorder, 'A track for each person');
  for (const page of others) await press(page, 'Agree');
  await recorder.waitForFunction(
    (names) => names.every((name) => document.querySelector('#recordings')?.textContent?.includes(name)),
    {},
    ['In it:', `Guest ${HERTZ.other}`, `Guest ${HERTZ.third}`],
  );
}

/** Each minute, of both at once. */
async function watch(callers: readonly Caller[]): Promise<readonly (readonly PageUse[])[]> {
  const looks: (readonly PageUse[])[] = [];
  for (let minute = 0; ; minute++) {
    looks.push(await Promise.all(callers.map(({ browser, page }) => memoryOf(browser, page))));
    const figures = looks
      .at(-1)
      ?.map(({ processMb, heapMb }) => `${processMb.toFixed(1)} (${heapMb.toFixed(2)})`);
    console.error(`Minute ${minute}: process (heap), MB, recording and not: ${figures?.join(', ')}.`);
    if (minute === MINUTES) return looks;
    await new Promise((resolve) => setTimeout(resolve, MINUTE_MS));
  }
}

/** The middle of the last third above that of the first, so that no single moment decides. */
function growthOf(values: readonly number[]): number {
  const third = Math.ceil(values.length / 3);
  return median(values.slice(-third)) - median(values.slice(0, third));
}

/** Percent of a core, each minute. */
function sharesOf(looks: readonly PageUse[]): readonly number[] {
  return looks.slice(1).map((look, index) => {
    const before = looks[index] ?? look;
    return ((look.processorSeconds - before.processorSeconds) / (look.atMs - before.atMs)) * 100_000;
  });
}

/** `executablePath`: of Chromium. */
export async function benchRecordedCall(executablePath: string): Promise<Measure[]> {
  const directory = await mkdtemp(join(tmpdir(), 'secret-call-bench-'));
  const host = await startHostProcess({ flags: ['--mode', 'group', '--capacity', '3'] });
  const callers: Caller[] = [];
  try {
    for (const hertz of Object.values(HERTZ))
      callers.push(await openCaller(executablePath, directory, host.invite, hertz));
    const pages = callers.map(({ page }) => page);
    await until(
      'the whole mesh',
      () => Promise.all(pages.map((page) => connectionsStanding(page))),
      (standing) => standing.every((connections) => connections === pages.length - 1),
    );
    const [recorder, ...others] = pages;
    if (recorder === undefined) throw new Error('there is nobody to record');
    await recordAll(recorder, others);
    await new Promise((resolve) => setTimeout(resolve, SETTLE_MS));
    const looks = await watch(callers.slice(0, 2));
    const of = (index: number) => looks.map((look) => look[index]).filter((look) => look !== undefined);
    const [recording, plain] = [of(0), of(1)];
    const times = `over ${MINUTES} minutes`;
    return [
      {
        name: `Process of a page in a call, growth ${times}`,
        unit: 'MB',
        bare: [growthOf(plain.map(({ processMb }) => processMb))],
        product: [growthOf(recording.map(({ processMb }) => processMb))],
        target: { atMostAbove: PROCESS_ABOVE_MB },
      },
      {
        name: `Its heaps, growth ${times}`,
        unit: 'MB',
        bare: [growthOf(plain.map(({ heapMb }) => heapMb))],
        product: [growthOf(recording.map(({ heapMb }) => heapMb))],
        target: { atMostAbove: HEAP_ABOVE_MB },
      },
      {
        name: 'Browser in a call of three, each minute',
        unit: '% of a core',
        bare: sharesOf(plain),
        product: sharesOf(recording),
        target: { atMostAbove: SHARE_ABOVE },
      },
    ];
  } finally {
    for (const { browser } of callers) await browser.close();
    await host.stop();
    await rm(directory, { recursive: true, force: true });
  }
}
