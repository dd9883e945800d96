/** Owns Firefox on another machine of the network, as a process there: its driver talks to it over that machine's loopback. */

import type { Page } from 'puppeteer-core';
import { assertNever } from '../../main/common/result.ts';
import { launchFirefox } from '../support/browser/firefox.ts';

export type FirefoxOrder =
  /** The page at this address, with the name typed; `prepare` as in `evaluate`, before the page's own scripts. */
  | { readonly type: 'open'; readonly url: string; readonly name: string; readonly prepare: string }
  /** Source of a function without parameters. */
  | { readonly type: 'evaluate'; readonly source: string }
  | { readonly type: 'click'; readonly button: 'Join' | 'Leave' }
  | { readonly type: 'close' };

export type FirefoxReply =
  | { readonly type: 'done'; readonly value: unknown }
  | { readonly type: 'failed'; readonly reason: string };

const [, , executablePath = '', toneHz = ''] = process.argv;
const browser = await launchFirefox(executablePath, Number(toneHz), { trusting: true });
let page: Page | null = null;

function currentPage(): Page {
  if (page === null) throw new Error('no page is open');
  return page;
}

async function obey(order: FirefoxOrder): Promise<unknown> {
  switch (order.type) {
    case 'open':
      page = await browser.newPage();
      await page.evaluateOnNewDocument(`(${order.prepare})()`);
      await page.goto(order.url);
      return page.locator('::-p-aria([name="Your name"][role="textbox"])').fill(order.name);
    case 'evaluate':
      return currentPage().evaluate(`(${order.source})()`);
    case 'click':
      return currentPage().locator(`::-p-aria([name="${order.button}"][role="button"])`).click();
    case 'close':
      return currentPage().close();
    default:
      return assertNever(order);
  }
}

const reply = (message: FirefoxReply) => process.send?.(message);

process.on('message', (order: FirefoxOrder) => {
  obey(order).then(
    (value) => reply({ type: 'done', value: value ?? null }),
    (error: unknown) => reply({ type: 'failed', reason: String(error) }),
  );
});
process.once('disconnect', () => void browser.close().finally(() => process.exit()));
reply({ type: 'done', value: null });
