/** Owns the proof that the document is a page by itself: painted and of use before its script, and in words where that never comes. */

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Browser, BrowserContextOptions, Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seriousProblems } from '../support/browser/accessibility.ts';
import { findChromium } from '../support/browser/chromium.ts';
import type { HostProcess } from '../support/host/host-process.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const TONE_HZ = 500;
const SCRIPTS = '**/assets/*.js';
/** So fast do the document's styles wait before they say that it takes long. */
const HASTE = 100;

/** Every element that is seen: what it is, what it says itself, and where. */
function seen(): string[] {
  return [...document.querySelectorAll('.page *')].flatMap((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    const words = [...element.childNodes].filter(({ nodeType }) => nodeType === Node.TEXT_NODE);
    const said = words.map(({ textContent }) => textContent?.trim()).join('');
    const { color, backgroundColor } = getComputedStyle(element);
    const place = [left, top, width, height].map(Math.round).join();
    return element.checkVisibility()
      ? [`${element.tagName} ${element.id} ${said} ${place} ${color} ${backgroundColor}`]
      : [];
  });
}

/** The connection to the host hangs, so that nothing changes by it. */
function hangSockets(): void {
  window.WebSocket = class extends EventTarget {
    readonly readyState = 0;
    close(): void {}
    send(): void {}
  } as unknown as typeof WebSocket;
}

function forbidStorage(): void {
  for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, {
      get: () => {
        throw new DOMException('no', 'SecurityError');
      },
    });
}

declare global {
  interface Window {
    microphonesAsked: { readonly constraints: unknown; readonly track: MediaStreamTrack | null }[];
  }
}

/** Tells of each time the microphone is asked for; the browser has `preferences` of an earlier time. */
function watchMicrophone(preferences: object): void {
  window.microphonesAsked = [];
  try {
    localStorage['secret-call.preferences'] ??= JSON.stringify(preferences);
  } catch {
    // Not at about:blank.
  }
  const { getUserMedia } = MediaDevices.prototype;
  MediaDevices.prototype.getUserMedia = async function (constraints) {
    const index = window.microphonesAsked.push({ constraints, track: null }) - 1;
    const stream = await getUserMedia.call(this, constraints);
    window.microphonesAsked[index] = { constraints, track: stream.getAudioTracks()[0] ?? null };
    return stream;
  };
}

/** The state of the track each time. */
const microphones = (page: Page) =>
  page.evaluate(() => window.microphonesAsked.map(({ track }) => track?.readyState ?? 'asked'));

const microphoneIs = (page: Page, state: MediaStreamTrackState) =>
  page.waitForFunction((wanted) => window.microphonesAsked[0]?.track?.readyState === wanted, state);

/** How long the look of the pressed button takes to change, and when it begins to move: not while the call begins. */
function timeToLook(): string[] {
  const button = document.getElementById('join-leave') ?? document.body;
  return [getComputedStyle(button).transitionDuration, getComputedStyle(button, '::before').animationDelay];
}

/** What is asked for here waits until it is let go. */
async function holdScripts(page: Page, end: 'continue' | 'abort' = 'continue'): Promise<() => void> {
  let release = (): void => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(SCRIPTS, async (route) => {
    await released;
    await route[end]().catch(() => {});
  });
  return () => release();
}

describe.skipIf(chromium === null)('the document in Chromium', () => {
  let stage: Stage;
  let browser: Browser;
  let host: HostProcess;

  beforeAll(async () => {
    stage = await Stage.create();
    browser = await stage.browser(TONE_HZ, chromium ?? '');
    host = await stage.host();
  });
  afterAll(async () => {
    await stage.clear();
    await stage.end();
  });

  async function withPage(use: (page: Page) => Promise<void>, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ locale: 'en-US', ...options });
    try {
      await use(await context.newPage());
    } finally {
      await context.close();
    }
  }

  const trouble = (page: Page) => page.getByRole('alert').filter({ hasText: 'not loaded to the end' });
  /** A document that a test hands in may open no socket at a local address. */
  const runs = (page: Page) => page.locator('html[data-running]').waitFor();
  const ready = (page: Page) => page.getByRole('status').filter({ hasText: 'Ready to join' }).waitFor();

  it.each([
    ['en-US', 'Join', 'light'],
    ['ru-RU', 'Войти', 'dark'],
  ] as const)(
    'shows all of the way in before its script, which then moves nothing, in %s',
    (locale, join, colorScheme) =>
      withPage(
        async (page) => {
          await page.addInitScript(hangSockets);
          const release = await holdScripts(page);
          await page.goto(host.invite, { waitUntil: 'commit' });
          await page.getByRole('button', { name: join, exact: true }).waitFor();
          const before = await page.evaluate(seen);
          expect(before.length).toBeGreaterThan(20);
          expect(await seriousProblems(page)).toEqual([]);
          release();
          await page.locator('html[data-running]').waitFor();
          // The second frame: in the first the page shows its first state.
          await page.evaluate(
            () => new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))),
          );
          expect(await page.evaluate(seen)).toEqual(before);
        },
        { locale, colorScheme, viewport: { width: 390, height: 844 } },
      ),
  );

  it('keeps what is typed, chosen and pressed before its script, and shows the next time what it remembers', () =>
    withPage(async (page) => {
      await page.addInitScript(watchMicrophone, {});
      const release = await holdScripts(page);
      await page.goto(host.invite, { waitUntil: 'commit' });
      await page.getByRole('textbox', { name: 'Your name' }).fill('Ada');
      await page.getByRole('radio', { name: 'Just listen' }).press('Space');
      await page.getByText('The microphone stays out of it').waitFor();
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      await page.getByRole('button', { name: 'Joining…' }).waitFor();
      release();
      await page.getByRole('status').filter({ hasText: 'Live' }).waitFor();
      await page.getByRole('listitem').filter({ hasText: 'Ada' }).waitFor();
      expect(await microphones(page)).toEqual([]);
      await page.getByRole('button', { name: 'Leave', exact: true }).click();
      await ready(page);

      const hold = await holdScripts(page);
      await page.reload({ waitUntil: 'commit' });
      await page.getByText('The microphone stays out of it').waitFor();
      expect(await page.getByRole('textbox', { name: 'Your name' }).inputValue()).toBe('Ada');
      expect(await page.getByRole('radio', { name: 'Just listen' }).isChecked()).toBe(true);
      hold();
      await ready(page);
      expect(await page.getByRole('textbox', { name: 'Your name' }).inputValue()).toBe('Ada');
    }));

  const processing = (on: boolean) => ({
    echoCancellation: on,
    noiseSuppression: on,
    autoGainControl: on,
  });
  it.each([
    ['as one is asked who never was here', {}, processing(true)],
    ['as one wished the last time', { audio: { processing: processing(false) } }, processing(false)],
  ])('asks for the microphone inside the tap, once, %s', (_wish, preferences, audio) =>
    withPage(async (page) => {
      await page.addInitScript(watchMicrophone, { name: 'Ada', ...preferences });
      const release = await holdScripts(page);
      await page.goto(host.invite, { waitUntil: 'commit' });
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      expect(await page.evaluate(() => window.microphonesAsked[0]?.constraints)).toMatchObject({ audio });
      expect(await page.evaluate(timeToLook)).toEqual(['0s', '1s']);
      release();
      await page.getByRole('button', { name: 'Mute microphone' }).waitFor();
      expect(await microphones(page)).toEqual(['live']);
    }),
  );

  it.each([
    ['its name cannot be seen, as the script alone knows', 'continue'],
    ['the script does not come', 'abort'],
  ] as const)('closes the microphone again where %s', (_why, end) =>
    withPage(async (page) => {
      await page.addInitScript(watchMicrophone, {});
      const release = await holdScripts(page, end);
      await page.goto(host.invite, { waitUntil: 'commit' });
      await page.getByRole('textbox', { name: 'Your name' }).fill('\u200b');
      await page.getByRole('button', { name: 'Join', exact: true }).click();
      await microphoneIs(page, 'live');
      release();
      await microphoneIs(page, 'ended');
    }),
  );

  it('asks for the link at once where there is none', () =>
    withPage(async (page) => {
      const release = await holdScripts(page);
      await page.goto(new URL('/', host.invite).href, { waitUntil: 'commit' });
      await page.getByRole('textbox', { name: 'The whole link' }).fill(host.invite);
      expect(await page.getByRole('button', { name: 'Join', exact: true }).isVisible()).toBe(false);
      await page.getByRole('button', { name: 'Open', exact: true }).click();
      release();
      await ready(page);
    }));

  describe('of which a part never comes', () => {
    /** Sends what there is of each address, and then no more, without an end. */
    async function stalling(
      parts: (path: string) => Buffer | string,
      use: (origin: string) => Promise<void>,
    ) {
      const open = new Set<ServerResponse>();
      const server = createServer(({ url = '' }, response) => {
        open.add(response);
        const { pathname } = new URL(url, 'http://localhost');
        response.writeHead(200, {
          'content-type': pathname === '/' ? 'text/html; charset=utf-8' : 'text/javascript',
        });
        response.write(parts(pathname));
      });
      await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
      try {
        await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
      } finally {
        for (const response of open) response.destroy();
        await new Promise((closed) => server.close(closed));
      }
    }

    it.each([
      ['the end of the styles', (html: string) => html.slice(0, html.lastIndexOf('</style>') - 100), 0.9],
      ['the end of the markup', (html: string) => html.slice(0, html.indexOf('id="join-name"')), 0.9],
      ['all that follows the document', (html: string) => html, 0],
      ['the end of the script', (html: string) => html, 0.9],
    ] as const)('says so when that is %s', async (_what, cut, scriptShare) => {
      const html = await (await fetch(new URL('/?lang=en', host.invite))).text();
      const [, path = ''] = /<script type="module"[^>]* src="([^"]+)"/.exec(html) ?? [];
      const script = Buffer.from(await (await fetch(new URL(path, host.invite))).arrayBuffer());
      const parts = (asked: string) =>
        asked === '/' ? cut(html) : script.subarray(0, Math.max(1, script.length * scriptShare));
      await stalling(parts, (origin) =>
        withPage(async (page) => {
          const devtools = await page.context().newCDPSession(page);
          await devtools.send('Animation.enable');
          await devtools.send('Animation.setPlaybackRate', { playbackRate: HASTE });
          await page.goto(`${origin}/`, { waitUntil: 'commit' });
          await trouble(page).waitFor();
          expect(await trouble(page).innerText()).toMatch(/reload it[\s\S]*обновите её/);
        }),
      );
    });
  });

  it.each([
    ['', () => {}],
    [', with storage forbidden', forbidStorage],
  ] as const)('reloads once when its script is gone, and then says so%s', (_where, prepare) =>
    withPage(async (page) => {
      let documents = 0;
      page.on('request', (request) => {
        if (request.isNavigationRequest()) documents++;
      });
      await page.addInitScript(prepare);
      await page.route(SCRIPTS, (route) => route.fulfill({ status: 404 }));
      await page.goto(host.invite);
      await trouble(page).waitFor();
      expect(documents).toBe(2);
      expect(page.url()).toBe(host.invite);

      // The next build is there.
      await page.unroute(SCRIPTS);
      await page.reload();
      await ready(page);
      expect(await trouble(page).count()).toBe(0);
    }),
  );

  it('gets a new document where the browser kept one of an older build, the link and all', () =>
    withPage(async (page) => {
      let documents = 0;
      await page.route('**/', async (route) => {
        const response = await route.fetch();
        const html = await response.text();
        const old =
          documents++ === 0 ? html.replace(/\/assets\/index-[\w-]+\.js/, '/assets/index-gone.js') : html;
        await route.fulfill({ response, body: old });
      });
      await page.goto(host.invite);
      await runs(page);
      expect(documents).toBe(2);
    }));

  it('says at once that the script is blocked, without a reload, and that a browser is too old', () =>
    withPage(async (page) => {
      await page.route(SCRIPTS, (route) => route.abort('blockedbyclient'));
      await page.goto(host.invite);
      await trouble(page).waitFor();
      expect(await page.evaluate(() => performance.getEntriesByType('navigation')[0]?.toJSON().type)).toBe(
        'navigate',
      );
      await page.addInitScript(() => Reflect.deleteProperty(HTMLScriptElement.prototype, 'noModule'));
      await page.reload();
      await page.getByRole('alert').filter({ hasText: 'too old for calls' }).waitFor();
      await page.getByText('слишком старый').waitFor();
    }));

  it('lets nothing inline in but what the host put there', () =>
    withPage(async (page) => {
      const refused: string[] = [];
      page.on('console', (message) => {
        if (message.text().includes('Content Security Policy')) refused.push(message.text());
      });
      await page.route('**/', async (route) => {
        const response = await route.fetch();
        const html = await response.text();
        await route.fulfill({
          response,
          body: html
            .replace('<script>', '<script>document.title="taken";')
            .replace('</head>', '<script>document.title="taken"</script><style>h2{color:red}</style></head>')
            .replace('<main ', '<main onclick="document.title=1" style="outline:9px solid red" '),
        });
      });
      await page.goto(host.invite);
      await runs(page);
      expect(await page.title()).toBe('Voice call');
      expect(refused.length).toBeGreaterThanOrEqual(4);
      const main = page.getByRole('main');
      expect(await main.evaluate((element) => getComputedStyle(element).outlineWidth)).not.toBe('9px');
      await main.click({ position: { x: 1, y: 1 } });
      expect(await page.title()).toBe('Voice call');
    }));
});
