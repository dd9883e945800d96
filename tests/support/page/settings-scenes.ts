/** Owns one example of everything the page shows of settings. */

import { click, type PageScene } from './page-scene.ts';
import { busy, others, pageBefore, pageIn } from './scene-rooms.ts';

export const SETTINGS_SCENES: readonly PageScene[] = [
  {
    name: 'settings',
    states: [pageIn({ participants: busy })],
    act: async (page) => {
      await click('#settings-show')(page);
      await page.locator('dialog.settings').waitFor();
    },
  },
  {
    name: 'settings-unkept',
    follows: 'by-escape',
    states: [pageIn({ participants: busy })],
    act: async (page) => {
      const kept = await page.evaluateHandle(() => Storage.prototype.setItem);
      await page.evaluate(() => {
        Storage.prototype.setItem = () => {
          throw new DOMException('full', 'QuotaExceededError');
        };
      });
      await page.locator('#settings-show').click();
      await page.locator('.settings .switch:not([aria-disabled="true"])').last().click();
      await page.locator('.unkept').waitFor();
      await kept.evaluate((setItem) => {
        Storage.prototype.setItem = setItem;
      });
    },
  },
  {
    name: 'check',
    states: [pageBefore({ participants: others(2) })],
    act: async (page) => {
      await click('#check-toggle')(page);
      await page.locator('#check-devices > *').first().waitFor();
    },
  },
];
