/** Owns proof that a call's window and session cannot leave their page, reach out, gain rights, or be used by anybody else. */

import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CallBridge } from '../../main/common/call-api/bridge.ts';
import type { Guest } from '../support/browser/guest.ts';
import { TalkingApp } from '../support/host/app-call.ts';
import { describeDesktop, projectRoot } from '../support/host/electron.ts';
import {
  addressesAround,
  askForPowers,
  goEverywhere,
  MICROPHONE_ALONE,
  reach,
} from '../support/host/page-attempts.ts';
import { until } from '../support/time/until.ts';

const CALL_URL = 'app://call/';
const PARTITION = 'persist:call';
const OTHER_LINK = `#${'A'.repeat(43)}.${'A'.repeat(22)}`;
const SCRIPT_HASH = /^'sha256-[\w+/]{43}='$/;

describeDesktop('the hardened window of a call', () => {
  let app: TalkingApp;
  let call: Guest;
  let page: Page;
  /** Origin of the room's server. */
  let server: string;
  beforeAll(async () => {
    app = await TalkingApp.launch(440);
    server = (await app.host()).local.origin;
    call = await app.talkHere('Ann');
    ({ page } = call);
    await main(({ shell, session }, partition) => {
      const seen = { opened: [] as string[], downloads: [] as boolean[], requests: [] as string[] };
      Reflect.set(globalThis, 'seen', seen);
      shell.openExternal = async (url) => void seen.opened.push(url);
      const calls = session.fromPartition(partition);
      calls.on('will-download', ({ defaultPrevented }) => void seen.downloads.push(defaultPrevented));
      // Only what nobody has stopped before comes this far.
      calls.webRequest.onSendHeaders(({ url }) => void seen.requests.push(url));
    }, PARTITION);
  });
  afterAll(() => app.dispose());

  const main: TalkingApp['desktop']['app']['evaluate'] = (...given: unknown[]) =>
    Reflect.apply(app.desktop.app.evaluate, app.desktop.app, given);

  /** What the stubs in main have seen since they were asked last. */
  const seen = () =>
    main(() => {
      const { opened, downloads, requests } = Reflect.get(globalThis, 'seen') as Record<string, string[]>;
      return {
        opened: opened?.splice(0) ?? [],
        downloads: downloads?.splice(0) ?? [],
        requests: [...new Set(requests?.splice(0))].filter((url) => !url.startsWith('app://call/')).sort(),
      };
    });

  const windows = () =>
    main(({ BrowserWindow, webContents }) => ({
      urls: BrowserWindow.getAllWindows()
        .map((window) => window.webContents.getURL())
        .sort(),
      contents: webContents.getAllWebContents().filter((contents) => contents.getType() !== 'remote').length,
    }));
  const untouched = { urls: [CALL_URL, 'app://window/index.html'], contents: 2 };

  const mayBeAsked = () => [`${server}/healthz`, `${server.replace('http', 'ws')}/ws`];

  const settle = () => page.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));

  it('runs its page in a sandbox without Node, and gives it the bridge of a call', async () => {
    const found = await page.evaluate(() => ({
      absent: ['require', 'process', 'Buffer', 'module', 'host'].filter((name) => name in globalThis),
      bridge: Object.keys(Reflect.get(globalThis, 'app') as object).sort(),
      server: (Reflect.get(globalThis, 'app') as CallBridge).server,
    }));
    expect(found).toEqual({
      absent: [],
      bridge: [
        'admit',
        'announceSave',
        'copy',
        'door',
        'invite',
        'join',
        'notify',
        'onEvent',
        'refuse',
        'report',
        'resume',
        'saved',
        'server',
        'setGlobalKey',
        'setLobby',
        'setLocked',
        'showSaved',
        'system',
      ],
      server,
    });
  });

  it('stays on its page whatever asks it to navigate', async () => {
    const addresses = [
      'https://example.com/',
      server,
      'file:///etc/passwd',
      'app://window/index.html',
      'app://call/nothing.html',
      `app://call/index.html${OTHER_LINK}`,
      'data:text/html,x',
      'javascript:document.title="run"',
    ];
    await page.evaluate(goEverywhere, addresses);
    const devtools = await app.desktop.app.context().newCDPSession(page);
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await devtools.send('Input.dispatchDragEvent', {
        type,
        x: 200,
        y: 200,
        data: { items: [{ mimeType: 'text/uri-list', data: 'https://example.com/' }], dragOperationsMask: 1 },
      });
    await devtools.detach();
    await settle();
    expect(await windows()).toEqual(untouched);
    expect(await page.title()).not.toBe('run');
    expect(await seen()).toMatchObject({ opened: [], downloads: [] });
  });

  it('opens no window, frame or embedded view, and hands addresses of the web alone to the browser', async () => {
    const opened = await page.evaluate((own) => {
      const targets = [
        'https://example.com/a?b#c',
        'http://example.com/',
        'https://somebody@example.com/',
        'https://:password@example.com/',
        'javascript:alert(1)',
        'data:text/html,x',
        'file:///etc/passwd',
        'secret-call://example.com/#S.T',
        'mailto:a@example.com',
        'ms-settings:',
        'smb://example.com/share',
        'app://window/index.html',
        'about:blank',
        own,
      ];
      for (const target of targets) {
        const link = document.createElement('a');
        link.href = target;
        link.target = '_blank';
        document.body.append(link);
        link.click();
        link.remove();
      }
      for (const [tag, source] of [
        ['iframe', own],
        ['iframe', 'https://example.com/'],
        ['webview', own],
        ['object', own],
        ['embed', own],
      ] as const) {
        const element = document.createElement(tag);
        element.className = 'embedded';
        document.body.append(element);
        try {
          element.setAttribute(tag === 'object' ? 'data' : 'src', source);
        } catch {
          // Trusted Types refuse it before the policy would.
        }
      }
      return targets.map((target) => window.open(target) !== null);
    }, `${CALL_URL}index.html`);
    expect(opened).not.toContain(true);
    await settle();
    expect(await windows()).toEqual(untouched);
    const framesWithBridge = await Promise.all(
      page
        .frames()
        .slice(1)
        .map((frame) => frame.evaluate(() => 'app' in globalThis).catch(() => false)),
    );
    expect(framesWithBridge).not.toContain(true);
    await page.evaluate(() => {
      for (const element of document.querySelectorAll('.embedded')) element.remove();
    });
    const { opened: given } = await seen();
    expect([...new Set(given)].sort()).toEqual(['http://example.com/', 'https://example.com/a?b#c']);
  });

  it('puts onto the disk what its page has announced, once, under a harmless name, and nothing else', async () => {
    const folder = await mkdtemp(path.join(tmpdir(), 'secret-call-downloads-'));
    await main(({ app: electron, shell }, downloads) => {
      electron.setPath('downloads', downloads);
      const shown: string[] = [];
      Reflect.set(globalThis, 'shown', shown);
      shell.showItemInFolder = (file) => void shown.push(file);
    }, folder);
    // Chromium begins a file before it asks whether it may, and takes it away again.
    const isBegun = (name: string) => name.startsWith('.org.chromium.');
    const onlyWhole = () =>
      until(
        'the folder',
        () => readdir(folder),
        (names) => !names.some(isBegun),
      );
    const attempts = async (count: number) => {
      const all: string[] = [];
      await until('the attempts', seen, ({ downloads }) => all.push(...downloads.map(String)) >= count);
      return all;
    };

    for (const address of ['own', `${CALL_URL}icon.svg`, `${server}/healthz`])
      await page.evaluate(pressDownload, address);
    expect(await attempts(2)).toEqual(['true', 'true']);
    expect(await onlyWhole()).toEqual([]);

    const announced = await page.evaluate(async () => {
      const url = URL.createObjectURL(new Blob(['0123456789'.repeat(300_000)]));
      const bridge = Reflect.get(globalThis, 'app') as CallBridge;
      const answer = await bridge.announceSave({ url, name: '../x\u202Etxt.sh', size: 3_000_000 });
      return { url, token: answer.ok ? answer.value : '' };
    });
    // Announced by the call's page, and pressed in another window of its session.
    await main(
      async ({ BrowserWindow, session }, given) => {
        const other = new BrowserWindow({
          show: false,
          webPreferences: { sandbox: true, session: session.fromPartition(given.partition) },
        });
        await other.loadURL(given.page);
        await other.webContents.executeJavaScript(`(${given.press})(${JSON.stringify(given.url)})`);
        await new Promise((resolve) => setTimeout(resolve, 300));
        other.destroy();
      },
      { partition: PARTITION, page: CALL_URL, press: pressDownload.toString(), url: announced.url },
    );
    expect(await attempts(1)).toEqual(['true']);
    expect(await onlyWhole()).toEqual([]);

    const outcome = await page.evaluate(
      async ({ token }) => {
        const bridge = Reflect.get(globalThis, 'app') as CallBridge;
        return [await bridge.saved(token), await bridge.showSaved(token)];
      },
      await page.evaluate(pressDownload, announced.url).then(() => announced),
    );
    expect(outcome).toEqual([
      { ok: true, value: '_xtxt.sh' },
      { ok: true, value: null },
    ]);
    await page.evaluate(pressDownload, announced.url);
    expect(await attempts(2)).toEqual(['false', 'true']);
    expect(await onlyWhole()).toEqual(['_xtxt.sh']);
    expect(await readFile(path.join(folder, '_xtxt.sh'), 'utf8')).toBe('0123456789'.repeat(300_000));
    expect(await main(() => Reflect.get(globalThis, 'shown') as string[])).toEqual([
      path.join(folder, '_xtxt.sh'),
    ]);
    await rm(folder, { recursive: true });
  });

  it('has its own policy, exactly, and files that run nothing', async () => {
    const answers = await main(
      async ({ session }, [partition, urls]) =>
        Promise.all(
          urls.map(async (url) => {
            const { status, headers } = await session.fromPartition(partition).fetch(url);
            return { status, headers: Object.fromEntries(headers) };
          }),
        ),
      [
        PARTITION,
        [
          CALL_URL,
          `${CALL_URL}index.html`,
          `${CALL_URL}icon.svg`,
          `${CALL_URL}../main/index.js`,
          'app://window/index.html',
        ],
      ] as const,
    );
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 404, 404]);
    const [document, , file] = answers.map(({ headers }) => headers);
    const { host } = new URL(server);
    const policy = Object.fromEntries(
      (document?.['content-security-policy'] ?? '').split('; ').map((part) => {
        const [name = '', ...sources] = part.split(' ');
        return [name, sources.filter((source) => !SCRIPT_HASH.test(source)).join(' ')];
      }),
    );
    expect(policy).toEqual({
      'default-src': "'none'",
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self'",
      'media-src': "'self'",
      'manifest-src': "'self'",
      'worker-src': "'self'",
      'connect-src': `'self' http://${host}/healthz ws://${host}/ws`,
      'base-uri': "'none'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
      'require-trusted-types-for': "'script'",
      'trusted-types': 'timers voice files recorder',
    });
    expect(document?.['permissions-policy']).toContain('microphone=(self), accelerometer=(), camera=()');
    expect(document).toMatchObject({
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(file?.['content-security-policy']).toBe(
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
  });

  it('refuses arguments of the wrong shape with a code', async () => {
    const outcomes = await page.evaluate(async () => {
      const bridge = Reflect.get(globalThis, 'app') as Record<
        keyof CallBridge,
        (...args: unknown[]) => unknown
      >;
      const report = { call: 'out', microphone: 'none', others: 0 };
      const calls: [keyof CallBridge, ...unknown[]][] = [
        ['invite', 1],
        ['report'],
        ['report', report, report],
        ['report', { ...report, call: 'elsewhere' }],
        ['report', { ...report, others: 13 }],
        ['report', { ...report, others: 0.5 }],
        ['report', { ...report, also: true }],
        ['notify', { kind: 'joined' }],
        ['notify', { kind: 'joined', name: 7 }],
        ['notify', { kind: 'joined', name: 'x'.repeat(3_000) }],
        ['notify', { kind: 'left', name: 'x' }],
        ['setGlobalKey'],
        ['setGlobalKey', ''],
        ['setGlobalKey', 'Key A'],
        ['setGlobalKey', 'x'.repeat(33)],
        ['join'],
        ['join', ['https://example.com']],
        ['join', 'x'.repeat(3_000)],
        ['admit'],
        ['admit', '<b>'],
        ['refuse', 'x'.repeat(23)],
        ['door', 'x'],
        ['setLocked'],
        ['setLocked', 'yes'],
        ['setLobby', 1],
        ['resume', 'x'],
        ['announceSave', 'x.txt'],
        ['announceSave', { url: 'http://localhost/', name: 'x.txt', size: 1 }],
        ['saved', '/etc/passwd'],
        ['showSaved', '../../etc/passwd'],
        ['copy', { toString: 'x' }],
        ['copy', 'x'.repeat(3_000)],
      ];
      return Promise.all(calls.map(([name, ...args]) => bridge[name](...args)));
    });
    expect(outcomes).toEqual(outcomes.map(() => ({ ok: false, error: 'bad-options' })));
  });

  it.each([
    ['the same page in another window', 'call', PARTITION, CALL_URL, `app.copy('x')`],
    ['the call’s bridge in the host’s session', 'call', '', 'app://window/index.html', `app.copy('x')`],
    ['the host’s bridge in a call’s session', 'index', PARTITION, CALL_URL, 'host.stop()'],
  ])('answers nobody but its own window: not %s', async (_who, preload, partition, url, command) => {
    const answer = await main(
      async ({ BrowserWindow, session }, given) => {
        const other = new BrowserWindow({
          show: false,
          webPreferences: {
            preload: given.preload,
            sandbox: true,
            session: given.partition === '' ? session.defaultSession : session.fromPartition(given.partition),
          },
        });
        await other.loadURL(given.url);
        const said: unknown = await other.webContents.executeJavaScript(
          `${given.command}.then((answer) => JSON.stringify(answer), (error) => String(error))`,
        );
        other.destroy();
        return said;
      },
      { preload: path.join(projectRoot, `dist/preload/${preload}.cjs`), partition, url, command },
    );
    expect(answer).toContain('refused');
    expect(await app.desktop.page.getByRole('button', { name: 'Stop', exact: true }).isVisible()).toBe(true);
  });

  it('is given the microphone and no other power', async () => {
    expect(await page.evaluate(askForPowers)).toEqual(MICROPHONE_ALONE);
  });

  it('reaches its server’s two addresses and nothing else, by its policy', async () => {
    const other = await countingServer();
    await seen();
    const addresses = addressesAround(server, other.port);
    expect(await page.evaluate(reach, addresses)).toBeGreaterThan(addresses.length);
    expect((await seen()).requests).toEqual(mayBeAsked());
    expect(other.connections).toBe(0);
    await other.stop();
  });

  /** The last: the session's own page is gone from here on. */
  it('holds by its session alone, too, on a page without any policy', async () => {
    const other = await countingServer();
    const [bare] = await Promise.all([
      app.desktop.app.waitForEvent('window'),
      main(async ({ BrowserWindow, session }, partition) => {
        const calls = session.fromPartition(partition);
        calls.protocol.unhandle('app');
        calls.protocol.handle('app', ({ url }) =>
          url.endsWith('/away')
            ? Response.redirect('https://example.com/', 302)
            : new Response('<!doctype html><body>', { headers: { 'content-type': 'text/html' } }),
        );
        const window = new BrowserWindow({ show: false, webPreferences: { session: calls, sandbox: true } });
        await window.loadURL('app://call/index.html');
      }, PARTITION),
    ]);
    expect(await bare.evaluate(askForPowers)).toEqual(MICROPHONE_ALONE);
    expect(await bare.evaluate(reach, addressesAround(server, other.port))).toBe(0);
    expect((await seen()).requests).toEqual(mayBeAsked());
    expect(other.connections).toBe(0);
    await bare.evaluate(() => location.assign('app://call/away'));
    await bare.evaluate(() => new Promise((resolve) => setTimeout(resolve, 300)));
    expect(bare.url()).toBe('app://call/index.html');
    await other.stop();
  });
});

/** In a page: presses a link that downloads this address, or a file of the page's own making. */
function pressDownload(address: string): void {
  const link = document.createElement('a');
  link.download = 'x.txt';
  link.href = address === 'own' ? URL.createObjectURL(new Blob(['x'])) : address;
  document.body.append(link);
  link.click();
  link.remove();
}

/** A server that nobody has named. */
async function countingServer() {
  let connections = 0;
  const server = createServer((_request, response) => response.end('x'));
  server.on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    stop: () => new Promise((resolve) => server.close(resolve)),
  };
}
