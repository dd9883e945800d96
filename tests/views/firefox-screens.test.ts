/** Owns the proof that screens are whole on small phones in Firefox, too: one of each kind, in the language of the longest words. */

import type { Page as FirefoxPage } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser/chromium.ts';
import { findFirefox, launchFirefox } from '../support/browser/firefox.ts';
import { screenProblems } from '../support/browser/screen-problems.ts';
import { GUEST_SCREEN_LIMITS } from '../support/page/guest-screens.ts';
import { PAGE_SCENES } from '../support/page/page-scenes.ts';
import { PageViews } from '../support/page/page-view.ts';
import type {} from '../support/page/page-view-entry.ts';

const chromium = findChromium();
const firefox = findFirefox();
const TONE_HZ = 440;
/** A narrow phone, and one on its side. */
const SIZES = [
  [320, 568],
  [480, 320],
] as const;
/** By the name of the scene: what is pressed in it. */
const PRESSED: Readonly<Record<string, string | null>> = {
  call: null,
  chat: '#chat-toggle',
  settings: '#settings-show',
  verify: '.person:nth-child(3) .trust',
};

describe.skipIf(chromium === null || firefox === null)('every kind of screen in Firefox', () => {
  let views: PageViews;
  let address: string;

  beforeAll(async () => {
    views = await PageViews.start(chromium ?? '');
    const { page } = await views.open();
    address = new URL('/?lang=ru', page.url()).href;
  });
  afterAll(() => views.end());

  async function show(page: FirefoxPage, name: string): Promise<void> {
    const scene = PAGE_SCENES.find((one) => one.name === name);
    if (scene === undefined) throw new Error(`no scene ${name}`);
    const [[width, height]] = SIZES;
    await page.setViewport({ width, height });
    await page.goto(address);
    await page.waitForFunction(() => window.pageView !== undefined);
    await page.evaluate((states) => {
      for (const state of states) window.pageView.render(state);
    }, scene.states);
    await page.waitForSelector('#stage[data-chat] .person:nth-child(3)');
    const pressed = PRESSED[name];
    if (pressed != null) await page.$eval(pressed, (control) => (control as HTMLElement).click());
  }

  it.each([16, 32])('is whole with letters of %i px', async (letterPx) => {
    const browser = await launchFirefox(firefox ?? '', TONE_HZ, { letterPx });
    try {
      const page = await browser.newPage();
      const problems: string[] = [];
      for (const name of Object.keys(PRESSED)) {
        await show(page, name);
        for (const [width, height] of SIZES) {
          await page.setViewport({ width, height });
          expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize)).toBe(
            `${letterPx}px`,
          );
          for (const problem of await screenProblems(page, GUEST_SCREEN_LIMITS))
            problems.push(`${name}, ${width}×${height}: ${problem}`);
        }
      }
      expect(problems).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});
