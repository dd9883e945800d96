/** Owns the attacks on the page's window: what a page of somebody else keeps of a window in which it has opened the link. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser/chromium.ts';
import type { HostProcess } from '../support/host/host-process.ts';
import { until } from '../support/time/until.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const OWN_WORDS = 'of somebody else';

declare global {
  interface Window {
    /** What the attacker's page has of the window that it opened. */
    opened: Window;
  }
}

const OPENINGS: Readonly<Record<string, (url: string) => void>> = {
  'opens the link in a window': (url) => {
    const opened = window.open(url);
    if (opened !== null) window.opened = opened;
  },
  'leads an empty window to the link, and hides that it has it': (url) => {
    const opened = window.open('');
    if (opened === null) return;
    window.opened = opened;
    opened.opener = null;
    opened.location.href = url;
  },
};

describe.skipIf(chromium === null)('a page of somebody else', () => {
  let stage: Stage;
  let browser: Browser;
  let host: HostProcess;
  let attacker: Server;
  let page: Page;

  beforeAll(async () => {
    stage = await Stage.create();
    [browser, host] = await Promise.all([stage.browser(440, chromium ?? ''), stage.host()]);
    attacker = createServer((_request, response) =>
      response.setHeader('content-type', 'text/html').end(`<title>${OWN_WORDS}</title>`),
    );
    await new Promise<void>((resolve) => attacker.listen(0, '127.0.0.1', resolve));
    page = await (await browser.newContext({ locale: 'en-US' })).newPage();
    await page.goto(attackerUrl());
  });
  afterAll(async () => {
    attacker.close();
    await stage.clear();
    await stage.end();
  });

  const attackerUrl = () => `http://127.0.0.1:${(attacker.address() as AddressInfo).port}/`;

  const isLost = (attacking: Page) =>
    until(
      'the window lost',
      () => attacking.evaluate(() => window.opened.closed),
      (lost) => lost,
    );

  it.each(Object.entries(OPENINGS))('%s, and has lost it once that is shown', async (_name, open) => {
    const [tab] = await Promise.all([page.waitForEvent('popup'), page.evaluate(open, host.invite)]);
    const join = tab.getByRole('button', { name: 'Join', exact: true });
    await join.waitFor();
    await isLost(page);

    for (const load of ['first', 'again'] as const) {
      if (load === 'again') await tab.reload();
      await join.waitFor();
      await page.evaluate(() => {
        window.opened.location.href = location.href;
        window.opened.close();
      });
      // The answer to a question that was asked after the attack.
      expect(await tab.title(), load).not.toBe(OWN_WORDS);
      expect([tab.isClosed(), await join.isVisible()], load).toEqual([false, true]);
    }
    await tab.close();
  });

  it.each(Object.entries(OPENINGS))(
    '%s of a page that is kept, and has lost it all the same',
    async (_name, open) => {
      const short = await stage.host();
      const anna = await stage.guest(browser, short.invite, 'Anna');
      await anna.join();
      await anna.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
      await stage.kill(short);

      const attacking = await anna.page.context().newPage();
      await attacking.goto(attackerUrl());
      const [tab] = await Promise.all([
        attacking.waitForEvent('popup'),
        attacking.evaluate(open, short.invite),
      ]);
      await tab.getByRole('button', { name: 'Join', exact: true }).waitFor();
      await isLost(attacking);
      await attacking.close();
      await tab.close();
    },
  );
});
