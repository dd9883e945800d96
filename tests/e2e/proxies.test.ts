/** Owns the proof that a room has a name of its own behind nginx and behind Caddy, with the files of `deploy/` as they are. */

import { once } from 'node:events';
import { get as getPlain, type IncomingMessage } from 'node:http';
import { get, type RequestOptions } from 'node:https';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findChromium } from '../support/browser/chromium.ts';
import type { HostProcess } from '../support/host/host-process.ts';
import { PROXIES, PROXY_NAME, type ReverseProxy, startReverseProxy } from '../support/wire/reverse-proxy.ts';
import { Stage } from './stage.ts';

const chromium = findChromium();
const NAMES = ['nginx', 'caddy'] as const;
const missing = chromium === null || NAMES.some((name) => PROXIES[name].program === null);
const TONES = { nginx: 440, caddy: 1_000 } as const;

describe.skipIf(missing)('a name of one’s own', () => {
  let stage: Stage;
  let host: HostProcess;
  const proxies = new Map<(typeof NAMES)[number], ReverseProxy>();

  beforeAll(async () => {
    stage = await Stage.create();
    host = await stage.host({ flags: ['--mode', '1x1', '--origin', `https://${PROXY_NAME}`] });
    for (const name of NAMES) proxies.set(name, await startReverseProxy(PROXIES[name], host.port));
  });
  afterAll(async () => {
    await stage.clear();
    await stage.end();
    await Promise.all(Array.from(proxies.values(), (proxy) => proxy.stop()));
  });

  it('brings two together, one by nginx and one by Caddy', async () => {
    const { others } = await host.waitFor('live');
    const [invite = ''] = others ?? [];
    expect(new URL(invite).origin).toBe(`https://${PROXY_NAME}`);
    const [anna, boris] = await Promise.all(
      NAMES.map(async (name) => {
        const way = `--host-resolver-rules=MAP ${PROXY_NAME}:443 127.0.0.1:${proxies.get(name)?.port}`;
        return stage.guest(await stage.browser(TONES[name], chromium ?? '', way), invite, name);
      }),
    );
    await anna?.join();
    await boris?.join();

    await anna?.hears(TONES.caddy);
    await boris?.hears(TONES.nginx);
  });

  it.each(NAMES)(
    'keeps by %s what the server says, adds that no browser may go without TLS, and opens no other door',
    async (name) => {
      const { port = 0, plainPort = 0 } = proxies.get(name) ?? {};
      const page = await ask(port, { path: '/' });
      expect(page.statusCode).toBe(200);
      expect(page.headers).toMatchObject({
        'strict-transport-security': 'max-age=31536000',
        'content-security-policy': expect.stringContaining(`connect-src 'self' wss://${PROXY_NAME}`),
        'cross-origin-opener-policy': 'same-origin',
      });

      const upgrade = { connection: 'upgrade', upgrade: 'websocket', 'sec-websocket-version': '13' };
      const socket = { ...upgrade, 'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==' };
      const foreign = await ask(port, {
        path: '/ws',
        headers: { ...socket, origin: 'https://other.example' },
      });
      expect(foreign.statusCode).toBe(403);

      const [plain] = (await once(
        getPlain({ port: plainPort, host: '127.0.0.1', headers: { host: PROXY_NAME } }),
        'response',
      )) as [IncomingMessage];
      plain.resume();
      expect([301, 308]).toContain(plain.statusCode);
      expect(plain.headers.location).toMatch(`https://${PROXY_NAME}`);
    },
  );
});

async function ask(port: number, { headers, ...options }: RequestOptions): Promise<IncomingMessage> {
  const request = get({
    ...{ port, host: '127.0.0.1', servername: PROXY_NAME, rejectUnauthorized: false },
    ...options,
    headers: { 'user-agent': 'Mozilla/5.0', host: PROXY_NAME, ...headers },
  });
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  response.resume();
  return response;
}
