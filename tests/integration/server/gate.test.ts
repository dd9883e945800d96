/** Who may open a socket, asked at the port itself. */

import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { toBase64Url } from '../../../main/common/bytes.ts';
import { createTicket } from '../../../main/common/e2ee/admission.ts';
import { UNPROVEN_SOCKETS_MAX } from '../../../main/common/protocol/limits.ts';
import { nodeCrypto, randomBytes } from '../../support/crypto/e2ee-tools.ts';
import { openRoomStage, type RoomStage } from '../../support/room/room-server-stage.ts';
import { RawSocket, rawUpgrade } from '../../support/wire/raw-http.ts';
import { BROWSER_AGENT, WirePage } from '../../support/wire/wire-page.ts';

let stage: RoomStage;
const pages: WirePage[] = [];

beforeAll(async () => {
  stage = await openRoomStage();
});

afterAll(() => stage.stop());

afterEach(async () => {
  for (const { socket } of pages) socket.terminate();
  await Promise.all(pages.splice(0).map(({ ending }) => ending));
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
    expect(await plain.greet(stage.token)).toMatchObject({ versions: [1], version: 1 });
    const origin = `https://localhost:${stage.port}`;
    const tls = await open(stage, { url: `wss://localhost:${stage.port}/ws`, origin });
    await tls.greet(stage.token);
  });

  it('gets another nonce each time', async () => {
    const nonces = await Promise.all(
      [1, 2, 3].map(async () => (await (await open(stage)).greet(stage.token)).nonce),
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

describe('the page that the app brings', () => {
  const origin = 'app://call';

  it('gets its challenge and is let in with its link, as any other', async () => {
    const page = await open(stage, { origin });
    await page.greet(stage.token);
  });

  it('is nobody without: another program that claims its origin is put out', async () => {
    const page = await open(stage, { origin, userAgent: 'curl/8.5.0' });
    await page.prove(randomBytes(16));
    await page.next('error');
    expect(await page.ending).toEqual({ code: 4403, reason: 'auth-failed' });
    expect(await rawUpgrade(stage.port, browser({ Origin: origin, Host: 'evil.example' }))).toBe(421);
    for (const pretended of ['app://window', 'app://call.evil.example', 'app://call:1', 'APP://CALL'])
      expect(await rawUpgrade(stage.port, browser({ Origin: pretended }))).toBe(403);
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

describe('sockets that never prove their link', () => {
  /** As many as may wait of a kind, and two more. */
  const crowd = (ticket?: string) => {
    const url = ticket === undefined ? {} : { url: `ws://localhost:${stage.port}/ws?ticket=${ticket}` };
    return Promise.all(Array.from({ length: UNPROVEN_SOCKETS_MAX + 2 }, () => open(stage, url)));
  };
  const ticketOf = async (secret: Uint8Array) =>
    toBase64Url(await createTicket(nodeCrypto, new Uint8Array(secret)));
  const isOpen = ({ socket }: WirePage) => socket.readyState === socket.OPEN;

  it('keep out no newcomer: the one longest there gives way', async () => {
    const waiting = [];
    for (let count = 0; count < UNPROVEN_SOCKETS_MAX; count++) waiting.push(await open(stage));
    expect(waiting.every(isOpen)).toBe(true);
    const next = await open(stage);
    expect(await waiting[0]?.ending).toEqual({ code: 4408, reason: 'auth-timeout' });
    await next.prove(stage.token);
    await next.next('hello');
    // One has proven itself, so that there is a place again.
    await (await open(stage)).greet(stage.token);
    expect(waiting.slice(1).every(isOpen)).toBe(true);
  });

  it('never touch one that shows a ticket of the link, nor those one of somebody who comes back', async () => {
    const { page, hello } = await WirePage.enter(stage);
    pages.push(page);
    const at = (ticket: string) => ({ url: `ws://localhost:${stage.port}/ws?ticket=${ticket}` });
    const linked = await ticketOf(stage.token);
    const returning = await ticketOf(Buffer.from(hello.resume, 'base64url'));
    const [newcomer, back] = [await open(stage, at(linked)), await open(stage, at(returning))];

    await crowd();
    await crowd('A'.repeat(22));
    expect([newcomer, back].map(isOpen)).toEqual([true, true]);
    await crowd(linked);
    expect((await newcomer.ending).code).toBe(4408);
    await back.prove(stage.token);
    await back.next('hello');
  });

  it('have no use for the ticket of a link that has ended, or of somebody who is gone', async () => {
    const linked = await ticketOf(stage.token);
    const { page, hello } = await WirePage.enter(stage);
    const returning = await ticketOf(Buffer.from(hello.resume, 'base64url'));
    await page.close();
    stage.server.handleCommand({ type: 'new-link' });
    const stranger = await open(stage);
    for (const ticket of [linked, returning]) await crowd(ticket);
    expect((await stranger.ending).code).toBe(4408);
  });
});

it('takes a ticket for no proof', async () => {
  const ticket = toBase64Url(await createTicket(nodeCrypto, stage.token));
  const page = await open(stage, { url: `ws://localhost:${stage.port}/ws?ticket=${ticket}` });
  await page.prove(randomBytes(16));
  expect((await page.ending).code).toBe(4403);
});
