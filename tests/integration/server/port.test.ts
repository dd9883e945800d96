/** The port itself: where it listens, why it does not, whom it sends to https, and how long it waits for whom. */

import { createServer, type Server } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { afterEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../main/common/logger.ts';
import { CONNECTIONS_MAX } from '../../../main/common/protocol/limits.ts';
import { lanAddresses, startRoomServer } from '../../../main/server/server.ts';
import { probeOverHttp } from '../../../main/tunnel/probe.ts';
import { randomBytes } from '../../support/crypto/e2ee-tools.ts';
import {
  openRoomStage,
  type RoomStage,
  testCertificate,
  writePage,
} from '../../support/room/room-server-stage.ts';
import { RawSocket, rawRequest, rawUpgrade } from '../../support/wire/raw-http.ts';
import { startTcpProxy } from '../../support/wire/tcp-proxy.ts';
import { BROWSER_AGENT, WirePage } from '../../support/wire/wire-page.ts';

const stages: RoomStage[] = [];
const squatters: Server[] = [];

afterEach(async () => {
  await Promise.all(stages.splice(0).map((stage) => stage.stop()));
  await Promise.all(
    squatters.splice(0).map((server) => new Promise((resolve) => server.close(() => resolve(null)))),
  );
});

async function openStage(...call: Parameters<typeof openRoomStage>): Promise<RoomStage> {
  const stage = await openRoomStage(...call);
  stages.push(stage);
  return stage;
}

async function squat(host: string, port = 0): Promise<number> {
  const server = createServer();
  squatters.push(server);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, resolve);
  });
  const address = server.address();
  return address !== null && typeof address === 'object' ? address.port : 0;
}

const start = async (port: number, pageDirectory: string, signal?: AbortSignal) =>
  startRoomServer(
    {
      port,
      lan: false,
      capacity: 2,
      lobby: false,
      iceServers: [],
      turn: null,
      files: true,
      relayOnly: false,
      pageDirectory,
      certificate: await testCertificate(),
      newToken: () => randomBytes(16),
      logger: silentLogger,
    },
    signal,
  );

const isAnswered = (host: string, port: number): Promise<boolean> =>
  rawRequest(port, 'GET /healthz HTTP/1.1', {}, host).then(({ status }) => status > 0);

/** Milliseconds until the other side ends it. */
async function endedAfterMs(raw: RawSocket): Promise<number> {
  const startMs = performance.now();
  await raw.ended;
  return performance.now() - startMs;
}

describe('listening', () => {
  it('is on both loopback addresses under one port, and on no other address', async () => {
    const { port } = await openStage();
    expect(await isAnswered('127.0.0.1', port)).toBe(true);
    expect(await isAnswered('::1', port)).toBe(true);
    for (const address of lanAddresses()) expect(await isAnswered(address, port)).toBe(false);
  });

  it.each(['127.0.0.1', '::1'])('fails with a code when the port is taken on %s', async (host) => {
    const taken = await squat(host);
    expect(await start(taken, await writePage())).toEqual({ ok: false, error: 'port-in-use' });
    // And has let go of the other one.
    await squat(host === '::1' ? '127.0.0.1' : '::1', taken);
  });

  it.skipIf(process.getuid?.() === 0 || process.platform === 'win32')(
    'fails with a code when the port is not for everyone',
    async () => {
      expect(await start(1, await writePage())).toEqual({ ok: false, error: 'port-denied' });
    },
  );

  it('fails with a code without a page', async () => {
    expect(await start(0, '/nowhere')).toEqual({ ok: false, error: 'page-missing' });
  });

  it('fails, with nothing left open, when aborted', async () => {
    const free = await squat('127.0.0.1');
    await new Promise((resolve) => squatters.pop()?.close(resolve));
    expect((await start(free, await writePage(), AbortSignal.abort())).ok).toBe(false);
    await squat('127.0.0.1', free);
  });
});

const [lanAddress] = lanAddresses();

describe.skipIf(lanAddress === undefined)('open to the network', () => {
  it('serves TLS there, sends plain HTTP to it under the same name, and opens no plain socket', async () => {
    const stage = await openStage({ lan: true });
    const host = `${lanAddress}:${stage.port}`;
    expect(stage.server.lanOrigins()).toContain(`https://${host}`);

    const plain = await rawRequest(stage.port, 'GET /some?x=1 HTTP/1.1', { Host: host }, lanAddress);
    expect(plain.status).toBe(307);
    expect(plain.headers.get('location')).toBe(`https://${host}/some?x=1`);
    const spoofed = { Host: `localhost:${stage.port}`, 'X-Forwarded-For': '127.0.0.1', 'X-Real-IP': '::1' };
    const pretended = await rawRequest(stage.port, 'GET / HTTP/1.1', spoofed, lanAddress);
    expect(pretended.status).toBe(307);
    const foreign = await rawRequest(stage.port, 'GET / HTTP/1.1', { Host: 'evil.example' }, lanAddress);
    expect(foreign.status).toBe(421);
    await expect(WirePage.open(stage, { url: `ws://${host}/ws`, origin: `https://${host}` })).rejects.toThrow(
      'refused 403',
    );

    const page = await WirePage.open(stage, { url: `wss://${host}/ws`, origin: `https://${host}` });
    await page.greet(stage.token);
    expect(page.hostIsProven).toBe(true);
    await page.vanish(stage);
    expect((await rawRequest(stage.port, 'GET / HTTP/1.1')).status).toBe(200);
  });
});

it('has no LAN origins unless open to the network', async () => {
  expect((await openStage()).server.lanOrigins()).toEqual([]);
});

/** Real time on purpose: these limits are Node's and the kernel's own. They run side by side. */
describe.concurrent('who is slow', () => {
  it('with the first byte is cut off after 5 s', async ({ expect }) => {
    const stage = await openRoomStage();
    const waitedMs = await endedAfterMs(await new RawSocket(stage.port).opened());
    expect(waitedMs).toBeGreaterThan(4_500);
    expect(waitedMs).toBeLessThan(7_000);
    await stage.stop();
  });

  it('with the headers is answered 408 after 5 s, also when it keeps dripping', async ({ expect }) => {
    const stage = await openRoomStage();
    const raw = await new RawSocket(stage.port).opened();
    raw.write(`GET / HTTP/1.1\r\nHost: localhost:${stage.port}\r\n`);
    const dripping = setInterval(() => raw.write('X-Drip: 1\r\n'), 500);
    const waitedMs = await endedAfterMs(raw);
    clearInterval(dripping);
    expect(raw.received).toContain(' 408 ');
    expect(waitedMs).toBeGreaterThan(4_500);
    expect(waitedMs).toBeLessThan(8_500);
    await stage.stop();
  });

  it('with the headers inside TLS is cut off as well', async ({ expect }) => {
    const stage = await openRoomStage();
    const startMs = performance.now();
    const socket = connectTls({ port: stage.port, host: '127.0.0.1', rejectUnauthorized: false });
    socket.on('error', () => {});
    socket.resume();
    socket.write('GET / HTTP/1.1\r\n');
    await new Promise((resolve) => socket.once('close', resolve));
    expect(performance.now() - startMs).toBeLessThan(8_500);
    await stage.stop();
  });

  it('with the TLS handshake is cut off after 5 s', async ({ expect }) => {
    const stage = await openRoomStage();
    const raw = await new RawSocket(stage.port).opened();
    raw.write(Uint8Array.of(0x16, 0x03, 0x01));
    const waitedMs = await endedAfterMs(raw);
    expect(waitedMs).toBeGreaterThan(4_500);
    expect(waitedMs).toBeLessThan(7_000);
    await stage.stop();
  });

  it('after its answer is let go after 5 s', async ({ expect }) => {
    const stage = await openRoomStage();
    const raw = new RawSocket(stage.port);
    raw.write(`GET /healthz HTTP/1.1\r\nHost: localhost:${stage.port}\r\n\r\n`);
    await raw.until('{"ok":true}');
    expect(await endedAfterMs(raw)).toBeLessThan(8_000);
    await stage.stop();
  });
});

describe('256 connections that want nothing', () => {
  const PIECES = ['', 'G', 'GET / HTTP/1.1\r\nX-Drip: ', '\u0016\u0003\u0001'];

  /** As many as there are places, each having said a little at most. */
  const takeAll = ({ port }: RoomStage): Promise<readonly RawSocket[]> =>
    Promise.all(
      Array.from({ length: CONNECTIONS_MAX }, async (_, index) => {
        const raw = await new RawSocket(port).opened();
        raw.write(PIECES[index % PIECES.length] ?? '');
        return raw;
      }),
    );

  it('keep out nobody: the first of them gives way, on both address families', async () => {
    const stage = await openStage();
    const idle = await takeAll(stage);
    expect(await isAnswered('127.0.0.1', stage.port)).toBe(true);
    expect(await isAnswered('::1', stage.port)).toBe(true);
    const lost = idle.filter(({ socket }) => socket.destroyed).length;
    expect(lost).toBeLessThanOrEqual(2);
    for (const raw of idle) raw.destroy();
  });

  it('end neither a proven socket, by plain HTTP or TLS, nor one of this computer, nor the public address', async () => {
    const stage = await openStage();
    const proxy = await startTcpProxy(stage.port);
    const publicOrigin = `http://localhost:${proxy.port}`;
    stage.server.setOrigins({ tunnel: null, added: [publicOrigin] });
    const own = new RawSocket(stage.port);
    own.write(`GET /healthz HTTP/1.1\r\nHost: localhost:${stage.port}\r\n\r\n`);
    await own.until('{"ok":true}');
    const secure = { url: `wss://localhost:${stage.port}/ws`, origin: `https://localhost:${stage.port}` };
    const pages = [await WirePage.join(stage), await WirePage.join(stage, secure)];

    const idle = [...(await takeAll(stage)), ...(await takeAll(stage))];
    expect(await probeOverHttp(publicOrigin, new AbortController().signal)).toBe('answering');
    const late = await WirePage.join(stage, { url: `ws://localhost:${proxy.port}/ws`, origin: publicOrigin });
    for (const { page } of [...pages, late]) await page.rest();
    expect(own.socket.destroyed).toBe(false);
    for (const raw of idle) raw.destroy();
    await proxy.stop();
  });
});

describe('stopping', () => {
  it('tells every page, closes with 4412, and releases the port', async () => {
    const stage = await openStage();
    const { page } = await WirePage.join(stage);
    const { page: onlooker } = await WirePage.enter(stage);
    const idle = await new RawSocket(stage.port).opened();
    const stopped = stage.stop();
    await page.until('closed');
    await onlooker.until('closed');
    expect(await page.ending).toEqual({ code: 4412, reason: 'closed' });
    expect((await onlooker.ending).code).toBe(4412);
    await stopped;
    await idle.ended;
    await squat('127.0.0.1', stage.port);
    await squat('::1', stage.port);
  });

  it('tells nobody meanwhile that others have left', async () => {
    const stage = await openStage();
    const { page } = await WirePage.join(stage);
    const other = await WirePage.join(stage);
    await page.until('roster', ({ roster }) => roster.length === 2);
    void stage.stop();
    expect((await page.next('closed')).type).toBe('closed');
    await other.page.ending;
  });

  it('waits a second at most for those who do not answer, and opens nothing meanwhile', async () => {
    const stage = await openStage();
    const raw = new RawSocket(stage.port);
    const upgrade = { Host: `localhost:${stage.port}`, Origin: stage.origin, 'User-Agent': BROWSER_AGENT };
    raw.write(
      `GET /ws HTTP/1.1\r\n${Object.entries(upgrade)
        .map(([name, value]) => `${name}: ${value}\r\n`)
        .join('')}Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n` +
        'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n',
    );
    await raw.until('Sec-WebSocket-Accept');
    const kept = await new RawSocket(stage.port).opened();
    const startMs = performance.now();
    const stopped = stage.stop();
    kept.write(
      `GET /ws HTTP/1.1\r\nHost: localhost:${stage.port}\r\nOrigin: ${stage.origin}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    );
    expect(await kept.ended).toMatch(/^HTTP\/1\.1 503 /);
    await stopped;
    const tookMs = performance.now() - startMs;
    expect(tookMs).toBeGreaterThan(900);
    expect(tookMs).toBeLessThan(2_500);
    await raw.ended;
  });

  it('leaves nothing that would keep the process alive', async () => {
    const handles = () => process.getActiveResourcesInfo().filter((name) => /TCP|TLS|Timeout/.test(name));
    const before = handles().length;
    const stage = await openRoomStage();
    const { page } = await WirePage.join(stage);
    await rawUpgrade(stage.port, {});
    await stage.stop();
    await page.ending;
    await expect.poll(() => handles().length).toBeLessThanOrEqual(before);
  });

  it('twice is once', async () => {
    const stage = await openRoomStage();
    await Promise.all([stage.stop(), stage.server.stop()]);
    await stage.server.stop();
  });
});
