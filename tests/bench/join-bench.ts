/** Owns the comparison of the two pages: from the click on Join until the connections stand and sound comes. */

import type { Browser, Page } from 'playwright';
import { type CallTimes, callTimes } from '../support/call/call-probe.ts';
import { startHostProcess } from '../support/host/host-process.ts';
import { until } from '../support/time/until.ts';
import { startBareRelay } from './bare-relay.ts';
import { type CallStage, openCaller, pressJoin } from './call-stage.ts';
import { byTurns } from './relay-bench.ts';
import type { RelayKind } from './relay-process.ts';
import type { Measure } from './report.ts';

const ROUNDS_OF_TWO = 15;
const ROUNDS_OF_FIVE = 5;
/** Those who are in already have their call, and the processor is idle again. */
const SETTLE_MS = 700;
const CALL_TIMEOUT_MS = 30_000;

interface JoinTimes {
  /** From the first click until every pair is connected on both sides, in milliseconds. */
  readonly connectedMs: number;
  /** From the first click until everyone has heard everyone. */
  readonly soundMs: number;
}

/** Waits until each page has a connection and a voice from each other page. */
async function wholeMesh(pages: readonly Page[]): Promise<CallTimes[]> {
  const others = pages.length - 1;
  return until(
    'the whole mesh with sound',
    () => Promise.all(pages.map((page) => callTimes(page))),
    (times) =>
      times.every(({ connectedMs, soundMs }) => connectedMs.length >= others && soundMs.length >= others),
    CALL_TIMEOUT_MS,
  );
}

/** `together`: all click at once; else all but the last are in before the last one clicks. */
async function measureJoin(
  stage: CallStage,
  kind: RelayKind,
  people: number,
  together: boolean,
): Promise<JoinTimes> {
  const context = await stage.browser.newContext({ locale: 'en-US' });
  const pages: Page[] = [];
  try {
    for (let index = 0; index < people; index++) {
      const page = await openCaller(stage, kind, context, `Guest ${index + 1}`);
      await page.evaluate(() => window.callProbe.listen());
      pages.push(page);
    }
    if (!together) {
      for (const page of pages.slice(0, -1)) await pressJoin(page);
      await pages[0]?.waitForTimeout(SETTLE_MS);
    }
    await Promise.all((together ? pages : pages.slice(-1)).map(pressJoin));
    const times = await wholeMesh(pages);
    const clicksMs = (together ? times : times.slice(-1)).map(({ clickMs }) => clickMs ?? Number.NaN);
    const firstClickMs = Math.min(...clicksMs);
    return {
      connectedMs: Math.max(...times.flatMap(({ connectedMs }) => connectedMs)) - firstClickMs,
      soundMs: Math.max(...times.flatMap(({ soundMs }) => soundMs)) - firstClickMs,
    };
  } finally {
    // Who goes elsewhere says goodbye. A page that is closed by its driver may be gone before it has, and its place would wait.
    for (const page of pages) await page.goto('about:blank');
    await context.close();
  }
}

export async function benchJoin(browser: Browser): Promise<Measure[]> {
  const host = await startHostProcess();
  const bareRelay = await startBareRelay();
  const stage: CallStage = { browser, host, bareRelay };
  try {
    const two = await byTurns(ROUNDS_OF_TWO, (kind) => measureJoin(stage, kind, 2, false));
    const five = await byTurns(ROUNDS_OF_FIVE, (kind) => measureJoin(stage, kind, 5, true));
    const rows = (samples: typeof two, pick: (times: JoinTimes) => number) => ({
      unit: 'ms',
      bare: samples.bare.map(pick),
      product: samples.product.map(pick),
    });
    return [
      {
        name: 'Join → both connected, two people',
        ...rows(two, ({ connectedMs }) => connectedMs),
        target: { atMost: 1.1 },
      },
      {
        name: 'Join → both hear, two people',
        ...rows(two, ({ soundMs }) => soundMs),
        target: { atMost: 1.1 },
      },
      {
        name: 'Join → all pairs connected, five at once',
        ...rows(five, ({ connectedMs }) => connectedMs),
        target: { atMost: 1.5 },
      },
      {
        name: 'Join → everyone hears everyone, five at once',
        ...rows(five, ({ soundMs }) => soundMs),
        target: { atMost: 1.5 },
      },
    ];
  } finally {
    await bareRelay.stop();
    await host.stop();
  }
}
