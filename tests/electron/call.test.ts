/** Owns proof that one talks from the app itself, with guests in browsers and in other apps. */

import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Stage } from '../e2e/stage.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { TalkingApp } from '../support/host/app-call.ts';
import { describeDesktop, desktopObstacle } from '../support/host/electron.ts';

const APP_HZ = 440;
const BROWSER_HZ = 660;

const chromium = findChromium();

describeDesktop(
  'a call in the app',
  () => {
    let stage: Stage;
    let browser: Browser;
    let app: TalkingApp;
    beforeAll(async () => {
      stage = await Stage.create();
      browser = await stage.browser(BROWSER_HZ, chromium ?? '');
      app = await TalkingApp.launch(APP_HZ);
    });
    afterAll(async () => {
      await app.dispose();
      await stage.end();
    });

    it('is heard by a guest in a browser, who is heard there', async () => {
      const live = await app.host();
      const host = await app.talkHere('Ann');
      await host.join();
      const guest = await stage.guest(browser, live.local.invite, 'Ben');
      await guest.join();
      await Promise.all([host.sees('Ben'), guest.sees('Ann')]);
      await Promise.all([host.hears(BROWSER_HZ), guest.hears(APP_HZ)]);
      expect(host.faults).toEqual([]);
    });
  },
  desktopObstacle() ?? (chromium === null ? 'no Chromium here' : null),
);
