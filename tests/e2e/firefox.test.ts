/** Owns the proof that Firefox and Chromium talk to each other. */

import type { Browser } from 'playwright';
import type { Browser as Firefox } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleForPage } from '../support/bundle-for-page.ts';
import { installCallProbe } from '../support/call-probe.ts';
import { findChromium } from '../support/chromium.ts';
import { findFirefox, launchFirefox } from '../support/firefox.ts';
import { hearsExactly } from '../support/hearing.ts';
import { readWriting } from '../support/read-writing.ts';
import type {} from '../support/read-writing-page.ts';
import { recordTones } from '../support/recorded-tones.ts';
import { until } from '../support/until.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const firefox = findFirefox();
const CHROMIUM_HZ = 440;
const FIREFOX_HZ = 1_000;

describe.skipIf(chromium === null || firefox === null)('Firefox and Chromium', () => {
  let stage: Stage;
  let foxBrowser: Firefox;
  let chromiumBrowser: Browser;

  beforeAll(async () => {
    stage = await Stage.create();
    chromiumBrowser = await stage.browser(CHROMIUM_HZ, chromium ?? '');
    foxBrowser = await launchFirefox(firefox ?? '', FIREFOX_HZ);
  });
  afterAll(async () => {
    await foxBrowser.close();
    await stage.clear();
    await stage.end();
  });

  it('hear each other', async () => {
    const host = await stage.host({ flags: ['--mode', '1x1'] });
    const anna = await stage.guest(chromiumBrowser, host.invite, 'Anna');
    await anna.join();

    const page = await foxBrowser.newPage();
    await page.evaluateOnNewDocument(installCallProbe);
    await page.goto(withLanguage(host.invite));
    await page.locator('::-p-aria([name="Your name"][role="textbox"])').fill('Boris');
    await page.locator('::-p-aria([name="Join"][role="button"])').click();

    await anna.hears(FIREFOX_HZ);
    await until('what Boris hears', () => recordTones(page), hearsExactly([CHROMIUM_HZ]));
    await anna.sees('Boris');
  });

  it('read names, addresses and mentions alike', async () => {
    const script = await bundleForPage('tests/support/read-writing-page.ts');
    const [foxPage, page] = [await foxBrowser.newPage(), await chromiumBrowser.newPage()];
    await foxPage.evaluate(script);
    await page.evaluate(script);
    const expected = JSON.parse(readWriting());
    expect(JSON.parse(await foxPage.evaluate(() => window.readWriting()))).toEqual(expected);
    expect(JSON.parse(await page.evaluate(() => window.readWriting()))).toEqual(expected);
  });
});

/** The invite in English, whatever the browser's language is. */
function withLanguage(invite: string): string {
  const url = new URL(invite);
  url.searchParams.set('lang', 'en');
  return url.href;
}
