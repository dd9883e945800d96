/** Owns measuring what a standing call takes of the processor: four people who all talk, in a browser of their own. */

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { launchChromium } from '../support/browser/chromium.ts';
import { connectionsStanding } from '../support/call/call-probe.ts';
import { startHostProcess } from '../support/host/host-process.ts';
import { writeTone } from '../support/sound/tone.ts';
import { until } from '../support/time/until.ts';
import { startBareRelay } from './bare-relay.ts';
import { type CallStage, openCaller, pressJoin } from './call-stage.ts';
import { browserShare } from './processor.ts';
import { byTurns } from './relay-bench.ts';
import type { RelayKind } from './relay-process.ts';
import type { Measure } from './report.ts';

const ROUNDS = 3;
const PEOPLE = 4;
const TONE_HZ = 440;
const SETTLE_MS = 6_000;
const MEASURED_MS = 15_000;

/** Percent of one core. */
async function measureStanding(
  servers: Omit<CallStage, 'browser'>,
  kind: RelayKind,
  executablePath: string,
  tonePath: string,
): Promise<number> {
  const browser = await launchChromium(executablePath, { tonePath, graphicsCard: true });
  const pages: Page[] = [];
  try {
    const context = await browser.newContext({ locale: 'en-US' });
    for (let index = 0; index < PEOPLE; index++) {
      const page = await openCaller({ ...servers, browser }, kind, context, `Guest ${index + 1}`);
      pages.push(page);
      await pressJoin(page);
    }
    await until(
      'the whole mesh',
      () => Promise.all(pages.map((page) => connectionsStanding(page))),
      (standing) => standing.every((connections) => connections === PEOPLE - 1),
    );
    return await browserShare(browser, SETTLE_MS, MEASURED_MS);
  } finally {
    for (const page of pages) await page.close();
    await browser.close();
  }
}

/** `executablePath`: of Chromium. */
export async function benchStanding(executablePath: string): Promise<Measure[]> {
  const temporary = await mkdtemp(join(tmpdir(), 'secret-call-bench-'));
  const tonePath = await writeTone(temporary, TONE_HZ);
  const host = await startHostProcess();
  const bareRelay = await startBareRelay();
  try {
    const shares = await byTurns(ROUNDS, (kind) =>
      measureStanding({ host, bareRelay }, kind, executablePath, tonePath),
    );
    return [
      {
        name: 'Standing call of four, all talking',
        unit: '% of a core',
        ...shares,
        target: { atMost: 1.05 },
      },
    ];
  } finally {
    await bareRelay.stop();
    await host.stop();
    await rm(temporary, { recursive: true, force: true });
  }
}
