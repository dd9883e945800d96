/** Who may open a socket, asked at the port itself. */

import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { RawSocket, rawUpgrade } from '../../support/raw-http.ts';
import { openRoomStage, type RoomStage } from '../../support/room-server-stage.ts';
import { BROWSER_AGENT, WirePage } from '../../support/wire-page.ts';

let stage: RoomStage;
const pages: WirePage[] = [];

beforeAll(async () => {
  stage = await openRoomStage();
});

afterAll(() => stage.stop());

afterEach(async () => {
  await Promise.all(pages.splice(0).map((page) => page.vanish()));
});

async function open(...call: Parameters<typeof WirePage.open>): Promise<WirePage> {
  const page = await WirePage.open(...call);
  pages.push(page);
  return page;
}

const browser = (change: Record<string, string> = {}) => ({
  Origin: stage.origin,
  'User-Agent': BROWSER_AGENT,
  ...change,
});

describe('a page of this room', () => {
  it('gets its challenge, by plain HTTP and by TLS', async () => {
    const plain = await open(stage);
    expect(await plain.next('challenge')).toMatchObject({ protocol: 1 });
    const origin = `https://localhost:${stage.port}`;
    const tls = await open(stage, { url: `wss://localhost:${stage.port}/ws`, origin });
    await tls.next('challenge');
  });

  it('gets another nonce each time', async () => {
    const nonces = await Promise.all(
      [1, 2, 3].map(async () => (await (await open(stage)).next('challenge')).nonce),
    );
    expect(new Set(nonces).size).toBe(3);
  });

  it('may come from the tunnel it joined through, also after that has moved', async () => {
    const [old, fresh] = ['https://aaaaaaaaaaaaaa.lhr.life', 'https://bbbbbbbbbbbbbb.lhr.life'];
    stage.server.setOrigins({ tunnel: old, added: [] });
    const behindTunnel = (origin: string, host: string) =>
      rawUpgrade(stage.port, browser({ Host: new URL(host).host, Origin: origin }));
    expect(await behindTunnel(old, old)).toBe(101);
    stage.server.setOrigins({ tunnel: fresh, added: [] });
    expect(await behindTunnel(old, fresh)).toBe(101);
    expect(await behindTunnel(old, old)).toBe(421);
    expect(await behindTunnel('https://cccccccccccccc.lhr.life', fresh)).toBe(403);
    stage.server.setOrigins({ tunnel: null, added: [] });
  });
});

describe('refused is', () => {
  it('another path, a foreign host (also a rebound name), a foreign origin', async () => {
    expect(await rawUpgrade(stage.port, browser(), '/')).toBe(404);
    expect(await rawUpgrade(stage.port, browser(), '/ws?x=1')).toBe(404);
    expect(await rawUpgrade(stage.port, browser({ Host: 'evil.example' }))).toBe(421);
    const rebound = `rebound.evil.example:${stage.port}`;
    expect(await rawUpgrade(stage.port, browser({ Host: rebound, Origin: `http://${rebound}` }))).toBe(421);
    for (const origin of ['http://evil.example', 'null', `http://localhost:${stage.port + 1}`]) {
      expect(await rawUpgrade(stage.port, browser({ Origin: origin }))).toBe(403);
    }
  });

  it('a spoofed host or origin in forwarded headers', async () => {
    const forwarded = {
      'X-Forwarded-Host': `localhost:${stage.port}`,
      'X-Forwarded-For': '127.0.0.1',
      'X-Original-Host': `localhost:${stage.port}`,
    };
    expect(await rawUpgrade(stage.port, browser({ ...forwarded, Host: 'evil.example' }))).toBe(421);
    expect(await rawUpgrade(stage.port, browser({ ...forwarded, Origin: 'http://evil.example' }))).toBe(403);
  });

  it('a browser that names no origin', async () => {
    expect(await rawUpgrade(stage.port, { 'User-Agent': BROWSER_AGENT })).toBe(403);
  });

  it('a handshake that is none', async () => {
    expect(await rawUpgrade(stage.port, browser({ 'Sec-WebSocket-Version': '7' }))).toBe(400);
    expect(await rawUpgrade(stage.port, browser({ 'Sec-WebSocket-Key': 'short' }))).toBe(400);
    expect(await rawUpgrade(stage.port, browser({ Upgrade: 'h2c' }))).toBe(400);
  });
});

it('ends the connection after a refusal, whatever the other side would still like to send', async () => {
  const raw = new RawSocket(stage.port);
  raw.socket.allowHalfOpen = true;
  raw.write('GET /ws HTTP/1.1\r\nHost: evil.example\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  await once(raw.socket, 'end');
  const writing = setInterval(() => raw.write('x'), 10);
  expect(await raw.ended).toMatch(/^HTTP\/1\.1 421 /);
  clearInterval(writing);
});

it('tells what is no browser that it needs one, and closes', async () => {
  const page = await open(stage, { origin: null, userAgent: 'okhttp/4.12.0' });
  await page.next('browser-only');
  expect(await page.ending).toEqual({ code: 4406, reason: 'browser-only' });
});

it('lets 32 sockets wait for their proof, and no 33rd until one has gone or shown it', async () => {
  const waiting = await Promise.all(Array.from({ length: 32 }, () => open(stage)));
  await expect(WirePage.open(stage)).rejects.toThrow('refused 503');
  const [first, second] = waiting;
  await first?.prove(stage.token);
  await first?.next('hello');
  const next = await open(stage);
  await next.next('challenge');
  await expect(WirePage.open(stage)).rejects.toThrow('refused 503');
  await second?.vanish();
  await expect
    .poll(() =>
      WirePage.open(stage).then(
        (page) => pages.push(page) > 0,
        () => false,
      ),
    )
    .toBe(true);
});
