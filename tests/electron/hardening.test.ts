/** Owns proof that the window cannot leave its page, reach out, gain rights, or be used by anybody else. */

import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { HostBridge } from '../../main/common/host-api/commands.ts';
import { type Desktop, describeDesktop, launchDesktop, projectRoot } from '../support/host/electron.ts';
import { goEverywhere } from '../support/host/page-attempts.ts';

const WINDOW_URL = 'app://window/index.html';

describeDesktop('the hardened window', () => {
  let desktop: Desktop;
  beforeAll(async () => {
    desktop = await launchDesktop();
    await desktop.page.getByRole('button', { name: 'Host', exact: true }).waitFor();
  });
  afterAll(() => desktop.dispose());

  const windowState = () =>
    desktop.app.evaluate(({ BrowserWindow, webContents }) => ({
      url: BrowserWindow.getAllWindows()[0]?.webContents.getURL(),
      windows: BrowserWindow.getAllWindows().length,
      contents: webContents.getAllWebContents().filter((contents) => contents.getType() !== 'remote').length,
    }));
  const untouched = { url: WINDOW_URL, windows: 1, contents: 1 };

  /** Status and body of a request that main itself makes to the scheme. */
  const request = (url: string) =>
    desktop.app.evaluate(async ({ net }, address) => {
      const response = await net.fetch(address);
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        text: await response.text(),
      };
    }, url);

  it('runs its page in a sandbox without Node', async () => {
    const seen = await desktop.page.evaluate(() => ({
      require: typeof Reflect.get(globalThis, 'require'),
      process: typeof Reflect.get(globalThis, 'process'),
      bridge: Object.keys(Reflect.get(globalThis, 'host') as object).sort(),
    }));
    expect(seen).toEqual({
      require: 'undefined',
      process: 'undefined',
      bridge: [
        'addOrigin',
        'addRelay',
        'addTurnServer',
        'chooseRelayFolder',
        'copyInvite',
        'goOn',
        'joinCall',
        'onSnapshot',
        'openInvite',
        'removeTurnServer',
        'room',
        'setPreferences',
        'setStartAtLogin',
        'showRelay',
        'snapshot',
        'start',
        'startAnew',
        'startsAtLogin',
        'stop',
        'stopServer',
        'talkHere',
        'turnTestAccess',
        'update',
        'writeRelay',
      ],
    });
  });

  it('stays on its page whatever asks it to navigate', async () => {
    const { page } = desktop;
    await page.evaluate(goEverywhere, [
      'https://example.com/',
      'file:///etc/passwd',
      'app://other/index.html',
      'app://window/nothing.html',
      'data:text/html,x',
    ]);
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    expect(await windowState()).toEqual(untouched);
  });

  it('opens no window, frame or embedded view', async () => {
    const { page } = desktop;
    expect(await page.evaluate(() => window.open('https://example.com/') === null)).toBe(true);
    expect(await page.evaluate((url) => window.open(url) === null, WINDOW_URL)).toBe(true);
    await page.evaluate(() => {
      for (const [tag, source] of [
        ['iframe', 'app://window/index.html'],
        ['iframe', 'https://example.com/'],
        ['webview', 'app://window/index.html'],
        ['object', 'https://example.com/'],
      ] as const) {
        const element = document.createElement(tag);
        document.body.append(element);
        try {
          element.setAttribute(tag === 'object' ? 'data' : 'src', source);
        } catch {
          // Trusted Types refuse it before the policy would.
        }
      }
    });
    await page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    expect(await windowState()).toEqual(untouched);
    const framesWithBridge = await Promise.all(
      page
        .frames()
        .slice(1)
        .map((frame) => frame.evaluate(() => 'host' in globalThis).catch(() => false)),
    );
    expect(framesWithBridge).not.toContain(true);
    await page.evaluate(() => {
      for (const element of document.body.querySelectorAll('iframe, webview, object')) element.remove();
    });
  });

  it('denies every permission, asked for or looked up', async () => {
    const outcomes = await desktop.page.evaluate(async () => {
      const name = (error: unknown) => (error instanceof Error ? error.name : String(error));
      const state = (permission: string) =>
        navigator.permissions
          .query({ name: permission as PermissionName })
          .then((status) => status.state, name);
      return {
        microphone: await navigator.mediaDevices.getUserMedia({ audio: true }).then(() => 'granted', name),
        screen: await navigator.mediaDevices.getDisplayMedia().then(() => 'granted', name),
        notification: await Notification.requestPermission(),
        clipboard: await navigator.clipboard.readText().then(() => 'granted', name),
        states: await Promise.all(
          ['geolocation', 'microphone', 'notifications', 'clipboard-read'].map(state),
        ),
      };
    });
    expect(outcomes.microphone).not.toBe('granted');
    expect(outcomes.screen).not.toBe('granted');
    expect(outcomes.notification).toBe('denied');
    expect(outcomes.clipboard).toBe('NotAllowedError');
    expect(outcomes.states).not.toContain('granted');
  });

  it('reaches no network and runs no foreign script', async () => {
    const outcomes = await desktop.page.evaluate(async () => {
      const refused = () => 'refused';
      const script = document.createElement('script');
      let inlineAllowed = true;
      try {
        script.textContent = 'globalThis.injected = true';
        document.head.append(script);
      } catch {
        inlineAllowed = false;
      }
      let markup = 'set';
      try {
        document.createElement('div').innerHTML = '<b>x</b>';
      } catch {
        markup = 'refused';
      }
      const image = new Promise((resolve) => {
        const element = new Image();
        element.onload = () => resolve('loaded');
        element.onerror = () => resolve('refused');
        element.src = 'https://example.com/x.png';
      });
      return {
        fetch: await fetch('https://example.com/').then(() => 'reached', refused),
        own: await fetch('app://window/index.html').then(() => 'reached', refused),
        image: await image,
        injected: 'injected' in globalThis,
        inlineAllowed,
        markup,
      };
    });
    expect(outcomes).toEqual({
      fetch: 'refused',
      own: 'refused',
      image: 'refused',
      injected: false,
      inlineAllowed: false,
      markup: 'refused',
    });
  });

  it('gives its page a policy without a way out', async () => {
    const { status, headers } = await request(WINDOW_URL);
    expect(status).toBe(200);
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*|connect-src/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it.each([
    'app://window/../../package.json',
    'app://window/%2e%2e/%2e%2e/package.json',
    'app://window/..%2f..%2fpackage.json',
    'app://window/assets/..%2f..%2f..%2fpackage.json',
    'app://window/..%5c..%5cpackage.json',
    'app://window/%2fetc%2fpasswd',
    'app://window//etc/passwd',
    'app://window/index.html%00.js',
    'app://window/%zz',
    'app://window//',
    'app://window/assets',
    'app://other/index.html',
  ])('serves nothing for %s', async (address) => {
    expect(await request(address)).toMatchObject({ status: 404, text: '' });
  });

  it('answers nobody but its own window, not even the same page elsewhere', async () => {
    const outcome = await desktop.app.evaluate(
      async ({ BrowserWindow }, { preload, url }) => {
        const other = new BrowserWindow({ show: false, webPreferences: { preload, sandbox: true } });
        await other.loadURL(url);
        const answer: unknown = await other.webContents.executeJavaScript(
          `host.start().then(() => 'answered', (error) => String(error))`,
        );
        other.destroy();
        return answer;
      },
      { preload: path.join(projectRoot, 'dist/preload/index.cjs'), url: WINDOW_URL },
    );
    expect(outcome).toContain('refused');
    expect(await desktop.page.getByRole('button', { name: 'Host', exact: true }).isVisible()).toBe(true);
  });

  it('refuses arguments of the wrong shape with a code', async () => {
    const outcomes = await desktop.page.evaluate(async () => {
      const host = Reflect.get(globalThis, 'host') as Record<
        keyof HostBridge,
        (...args: unknown[]) => unknown
      >;
      const calls: [keyof HostBridge, ...unknown[]][] = [
        ['setPreferences'],
        ['setPreferences', null],
        ['setPreferences', { port: '8790' }],
        ['setPreferences', { capacity: 13 }],
        ['setPreferences', { iceServers: [{ urls: 'https://example.com' }] }],
        ['setPreferences', { unheardOf: true }],
        ['setPreferences', {}, {}],
        ['addOrigin', 42],
        ['addOrigin', 'x'.repeat(3_000)],
        ['copyInvite', ['https://example.com']],
        ['openInvite', { toString: 'https://example.com' }],
        ['chooseRelayFolder', '/etc'],
        ['writeRelay', { domain: 'turn.example.org', address: '', email: '', folder: '/etc' }],
        ['writeRelay', { domain: `${'a'.repeat(300)}.example.org`, address: '', email: '' }],
        ['showRelay', '/etc/passwd'],
        ['showRelay'],
        ['addRelay'],
        ['room', { type: 'new-link' }, true],
        ['room', { type: 'invite', request: { kind: 'expiring', lifetimeMs: 1 } }],
        ['room', { type: 'revoke', invitation: '1' }],
        ['room', { type: 'remove', participant: 'x' }],
        ['room', { type: 'shut-out', now: 1 }],
        ['start', 'now'],
        ['stop', 1],
        ['snapshot', 'all'],
      ];
      return Promise.all(calls.map(([name, ...args]) => host[name](...args)));
    });
    expect(outcomes).toEqual(outcomes.map(() => ({ ok: false, error: 'bad-options' })));
  });
});
