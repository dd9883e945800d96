/** Owns proof that one talks from the app itself, with guests in browsers and in other apps. */

import type { Browser } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { LiveStatus } from '../../main/common/host-api/snapshot.ts';
import { Stage } from '../e2e/stage.ts';
import { findChromium } from '../support/browser/chromium.ts';
import type { Guest } from '../support/browser/guest.ts';
import { TalkingApp } from '../support/host/app-call.ts';
import { type Desktop, describeDesktop, desktopObstacle } from '../support/host/electron.ts';
import { until } from '../support/time/until.ts';
import { SocketGuest } from '../support/wire/socket-guest.ts';

const APP_HZ = 440;
const BROWSER_HZ = 660;

const chromium = findChromium();

/** What the system would show; no window of the app counts as looked at. */
async function catchNotifications({ app }: Desktop) {
  await app.evaluate(({ BrowserWindow, Notification }) => {
    const told: { title: string; body: string }[] = [];
    Object.assign(globalThis, { told });
    Object.assign(BrowserWindow, { getFocusedWindow: () => null });
    Object.assign(Notification, { isSupported: () => true });
    Notification.prototype.show = function show() {
      told.push({ title: this.title, body: this.body });
    };
  });
  return () =>
    app.evaluate(() => (globalThis as unknown as { told: { title: string; body: string }[] }).told);
}

describeDesktop(
  'a call in the app',
  () => {
    let stage: Stage;
    let browser: Browser;
    let app: TalkingApp;
    let live: LiveStatus;
    let guest: Guest;
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
      live = await app.host();
      const host = await app.talkHere('Ann');
      await host.join();
      guest = await stage.guest(browser, live.local.invite, 'Ben');
      await guest.join();
      await Promise.all([host.sees('Ben'), guest.sees('Ann')]);
      await Promise.all([host.hears(BROWSER_HZ), guest.hears(APP_HZ)]);
      expect(host.faults).toEqual([]);
    });

    it('tells once who mentions one and who joins while nobody looks, and no word of what was written', async () => {
      const told = await catchNotifications(app.desktop);
      const { page } = guest;
      await page.getByRole('textbox', { name: 'Message' }).fill('@Ann the door code is 4711');
      await page.keyboard.press('Enter');
      await until('a mention', told, (notices) => notices.length > 0);
      const cat = await SocketGuest.enter(live.local.invite, 'Cat');
      await until('a newcomer', told, (notices) => notices.length > 1);
      await cat.closeTab();
      expect(await told()).toEqual([
        { title: 'Ben mentioned you', body: '' },
        { title: 'Cat joined', body: '' },
      ]);
    });
  },
  desktopObstacle() ?? (chromium === null ? 'no Chromium here' : null),
);
