/** Owns the proof that the links of files carry them between real browsers, each way, and stand when one is lost. */

import type { Browser } from 'playwright';
import type { Browser as Firefox } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILE_MESSAGE_MAX_BYTES } from '../../main/common/protocol/file-limits.ts';
import { Stage } from '../e2e/stage.ts';
import { bundleForPage } from '../support/browser/bundle-for-page.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { findFirefox, launchFirefox } from '../support/browser/firefox.ts';
import { digestOfBlocks } from '../support/browser/link-blocks.ts';
import type { LinkReport } from '../support/browser/link-page.ts';
import { until } from '../support/time/until.ts';

const chromium = findChromium();
const firefox = findFirefox();
const BLOCKS = 12;
const IDENTITY = 'linkPage.identity()';

/** A tab of either browser. */
interface LinkTab {
  evaluate(code: string): Promise<unknown>;
}

describe.skipIf(chromium === null)('the links of files', () => {
  let stage: Stage;
  let address: string;
  let script: string;
  let chromiumBrowser: Browser;
  let foxBrowser: Firefox | null = null;

  beforeAll(async () => {
    stage = await Stage.create();
    script = await bundleForPage('tests/support/browser/link-page.ts');
    address = new URL((await stage.host()).invite).origin;
    chromiumBrowser = await stage.browser(440, chromium ?? '');
    if (firefox !== null) foxBrowser = await launchFirefox(firefox, 1_000);
  });
  afterAll(async () => {
    await foxBrowser?.close();
    await stage.clear();
    await stage.end();
  });

  const pages = {
    Chromium: async () => {
      const page = await (await chromiumBrowser.newContext({ permissions: ['microphone'] })).newPage();
      await page.goto(address);
      return page;
    },
    Firefox: async () => {
      const page = await foxBrowser?.newPage();
      await page?.goto(address);
      return page;
    },
  } as const;

  async function open(browser: keyof typeof pages): Promise<LinkTab> {
    const page: LinkTab | undefined = await pages[browser]();
    if (page === undefined) throw new Error(`there is no ${browser}`);
    await page.evaluate(script);
    return page;
  }

  /** Carries what the two tell each other until all acks have come. */
  async function carry(from: LinkTab, to: LinkTab): Promise<LinkReport> {
    return until(
      'all acks',
      async () => {
        for (const [one, other] of [
          [from, to],
          [to, from],
        ] as const) {
          const signals = await one.evaluate('linkPage.takeSignals()');
          await other.evaluate(`linkPage.giveSignals(${JSON.stringify(signals)})`);
        }
        return reportOf(from);
      },
      ({ blocks }) => blocks === BLOCKS,
    );
  }

  const reportOf = async (tab: LinkTab) => (await tab.evaluate('linkPage.report()')) as LinkReport;

  /** From Chromium to Chromium whole files go in other tests. */
  const ways: ['Chromium' | 'Firefox', 'Chromium' | 'Firefox'][] = [
    ['Chromium', 'Firefox'],
    ['Firefox', 'Chromium'],
  ];
  it.each(ways.filter((way) => firefox !== null || !way.includes('Firefox')))(
    'bring blocks whole from %s to %s',
    async (sender, receiver) => {
      const [from, to] = [await open(sender), await open(receiver)];
      const [senderFp, receiverFp] = [await from.evaluate(IDENTITY), await to.evaluate(IDENTITY)];
      await from.evaluate(`linkPage.open('sending', '${receiverFp}')`);
      await to.evaluate(`linkPage.open('receiving', '${senderFp}')`);
      await from.evaluate(`linkPage.begin(${BLOCKS})`);
      const sent = await carry(from, to);
      const received = await reportOf(to);
      // How many links it takes, and how much a message has, is a matter of how fast the machine is.
      expect(sent.takenMaxBytes).toBeGreaterThanOrEqual(FILE_MESSAGE_MAX_BYTES);
      expect(sent).toMatchObject({ ended: 0, refused: [] });
      expect(received).toMatchObject({
        blocks: BLOCKS,
        digest: await digestOfBlocks(BLOCKS),
        ended: 0,
        refused: [],
      });
    },
  );
});
