/** Owns what every screen of the guest page owes its reader: nothing serious for axe, nothing cut off, in both themes. */

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousProblems } from '../support/accessibility.ts';
import { findChromium } from '../support/chromium.ts';
import { PAGE_SCENES } from '../support/page-scenes.ts';
import { PageViews, type ViewPage } from '../support/page-view.ts';

const chromium = findChromium();
const PHONE = { width: 390, height: 844 };
const NARROW = { width: 320, height: 640 };
/** The longer words of Russian are a matter of the narrow screens. */
const SIZES = {
  en: [NARROW, { width: 844, height: 390 }, { width: 1280, height: 800 }, PHONE],
  ru: [NARROW, PHONE],
};

describe.skipIf(chromium === null)('every screen of the guest page', () => {
  let views: PageViews;
  beforeAll(async () => {
    views = await PageViews.start(chromium ?? '');
  });
  afterAll(() => views.end());

  describe.each(['en', 'ru'] as const)('in %s', (language) => {
    let view: ViewPage;
    beforeAll(async () => {
      view = await views.open({ query: `?lang=${language}`, reducedMotion: 'reduce' });
    });
    afterAll(() => view.close());

    it.each(PAGE_SCENES.map((scene) => [scene.name, scene] as const))(
      '%s',
      async (_name, { states, act }) => {
        const { page } = view;
        await page.setViewportSize(PHONE);
        await page.emulateMedia({ colorScheme: 'dark' });
        await page.reload();
        for (const state of states) await view.show(state);
        await act?.(page);
        if (language === 'en') {
          expect(await seriousProblems(page), 'dark').toEqual([]);
          await page.emulateMedia({ colorScheme: 'light' });
          expect(await seriousProblems(page, 'color-contrast'), 'light').toEqual([]);
        }
        const sticksOut = () =>
          page.evaluate(() => {
            const dialogs = [...document.querySelectorAll('dialog[open]')];
            const inside = dialogs.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
            return Math.max(document.documentElement.scrollWidth - innerWidth, ...inside);
          });
        for (const button of await page.locator('dialog[open] button:enabled:visible').all())
          await button.click({ trial: true });
        for (const size of SIZES[language]) {
          await page.setViewportSize(size);
          expect(await sticksOut(), `width ${size.width}`).toBeLessThanOrEqual(0);
        }
        await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
        expect(await sticksOut(), 'text at 200 %').toBeLessThanOrEqual(0);
        expect(view.faults).toEqual([]);
      },
    );
  });
});
