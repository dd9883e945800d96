/** Owns the row of somebody far away who opens the link: until Join can be pressed, and until a voice comes, beside a bare page. */

import type { Browser } from 'playwright';
import { installPressProbe, type PressTime, readFirstLoad } from '../../bench/first-load.ts';
import { byTurns } from '../../bench/relay-bench.ts';
import { median } from '../../bench/statistics.ts';
import { launchChromium } from '../../support/browser/chromium.ts';
import { callTimes, installCallProbe } from '../../support/call/call-probe.ts';
import { until } from '../../support/time/until.ts';
import { openBarePage, startBareCall } from '../bare-call.ts';
import type { LineShape } from '../lossy-link.ts';
import { TRUSTING } from '../person.ts';
import type { NetsimRow } from '../row.ts';

const LINE: LineShape = { delayMs: 75, jitterMs: 0, lossPercent: 1, burstMs: 0 };
const ROUNDS = 7;
const PRESSABLE_MAX_RATIO = 1.6;

/** Since the tap on the link. */
interface FarLoad {
  readonly paintMs: number;
  readonly pressableMs: number;
  readonly heardMs: number;
}

/** By somebody who never was here and presses Join as soon as that is acted on. */
async function loadFromAfar(browser: Browser, url: string): Promise<FarLoad> {
  const context = await browser.newContext({ locale: 'en-US', ignoreHTTPSErrors: true });
  const page = await context.newPage();
  try {
    await page.addInitScript(installCallProbe);
    await page.addInitScript<PressTime>(installPressProbe, 'at-once');
    await page.addInitScript(() => window.callProbe.listen());
    await page.goto(url, { waitUntil: 'commit' });
    const { paintMs, pressableMs } = await readFirstLoad(page, url);
    const [soundMs = Number.NaN] = await until(
      'a voice',
      async () => (await callTimes(page)).soundMs,
      (times) => times.length > 0,
    );
    return { paintMs, pressableMs, heardMs: soundMs - (await page.evaluate(() => performance.timeOrigin)) };
  } finally {
    await page.close();
    await context.close();
  }
}

const far: NetsimRow = {
  fault: '75 ms each way and 1 % loss, TLS at the local port, first visit',
  async run(stage) {
    await stage.startHost();
    const bare = await startBareCall(stage.hostMachine.address);
    const boris = await stage.person('Boris');
    const { executablePath, link } = await stage.browserBehindLossyLink('anna');
    const browser = await launchChromium(executablePath, { extraArguments: TRUSTING });
    try {
      const urls = { product: await stage.invite(), bare: bare.url };
      await boris.join(urls.product);
      await (await openBarePage(boris.profile, bare.url)).keyboard.press('Enter');
      await link.shape(LINE);
      const loads = await byTurns(ROUNDS, (kind) => loadFromAfar(browser, urls[kind]));
      const figures = (name: string, pick: (load: FarLoad) => number, atMost?: number) => {
        const own = median(loads.product.map(pick));
        const floor = median(loads.bare.map(pick));
        return [
          { name: `${name}, bare page`, value: floor, unit: 'ms' },
          { name: `${name}, our page`, value: own, unit: 'ms' },
          { name: 'ratio', value: own / floor, unit: '×', ...(atMost === undefined ? {} : { atMost }) },
        ] as const;
      };
      return {
        figures: [
          ...figures('tap → first paint', ({ paintMs }) => paintMs),
          ...figures('tap → Join can be pressed', ({ pressableMs }) => pressableMs, PRESSABLE_MAX_RATIO),
          ...figures('tap → a voice is heard', ({ heardMs }) => heardMs),
        ],
      };
    } finally {
      await browser.close();
      await bare.stop();
    }
  },
};

export const farRows: Readonly<Record<string, NetsimRow>> = { far };
