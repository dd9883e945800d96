/** Asks real servers on loopback, good and bad, the way the public address is asked. */

import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { httpGet } from '../../../main/tunnel/http-get.ts';
import { probeOverHttp } from '../../../main/tunnel/probe.ts';

const cleanUps: (() => void)[] = [];

afterEach(() => {
  for (const cleanUp of cleanUps.splice(0)) cleanUp();
});

async function listen(server: ReturnType<typeof createTcpServer>): Promise<string> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const address = server.address();
  return `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
}

function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  cleanUps.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return listen(server);
}

const never = new AbortController().signal;

describe('the probe', () => {
  it('finds our own server answering', async () => {
    const paths: (string | undefined)[] = [];
    const origin = await serve((request, response) => {
      paths.push(request.url);
      response.end('{"ok":true}');
    });
    expect(await probeOverHttp(origin, never)).toBe('answering');
    expect(paths).toEqual(['/healthz']);
  });

  it.each([200, 404, 503])(
    'finds the tunnel gone when the provider says so with status %d',
    async (status) => {
      const origin = await serve((_request, response) => response.writeHead(status).end('no tunnel here :('));
      expect(await probeOverHttp(origin, never)).toBe('gone');
    },
  );

  it.each<readonly [string, RequestListener]>([
    ['an error page', (_request, response) => response.writeHead(502).end('<h1>Bad gateway</h1>')],
    ['another page', (_request, response) => response.end('<h1>Sign in to this network</h1>')],
    ['our text with another status', (_request, response) => response.writeHead(500).end('{"ok":true}')],
    ['JSON that is not ours', (_request, response) => response.end('{"ok":"true"}')],
    ['a redirect', (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end()],
    ['an answer without end', (_request, response) => void response.write('x'.repeat(1_000_000))],
    ['an answer cut short', (request, response) => response.write('{"ok":', () => request.socket.destroy())],
    ['no answer', (request) => request.socket.destroy()],
  ])('finds silence in %s', async (_name, listener) => {
    expect(await probeOverHttp(await serve(listener), never)).toBe('silent');
  });

  it('finds silence where nobody listens', async () => {
    const closed = createTcpServer();
    const origin = await listen(closed);
    await new Promise((resolve) => closed.close(resolve));
    expect(await probeOverHttp(origin, never)).toBe('silent');
  });

  it('finds this computer offline where no name is resolved', async () => {
    expect(await probeOverHttp('https://nothing.invalid', never)).toBe('offline');
  });
});

describe('httpGet', () => {
  it('gives up in time on a server that never answers', async () => {
    const origin = await serve(() => {});
    expect(await httpGet(origin, { timeoutMs: 100, signal: never })).toEqual({
      ok: false,
      error: 'ETIMEDOUT',
    });
  });

  it('ends at once on abort', async () => {
    const abort = new AbortController();
    const origin = await serve(() => abort.abort());
    expect(await httpGet(origin, { timeoutMs: 60_000, signal: abort.signal })).toEqual({
      ok: false,
      error: 'ABORT_ERR',
    });
  });
});
