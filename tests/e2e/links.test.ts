/** Owns what a link may go through between the host and the call: reload, second tab, way back, messengers. */

import type { Browser, Page } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seriousProblems } from '../support/browser/accessibility.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { Stage } from './stage.ts';

const executablePath = findChromium();

describe.skipIf(executablePath === null)('a link', () => {
  let stage: Stage;
  let browser: Browser;
  let invite: string;

  beforeAll(async () => {
    stage = await Stage.create();
    const started = [stage.browser(440, executablePath ?? ''), stage.host()] as const;
    [browser, { invite }] = await Promise.all(started);
  });
  afterEach(() => stage.dismissGuests());
  afterAll(async () => {
    await stage.clear();
    await stage.end();
  });

  const isReady = (page: Page) => page.getByRole('status').filter({ hasText: 'Ready to join' }).waitFor();
  const addressOf = (page: Page) => page.evaluate(() => location.href);

  it('works with what messengers add to it', async () => {
    const anna = await stage.guest(browser, invite, 'Anna');
    await anna.join();
    const changed = [`${invite}.`, `${invite}%20，谢谢`, invite.replace('/#', '/?fbclid=abc#')];
    for (const link of changed) {
      const guest = await stage.guest(browser, link, 'Boris');
      await guest.participants.filter({ hasText: 'Anna' }).waitFor();
      expect(await addressOf(guest.page)).not.toContain('#');
      if (link === changed.at(-1)) await guest.join();
      else await guest.close();
    }
    await anna.isConnectedTo(1);
  });

  it('opens where the storage is full but for a few units, and again after a reload', async () => {
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    const faults: string[] = [];
    page.on('pageerror', ({ message }) => faults.push(message));
    await page.addInitScript(() => {
      const left = Number(new URL(location.href).searchParams.get('left'));
      for (const storage of [sessionStorage, localStorage]) {
        storage.clear();
        storage.setItem('others', 'x'.repeat(5 * 2 ** 20 - 'others'.length - left));
        try {
          storage.setItem('y', 'x'.repeat(left));
        } catch {
          continue;
        }
        throw new Error('this browser has another quota');
      }
    });
    for (const left of [20, 60]) {
      await page.goto(invite.replace('/#', `/?left=${left}#`));
      await isReady(page);
      expect(await addressOf(page)).not.toContain('#');
    }
    await page.reload();
    await isReady(page);
    expect(faults).toEqual([]);
    await context.close();
  });

  it('whose number sign was escaped is repaired, with a word on what was sent; so is one that leads nowhere', async () => {
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    const refused: string[] = [];
    page.on('console', (entry) => {
      if (entry.text().includes('Content Security Policy')) refused.push(entry.text());
    });
    await page.setViewportSize({ width: 320, height: 568 });
    await page.goto(invite.replace('/#', '/%23'));
    await page.getByRole('heading', { name: 'This link lost its # on the way' }).waitFor();
    expect(await addressOf(page)).toBe(invite);
    expect(await seriousProblems(page)).toEqual([]);
    await page.getByRole('button', { name: 'Open the call all the same' }).click();
    await isReady(page);
    expect(await addressOf(page)).toBe(new URL('/', invite).href);

    await page.goto(new URL('/wp-login.php?lang=ru', invite).href);
    await page.getByRole('button', { name: 'На главную страницу' }).click();
    await isReady(page);
    expect(refused).toEqual([]);
    await context.close();
  });

  it('opens again by the way back, and lets nobody be heard who had left it', async () => {
    const anna = await stage.guest(browser, invite, 'Anna');
    await anna.join();
    const room = await addressOf(anna.page);
    await anna.page.evaluate(() => Object.assign(window, { isFormerPage: true }));
    await anna.page.goto(`${new URL(room).origin}/healthz`);
    await anna.page.goBack();
    // The browser may bring the page back as it was; it then loads itself anew.
    await anna.page.waitForFunction(() => !('isFormerPage' in window));
    await isReady(anna.page);
    expect(await addressOf(anna.page)).toBe(room);
    // A name is remembered once it was joined with.
    await anna.page.getByRole('textbox', { name: 'Your name' }).fill('Anna');
    await anna.join();
    await anna.leave();
  });

  it('lets the first tab be in a duplicate', async () => {
    const anna = await stage.guest(browser, invite, 'Anna');
    await anna.join();
    const opened = anna.page.waitForEvent('popup');
    // A tab opened by the page gets a copy of its sessionStorage, as a duplicated one does.
    await anna.page.evaluate(() => void window.open(location.href));
    const duplicate = await opened;
    await isReady(duplicate);
    await anna.showsStatus('Live');
    await anna.sees();
    await duplicate.getByRole('button', { name: 'Join', exact: true }).click();
    await duplicate.getByRole('status').filter({ hasText: 'Live' }).waitFor();
    await anna.sees('Anna');
    await anna.isConnectedTo(1);
  });
});
