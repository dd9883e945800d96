/** Owns what every screen of the guest page owes its reader: nothing serious for axe, nothing cut off, in both themes. */

import type { Browser } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousProblems } from '../support/accessibility.ts';
import { findChromium, launchChromium } from '../support/chromium.ts';
import { PAGE_SCENES } from '../support/page-scenes.ts';
import { PageViews } from '../support/page-view.ts';

const chromium = findChromium();
const SIZES = [
  { width: 320, height: 640 },
  { width: 844, height: 390 },
  { width: 1280, height: 800 },
  { width: 390, height: 844 },
];

describe.skipIf(chromium === null)('every screen of the guest page', () => {
  let browser: Browser;
  let views: PageViews;
  beforeAll(async () => {
    views = await PageViews.serve();
    browser = await launchChromium(chromium ?? '');
  });
  afterAll(async () => {
    await browser.close();
    await views.end();
  });

  it.each(PAGE_SCENES.map((scene) => [scene.name, scene] as const))('%s', async (name, { states, act }) => {
    const view = await views.open(browser, {
      viewport: { width: 390, height: 844 },
      reducedMotion: 'reduce',
    });
    const { page } = view;
    for (const state of states) await view.show(state);
    await act?.(page);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousProblems(page), `${name}, ${colorScheme}`).toEqual([]);
    }
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(sticksOut, `${name} at ${size.width}`).toBeLessThanOrEqual(0);
    }
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    const sticksOut = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sticksOut, `${name} with text at 200 %`).toBeLessThanOrEqual(0);
    expect(view.faults).toEqual([]);
    await view.close();
  });
});
