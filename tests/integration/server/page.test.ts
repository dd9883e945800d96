/** What the one port serves over HTTP: the page, its headers, and nothing else. */

import { createHash } from 'node:crypto';
import { rename } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import { type ConnectionOptions, connect as connectTls } from 'node:tls';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  ICON_PATH,
  openRoomStage,
  PAGE_EARLY,
  PAGE_HTML,
  PAGE_HTML_RU,
  PAGE_SCRIPT,
  PAGE_STYLES,
  type RoomStage,
  SCRIPT_PATH,
  STRAY_HTML,
} from '../../support/room/room-server-stage.ts';
import { RawSocket, rawRequest, rawUpgrade } from '../../support/wire/raw-http.ts';

let stage: RoomStage;

beforeAll(async () => {
  stage = await openRoomStage();
});

afterAll(() => stage.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  rawRequest(stage.port, `GET ${path} HTTP/1.1`, headers);

function getOverTls(host: string, servername: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpsRequest(
      { host, port: stage.port, path: '/', servername, rejectUnauthorized: false, agent: false },
      (response) => {
        let body = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => {
          body += chunk;
        });
        response.on('end', () => resolve({ status: response.statusCode ?? 0, body }));
      },
    );
    request.on('error', reject).end();
  });
}

describe('the page', () => {
  it('comes by plain HTTP and by TLS on the same port, on both loopback addresses', async () => {
    for (const host of ['127.0.0.1', '::1']) {
      const name = host === '::1' ? `[::1]:${stage.port}` : `127.0.0.1:${stage.port}`;
      const plain = await rawRequest(stage.port, 'GET / HTTP/1.1', { Host: name }, host);
      expect([plain.status, plain.body]).toEqual([200, PAGE_HTML]);
      expect(await getOverTls(host, 'localhost')).toEqual({ status: 200, body: PAGE_HTML });
    }
  });

  it('comes in a first packet of one byte, too', async () => {
    const raw = new RawSocket(stage.port);
    raw.socket.setNoDelay(true);
    raw.write('G');
    await new Promise((resolve) => setTimeout(resolve, 30));
    raw.write(`ET / HTTP/1.1\r\nHost: localhost:${stage.port}\r\nConnection: close\r\n\r\n`);
    expect(await raw.ended).toContain(PAGE_HTML);
  });

  it('is never stored and says what it may do', async () => {
    const { headers } = await get('/');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('permissions-policy')).toMatch(/^microphone=\(self\), /);
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('set-cookie')).toBeUndefined();
  });

  it('takes the window from whoever opened it, unless that is the person, or the page itself', async () => {
    const policyFor = async (path: string, site?: string, mode = 'navigate') => {
      const said = site === undefined ? {} : { 'Sec-Fetch-Site': site };
      const { headers } = await get(path, { ...said, 'Sec-Fetch-Mode': mode });
      expect(headers.get('vary')).toMatch(/sec-fetch-mode, sec-fetch-site$/);
      return headers.get('cross-origin-opener-policy');
    };
    for (const path of ['/', '/index.html', '/?lang=ru']) {
      for (const site of ['cross-site', 'same-site', 'None', 'none, cross-site', '', undefined])
        expect(await policyFor(path, site), site).toBe('same-origin');
      for (const site of ['none', 'same-origin']) {
        expect(await policyFor(path, site), site).toBeUndefined();
        expect(await policyFor(path, site, 'cors'), 'to be kept').toBe('same-origin');
      }
    }
    const asPerson = { 'Sec-Fetch-Site': 'none', 'Sec-Fetch-Mode': 'navigate' };
    const stray = await get('/nowhere', { Accept: 'text/html', ...asPerson });
    expect(stray.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  });

  it('has its hashed files kept for ever, compressed as the browser likes', async () => {
    const plain = await get(SCRIPT_PATH);
    expect(plain.body).toBe(PAGE_SCRIPT);
    expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(plain.headers.get('content-type')).toMatch(/javascript/);
    for (const [encoding, unpack] of [
      ['br', brotliDecompressSync],
      ['gzip', gunzipSync],
    ] as const) {
      const packed = await get(SCRIPT_PATH, { 'Accept-Encoding': encoding });
      expect(packed.headers.get('content-encoding')).toBe(encoding);
      expect(packed.headers.get('vary')).toMatch(/accept-encoding/i);
      expect(unpack(Buffer.from(packed.body, 'latin1')).toString()).toBe(PAGE_SCRIPT);
    }
  });

  it('sends with a file what is heeded there, and a policy by which it is nothing but a file', async () => {
    for (const path of [SCRIPT_PATH, ICON_PATH]) {
      const { headers } = await get(path);
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('cross-origin-resource-policy')).toBe('same-origin');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('x-robots-tag')).toContain('noindex');
      expect(headers.get('content-security-policy')).toBe(
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
      );
      expect(headers.has('permissions-policy') || headers.has('cross-origin-opener-policy')).toBe(false);
    }
    expect((await get(ICON_PATH)).headers.get('cache-control')).toBe('max-age=86400');
  });

  it('gives a browser one file to keep the page with, and no other, whoever asks for it', async () => {
    const asWorker = { 'Service-Worker': 'script' };
    const { status, headers, body } = await get('/service-worker.js', asWorker);
    expect([status, body]).toEqual([200, '// keeps the page']);
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers.has('service-worker-allowed')).toBe(false);
    for (const path of [
      '/',
      '/index.html',
      SCRIPT_PATH,
      ICON_PATH,
      '/healthz',
      '/service-worker.js?x',
      '//service-worker.js',
    ])
      expect((await get(path, asWorker)).status, path).toBe(403);
  });

  it.each(['/', '/index.html', '//', '///', '/?utm_source=mail&fbclid=x', '//?lang=ru'])(
    'comes at %s as well, for links that were changed on the way',
    async (path) => {
      const { status, body } = await get(path, { Accept: 'text/html' });
      expect([status, body]).toEqual([200, path.includes('lang=ru') ? PAGE_HTML_RU : PAGE_HTML]);
    },
  );

  it.each([
    ['/', {}, PAGE_HTML],
    ['/', { 'Accept-Language': 'ru-RU,ru;q=0.9,en-US;q=0.8' }, PAGE_HTML_RU],
    ['/index.html', { 'Accept-Language': 'de,en;q=0.1,ru;q=0.2' }, PAGE_HTML_RU],
    ['/', { 'Accept-Language': 'de' }, PAGE_HTML],
    ['/?lang=en', { 'Accept-Language': 'ru' }, PAGE_HTML],
    ['/?lang=ru', { 'Accept-Language': 'en' }, PAGE_HTML_RU],
    ['/?lang=..%2fstray', { 'Accept-Language': 'ru' }, PAGE_HTML_RU],
  ])('comes at %s in the language of whoever asks: %j', async (path, asked, page) => {
    const { status, headers, body } = await get(path, asked);
    expect([status, body]).toEqual([200, page]);
    expect(headers.get('vary')).toMatch(/accept-language/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
  });

  it('comes compressed in either language', async () => {
    const { headers, body } = await get('/?lang=ru', { 'Accept-Encoding': 'br' });
    expect(headers.get('content-encoding')).toBe('br');
    expect(headers.get('vary')).toMatch(/accept-language.*accept-encoding/i);
    expect(brotliDecompressSync(Buffer.from(body, 'latin1')).toString()).toBe(PAGE_HTML_RU);
  });

  it('waits for no disk, packed or not', async () => {
    const moved = `${stage.pageDirectory}.moved`;
    await rename(stage.pageDirectory, moved);
    try {
      expect((await get('/')).body).toBe(PAGE_HTML);
      expect(
        (await get('/?lang=ru', { 'Accept-Encoding': 'gzip, br' })).headers.get('content-encoding'),
      ).toBe('br');
    } finally {
      await rename(moved, stage.pageDirectory);
    }
  });

  it.each([
    ['very long', `${'ru-'.repeat(4_000)}x`, 200],
    ['of nothing but signs', ',;q='.repeat(3_000), 200],
    ['weighed to the last digit', `ru;q=0.${'0'.repeat(4_000)}1`, 200],
    ['a path', '../../package.json', 200],
    ['a name of the language', '__proto__', 200],
    ['no header at all', '\u0001', 400],
  ])('comes all the same where Accept-Language is %s', async (_what, acceptLanguage, status) => {
    const raw = new RawSocket(stage.port);
    raw.write(
      `GET / HTTP/1.1\r\nHost: localhost:${stage.port}\r\nAccept-Language: ${acceptLanguage}\r\nConnection: close\r\n\r\n`,
    );
    expect(await raw.ended).toContain(`HTTP/1.1 ${status} `);
  });

  it('lets exactly what stands in it run, in no other answer, and nothing else inline', async () => {
    const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
    for (const path of ['/', '/?lang=ru']) {
      const policy = (await get(path)).headers.get('content-security-policy') ?? '';
      expect(policy).toContain(
        `; script-src 'self' ${hash(PAGE_EARLY)}; style-src 'self' ${hash(PAGE_STYLES)};`,
      );
      expect(policy).not.toContain('unsafe');
      expect(policy).toContain("require-trusted-types-for 'script'");
    }
    for (const path of [SCRIPT_PATH, '/nothing', '/healthz'])
      expect((await get(path)).headers.get('content-security-policy')).not.toMatch(/sha256|unsafe/);
  });

  it('answers HEAD without a body', async () => {
    for (const path of ['/', SCRIPT_PATH, '/healthz']) {
      const head = await rawRequest(stage.port, `HEAD ${path} HTTP/1.1`);
      expect([head.status, head.body]).toEqual([200, '']);
    }
  });
});

describe('a whole address in the request line', () => {
  const host = () => `localhost:${stage.port}`;
  const status = async (target: string, headers = {}) =>
    (await rawRequest(stage.port, `GET ${target} HTTP/1.1`, headers)).status;

  it('is served where it is the host’s own', async () => {
    for (const target of [
      `http://${host()}`,
      `HTTP://LOCALHOST:${stage.port}/`,
      `http://${host()}/?lang=en`,
    ]) {
      expect(await status(target)).toBe(200);
    }
    expect(await status(`http://${host()}/nothing`)).toBe(404);
  });

  it('is refused where it names another one than the header, whichever of the two is known', async () => {
    for (const authority of ['evil.example', `evil.example:${stage.port}`, '', `me@${host()}`, 'localhost']) {
      expect(await status(`http://${authority}/`)).toBe(421);
    }
    expect(await status(`http://127.0.0.1:${stage.port}/`)).toBe(421);
    expect(await status(`http://${host()}/`, { Host: 'evil.example' })).toBe(421);
  });

  it('opens no socket of another host', async () => {
    const page = { Origin: `http://${host()}` };
    expect(await rawUpgrade(stage.port, page, 'http://evil.example/ws')).toBe(421);
    expect(await rawUpgrade(stage.port, page, `http://${host()}/ws`)).toBe(101);
  });
});

describe('TLS', () => {
  const handshake = (options: ConnectionOptions) =>
    new Promise<string>((resolve) => {
      const socket = connectTls({
        port: stage.port,
        host: '127.0.0.1',
        rejectUnauthorized: false,
        ...options,
      });
      socket.once('secureConnect', () => {
        resolve(`${socket.getProtocol()} ${socket.getCipher().name}`);
        socket.destroy();
      });
      socket.once('error', () => resolve('refused'));
    });
  /** Beyond what Node would offer by itself. */
  const offer = (cipher: string, version: 'TLSv1.1' | 'TLSv1.2' = 'TLSv1.2') =>
    handshake({ ciphers: `${cipher}:@SECLEVEL=0`, minVersion: version, maxVersion: version });

  it('is 1.3, or 1.2 with suites that authenticate what they encrypt', async () => {
    expect(await handshake({})).toBe('TLSv1.3 TLS_AES_256_GCM_SHA384');
    for (const cipher of ['AES128-GCM-SHA256', 'AES256-GCM-SHA384', 'CHACHA20-POLY1305']) {
      expect(await offer(`ECDHE-ECDSA-${cipher}`)).toBe(`TLSv1.2 ECDHE-ECDSA-${cipher}`);
    }
  });

  it('is neither older nor CBC', async () => {
    for (const cipher of ['AES128-SHA', 'AES256-SHA', 'AES128-SHA256', 'AES256-SHA384']) {
      expect(await offer(`ECDHE-ECDSA-${cipher}`)).toBe('refused');
    }
    expect(await offer('ECDHE-ECDSA-AES128-SHA', 'TLSv1.1')).toBe('refused');
  });
});

it('tells that it is well', async () => {
  const { status, body, headers } = await get('/healthz');
  expect([status, JSON.parse(body)]).toEqual([200, { ok: true }]);
  expect(headers.get('cache-control')).toBe('no-store');
});

it('lets the app’s page read that, and no page anything else', async () => {
  const corsOf = async (path: string, origin: string, method = 'GET') => {
    const { headers } = await rawRequest(stage.port, `${method} ${path} HTTP/1.1`, { Origin: origin });
    return [...headers].filter(([name]) => name.startsWith('access-control-')).join();
  };
  for (const origin of ['app://call', 'https://evil.example', 'null']) {
    expect(await corsOf('/healthz', origin)).toBe('access-control-allow-origin,app://call');
    for (const path of ['/', '/index.html', SCRIPT_PATH, '/nothing', '/ws'])
      expect(await corsOf(path, origin)).toBe('');
    expect(await corsOf('/healthz', origin, 'OPTIONS')).toBe('');
  }
});

describe('everything else', () => {
  it.each([
    '/nothing',
    '/assets',
    '/assets/',
    '/assets/nothing.js',
    `${SCRIPT_PATH}.gz`,
    `${SCRIPT_PATH}.map`,
    '/index.html/',
    '/index.ru.html',
    '/index.ru.html.br',
    '/stray.html',
    '/../package.json',
    '/../../../../etc/passwd',
    '/%2e%2e/%2e%2e/etc/passwd',
    '/..%2f..%2fetc/passwd',
    '/..%5c..%5cetc%5cpasswd',
    '/..\\..\\etc\\passwd',
    '/assets/../../package.json',
    '/assets/../index.html',
    '/./index.html',
    '//etc/passwd',
    '/%00',
    '/%zz',
    '/%c0%ae%c0%ae/',
    '/.git/config',
    '/ws',
    '/WS',
    '/healthz/',
    `/${'a'.repeat(8_000)}`,
  ])('is not found: %s', async (path) => {
    const { status, headers, body } = await get(path);
    expect(status).toBe(404);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(body).not.toContain(path);
  });

  it.each([
    `/%23${'A'.repeat(43)}.${'B'.repeat(21)}A`,
    `/%2523${'A'.repeat(43)}`,
    `/${'A'.repeat(43)}.${'B'.repeat(22)}`,
    '/nothing',
    '/assets/',
    '/%zz',
    '/%00',
    '//etc/passwd',
  ])('is a page in words for a browser, without a word of the address: %s', async (path) => {
    const { status, headers, body } = await get(path, {
      Accept: 'text/html,application/xhtml+xml,*/*;q=0.8',
    });
    expect([status, body]).toEqual([404, STRAY_HTML]);
    expect(headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'; script-src 'self'");
    expect([...headers.values()].join('\n')).not.toContain('AAAA');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'TRACE'])('is not done: %s', async (method) => {
    const { status, headers } = await rawRequest(stage.port, `${method} / HTTP/1.1`);
    expect(status).toBe(405);
    expect(headers.get('allow')).toBe('GET, HEAD');
  });

  it('takes no body: a request that announces one is cut off', async () => {
    const bodies: Record<string, string>[] = [
      { 'Content-Length': '5000' },
      { 'Content-Length': '1' },
      { 'Transfer-Encoding': 'chunked' },
    ];
    for (const body of bodies) expect((await get('/', body)).status).toBe(413);
    const post = await rawRequest(stage.port, 'POST / HTTP/1.1', { 'Content-Length': '5000' });
    expect(post.status).toBe(405);
  });

  it.each([
    'nonsense\r\n\r\n',
    'GET / HTTP/9.9\r\n\r\n',
    '\u0000\u0001\u0002\r\n\r\n',
    '\u0016\u0003\u0001junk',
  ])('is ended without harm: %j', async (bytes) => {
    const raw = new RawSocket(stage.port);
    raw.write(Buffer.from(bytes, 'latin1'));
    await raw.ended;
    expect((await get('/healthz')).status).toBe(200);
  });
});

describe('the host of a request', () => {
  it.each(['evil.example', `evil.example:${1}`, 'localhost', '127.0.0.1'])('may not be %s', async (host) => {
    for (const path of ['/', '/healthz', SCRIPT_PATH]) {
      const { status, body } = await get(path, { Host: host });
      expect([status, body]).toEqual([421, '']);
    }
  });

  it('is not what a forwarded header says', async () => {
    const forwarded = {
      'X-Forwarded-Host': `localhost:${stage.port}`,
      'X-Forwarded-Proto': 'https',
      'X-Forwarded-For': '127.0.0.1',
      Forwarded: `host=localhost:${stage.port};proto=https`,
    };
    expect((await get('/', { Host: 'evil.example', ...forwarded })).status).toBe(421);
    const spoofed = { ...forwarded, 'X-Forwarded-Host': 'evil.example' };
    const { status, headers } = await get('/', spoofed);
    expect(status).toBe(200);
    expect([...headers.values()].join('\n')).not.toContain('evil');
  });

  it('is the tunnel’s while it has that address, and the page there may follow the tunnel', async () => {
    const host = '0a1b2c3d4e5f60.lhr.life';
    expect((await get('/', { Host: host })).status).toBe(421);
    stage.server.setOrigins({ tunnel: `https://${host}`, added: [] });
    const { status, headers } = await get('/', { Host: host });
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toContain(
      `connect-src 'self' wss://${host} wss://*.lhr.life wss://*.lhr.rocks wss://*.localhost.run wss://*.trycloudflare.com;`,
    );
    stage.server.setOrigins({ tunnel: null, added: [] });
    expect((await get('/', { Host: host })).status).toBe(421);
  });
});
