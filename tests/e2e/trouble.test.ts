/** Owns the proof that the page tells a host who ended from a lost one, and comes back by itself. */

import type { Browser } from 'playwright';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser/chromium.ts';
import { connectionsMade } from '../support/call/call-probe.ts';
import { until } from '../support/time/until.ts';
import { startTcpProxy } from '../support/wire/tcp-proxy.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
declare global {
  interface Window {
    sockets: WebSocket[];
  }
}

/** Runs in the page before its own scripts. */
function keepSockets(): void {
  window.sockets = [];
  window.WebSocket = new Proxy(window.WebSocket, {
    construct(target, [url]: [string]) {
      const socket = new target(url);
      window.sockets.push(socket);
      return socket;
    },
  });
}

const SOCKET_OPEN = 1;
const ANNA_HZ = 440;
const BORIS_HZ = 1_000;

describe.skipIf(chromium === null)('trouble on the way to the host', () => {
  let stage: Stage;
  let browser: Browser;

  beforeAll(async () => {
    stage = await Stage.create();
    browser = await stage.browser(ANNA_HZ, chromium ?? '');
  });
  afterEach(() => stage.clear());
  afterAll(() => stage.end());

  it('keeps the voices while the wire is cut, and the place for who comes back', async () => {
    const host = await stage.host();
    const proxy = await startTcpProxy(host.port);
    const throughProxy = await stage.browser(
      BORIS_HZ,
      chromium ?? '',
      `--host-resolver-rules=MAP localhost:${host.port} 127.0.0.1:${proxy.port}`,
    );
    const anna = await stage.guest(browser, host.invite, 'Anna');
    const boris = await stage.guest(throughProxy, host.invite, 'Boris', keepSockets);
    await anna.join();
    await boris.join();
    await anna.hears(BORIS_HZ);

    // Nobody closes it; a sign of the network has another one take over before anything is missed.
    proxy.stall();
    const sockets = () => boris.page.evaluate(() => window.sockets.map(({ readyState }) => readyState));
    await boris.page.evaluate(() => dispatchEvent(new Event('online')));
    await until('a second socket instead of the first', sockets, ([first = 0]) => first > SOCKET_OPEN);
    expect(await sockets()).toEqual([expect.any(Number), SOCKET_OPEN]);
    await boris.showsStatus('Live');

    proxy.cut();
    await boris.showsStatus('Connection lost, trying again');
    await boris.hears(ANNA_HZ);
    await anna.hears(BORIS_HZ);

    proxy.mend();
    await boris.showsStatus('Live');
    await boris.sees('Anna');
    await anna.sees('Boris');
    await boris.hears(ANNA_HZ);
    expect(await connectionsMade(boris.page)).toBe(1);
    await throughProxy.close();
    await proxy.stop();
  });

  it('tells a way that lets no WebSocket through, and goes on once it does', async () => {
    const { invite } = await stage.host();
    const page = await browser.newPage({ locale: 'en-US' });
    await page.addInitScript(() => {
      const blocked = new URL('/nothing', location.href.replace(/^http/, 'ws')).href;
      window.WebSocket = new Proxy(window.WebSocket, {
        construct: (target, [url]: [string]) => new target('letsThrough' in window ? url : blocked),
      });
    });
    await page.goto(invite);
    const showsStatus = (text: string) => page.getByRole('status').filter({ hasText: text }).waitFor();
    await showsStatus('Live connection blocked, trying again');
    await page.getByRole('heading', { name: 'Something here blocks the live connection' }).waitFor();
    await page.evaluate(() => Object.assign(window, { letsThrough: true }));
    await showsStatus('Ready to join');
    await page.close();
  });

  it('is tried again at once in a hidden page, whose own timers come once a minute', async () => {
    const { invite } = await stage.host();
    const page = await browser.newPage({ locale: 'en-US' });
    const refused: string[] = [];
    page.on('console', (entry) => {
      if (entry.text().includes('Content Security Policy')) refused.push(entry.text());
    });
    await page.addInitScript(keepSockets);
    await page.addInitScript(() => {
      const { setTimeout } = window;
      const slow = (callback: () => void, delayMs = 0) =>
        setTimeout(callback, document.hidden ? Math.max(delayMs, 60_000) : delayMs);
      Object.assign(window, {
        setTimeout: slow,
        hide() {
          Object.defineProperty(document, 'visibilityState', { value: 'hidden' });
          Object.defineProperty(document, 'hidden', { value: true });
          document.dispatchEvent(new Event('visibilitychange'));
        },
      });
    });
    await page.goto(invite);
    await page.getByRole('status').filter({ hasText: 'Ready to join' }).waitFor();
    const startedMs = performance.now();
    const standing = await page.evaluate(async () => {
      const { hide, sockets } = window as unknown as Window & { hide: () => void };
      hide();
      sockets[0]?.close(4000);
      const opened = () => sockets.length > 1 && sockets.at(-1)?.readyState === WebSocket.OPEN;
      while (!opened()) await fetch('/healthz');
      return sockets.length;
    });
    expect(standing).toBe(2);
    expect(performance.now() - startedMs).toBeLessThan(30_000);
    expect(refused).toEqual([]);
    await page.close();
  });

  it.each([
    ['the same browser', true],
    ['another one, which knows nothing of it', false],
  ])('lets somebody whose page crashed back to the place, from %s', async (_, isSame) => {
    const host = await stage.host({ flags: ['--mode', '1x1'] });
    const other = await stage.browser(BORIS_HZ, chromium ?? '');
    const anna = await stage.guest(browser, host.invite, 'Anna');
    const boris = await stage.guest(other, host.invite, 'Boris');
    await anna.join();
    await boris.join();
    await anna.hears(BORIS_HZ);

    await boris.crash();
    const again = await stage.guest(isSame ? other : browser, host.invite, 'Boris');
    await again.join();
    await again.sees('Anna');
    await anna.sees('Boris');
    await again.isConnectedTo(1);
    await anna.isConnectedTo(1);
    await other.close();
  });

  it('says that the host ended the call', async () => {
    const host = await stage.host();
    const anna = await stage.guest(browser, host.invite, 'Anna');
    const waiting = await stage.guest(browser, host.invite, 'Boris');
    await anna.join();

    expect(await host.stop()).toBe(0);
    await anna.showsStatus('The host ended the call');
    await waiting.showsStatus('The host ended the call');
    expect(host.events.at(-1)).toEqual({ event: 'stopped' });
  });

  it('keeps trying when the host has vanished, and its people find each other again from another address', async () => {
    const host = await stage.host();
    const anna = await stage.guest(browser, host.invite, 'Anna');
    const boris = await stage.guest(browser, host.invite, 'Boris');
    for (const guest of [anna, boris]) await guest.join();
    await anna.hears(ANNA_HZ);

    await stage.kill(host);
    await anna.showsStatus('Connection lost, trying again');
    await until(
      'what waits for Anna',
      () => boris.page.evaluate(() => window.callProbe.waiting()),
      (n) => n > 0,
    );
    await anna.page.evaluate(() => {
      window.callProbe.cut();
      dispatchEvent(new Event('online'));
    });
    await anna.hears(ANNA_HZ);
    await boris.hears(ANNA_HZ);
  });

  it('asks for the whole link where the secret is missing, and opens it', async () => {
    const host = await stage.host();
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    await page.goto(new URL('/', host.invite).href);

    await page.getByRole('heading', { name: 'The link is not complete' }).waitFor();
    await page.getByRole('textbox', { name: 'The whole link' }).fill(host.invite);
    await page.getByRole('button', { name: 'Open', exact: true }).click();

    await page.getByRole('textbox', { name: 'Your name' }).waitFor();
    expect(page.url()).not.toContain('#');
    await context.close();
  });

  it('refuses a link of another hosting', async () => {
    const host = await stage.host();
    const other = await stage.host();
    const context = await browser.newContext({ locale: 'en-US' });
    const page = await context.newPage();
    await page.goto(`${new URL(host.invite).origin}/${new URL(other.invite).hash}`);

    await page.getByRole('heading', { name: 'This link no longer works' }).waitFor();
    await context.close();
  });
});
