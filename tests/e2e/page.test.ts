/** Owns the proof of what the page is made of: every local address serves it, it asks nobody else, and all can use it. */

import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { seriousProblems } from '../support/browser/accessibility.ts';
import { findChromium } from '../support/browser/chromium.ts';
import { hasFocus } from '../support/browser/focus.ts';
import { WireBytes } from '../support/browser/wire-bytes.ts';
import type { HostProcess } from '../support/host/host-process.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const TONE_HZ = 500;
const BEFORE_JOINING_MAX_BYTES = 45_000;
/** How long a page may fetch more by itself that still counts. */
const BY_ITSELF_MS = 2_000;

/** Width and height, as the header of a PNG tells them. */
const pngSize = (png: Buffer) => `${png.readUInt32BE(16)}x${png.readUInt32BE(20)}`;

describe.skipIf(chromium === null)('the guest page in Chromium', () => {
  let stage: Stage;
  let browser: Browser;
  let host: HostProcess;
  let invite: string;

  beforeAll(async () => {
    stage = await Stage.create();
    [browser, host] = await Promise.all([stage.browser(TONE_HZ, chromium ?? ''), stage.host()]);
    ({ invite } = host);
  });
  afterEach(() => stage.dismissGuests());
  afterAll(async () => {
    await stage.clear();
    await stage.end();
  });

  it('holds a call between https://localhost and http://127.0.0.1', async () => {
    const { port } = host;
    const { hash } = new URL(invite);
    const anna = await stage.guest(browser, `https://localhost:${port}/${hash}`, 'Anna');
    const boris = await stage.guest(browser, `http://127.0.0.1:${port}/${hash}`, 'Boris');
    await anna.join();
    await boris.join();

    await anna.hears(TONE_HZ);
    await boris.hears(TONE_HZ);
  });

  it('asks no other host for anything during a whole call', async () => {
    const { origin } = new URL(invite);
    const anna = await stage.guest(browser, invite, 'Anna');
    const boris = await stage.guest(browser, invite, 'Boris');
    const asked = new Set<string>();
    boris.page.on('request', (request) => asked.add(new URL(request.url()).origin));
    boris.page.on('websocket', (socket) => asked.add(new URL(socket.url()).origin.replace('ws', 'http')));
    await boris.page.goto('about:blank');
    await boris.page.goto(invite);
    await boris.page.getByRole('textbox', { name: 'Your name' }).fill('Boris');
    await anna.join();
    await boris.join();
    await boris.hears(TONE_HZ);
    await boris.leave();

    expect([...asked]).toEqual([origin]);
  });

  it('costs at most 45 kB on the wire until 2 s after one can join, in each language', async () => {
    const costs = ['en-US', 'ru-RU'].map(async (locale) => {
      const context = await browser.newContext({ locale });
      const page = await context.newPage();
      const counted = await WireBytes.of(page);
      await page.goto(invite);
      await page
        .getByRole('button', { name: /^(Join|Войти)$/ })
        .and(page.locator(':enabled'))
        .waitFor();
      await page
        .getByRole('status')
        .filter({ hasText: /^(Ready to join|Можно войти)$/ })
        .waitFor();
      // What comes by itself is part of it.
      await page.waitForTimeout(BY_ITSELF_MS);
      // A page that goes asks for more: it is hidden for a moment.
      const cost = { total: counted.total, byPath: { ...counted.byPath } };
      await context.close();
      return cost;
    });
    for (const { total, byPath } of await Promise.all(costs)) {
      expect(byPath).toMatchObject({ '/': expect.any(Number), '/ws': expect.any(Number) });
      expect(total, JSON.stringify(byPath)).toBeLessThanOrEqual(BEFORE_JOINING_MAX_BYTES);
    }
  });

  it('fetches the code of a call once somebody turns to joining; says so where it does not come, and goes on as it does', async () => {
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    let refused = 0;
    await page.route(/\/assets\/call-[\w-]{8}\.js$/, (route) => {
      refused++;
      return route.abort();
    });
    await page.goto(invite);
    const shows = (text: string) =>
      page
        .getByRole('status')
        .filter({ hasText: new RegExp(`^${text}$`) })
        .waitFor();
    const join = page.getByRole('button', { name: 'Join', exact: true });
    const name = page.getByRole('textbox', { name: 'Your name' });
    await shows('Ready to join');
    expect(refused).toBe(0);
    await name.fill('Anna');
    await expect.poll(() => refused).toBeGreaterThan(0);
    await join.click();
    await shows('Could not join');
    await page.getByText('A part of the page did not arrive').waitFor();
    expect(await name.inputValue()).toBe('Anna');
    await page.unrouteAll();
    await join.click();
    await shows('Live');
    await context.close();
  });

  it('can be put on the home screen, and asks for a link where it starts without one', async () => {
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    await page.addInitScript(() => {
      const real = window.matchMedia.bind(window);
      window.matchMedia = (query) => real(query === '(display-mode: standalone)' ? 'all' : query);
    });
    await page.goto(new URL('/', invite).href);
    const manifest = await page.evaluate(async () => {
      const link = document.querySelector<HTMLLinkElement>('link[rel="manifest"]');
      const answer = await fetch(link?.href ?? '');
      return { type: answer.headers.get('content-type'), content: await answer.json() };
    });
    expect(manifest.type).toBe('application/manifest+json');
    expect(manifest.content).toMatchObject({ name: 'Voice call', display: 'standalone', start_url: '.' });
    for (const { src, sizes, type } of manifest.content.icons) {
      const icon = await page.request.get(new URL(`/${src}`, invite).href);
      expect([icon.status(), icon.headers()['content-type']], src).toEqual([200, type]);
      if (type === 'image/png') expect(pngSize(await icon.body()), src).toBe(sizes);
    }
    await page.getByRole('heading', { name: 'Which call?' }).waitFor();
    expect(await seriousProblems(page)).toEqual([]);
    await context.close();
  });

  it('never shows the secret in the address bar', async () => {
    const anna = await stage.guest(browser, invite, 'Anna');

    expect(anna.page.url()).toBe(new URL('/', invite).href);
  });

  it('says how private it is, before and in the call, and gives the focus back', async () => {
    const anna = await stage.guest(browser, invite, 'Anna');
    await anna.page.setViewportSize({ width: 320, height: 568 });
    const question = anna.page.getByRole('button', { name: 'How private is this?' });
    const answer = anna.page.getByRole('dialog', { name: 'How private is this?' });

    const ask = async (seen: () => Promise<void>, close: () => Promise<void>) => {
      await question.click();
      await answer.getByText('Whoever serves the page').waitFor();
      await seen();
      expect(await seriousProblems(anna.page)).toEqual([]);
      expect(await answer.evaluate((dialog) => dialog.scrollWidth - dialog.clientWidth)).toBe(0);
      await close();
      await answer.waitFor({ state: 'hidden' });
      expect(await hasFocus(question)).toBe(true);
    };
    const toApp = answer.getByRole('link', { name: 'Open in the app' });
    const offered = async () => {
      expect(await toApp.getAttribute('href')).toBe(invite.replace('http:', 'secret-call:'));
    };
    await ask(offered, () => anna.page.keyboard.press('Escape'));
    await anna.join();
    // In the call one would then be twice.
    const gone = () => toApp.waitFor({ state: 'detached' });
    await ask(gone, () => answer.getByRole('button', { name: 'Close' }).click());
    await anna.showsStatus('Live');
  });
});
