/** Owns a tunnel's edge in hostile hands: it passes sockets on to the host, sends a page of its own, and counts what it is asked. */

import { mkdtemp, rm } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { createServer, type Server } from 'node:https';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Bytes, toBase64Url } from '../../../main/common/bytes.ts';
import { loadOrCreateCertificate } from '../../../main/server/certificate.ts';

/** Tells by its title what it has read. */
const ALTERED_PAGE = `<!doctype html><title></title><script>document.title = 'altered ' + location.hash</script>`;

export class HostileEdge {
  readonly port: number;
  /** SHA-256 of its certificate, as a link carries it. */
  readonly pin: string;
  /** Everything it was asked for, in order: `GET /`, `UPGRADE /ws`. */
  readonly requests: string[] = [];
  /** Connections whose other side took its certificate, and those whose other side did not. */
  readonly connections = { taken: 0, refused: 0 };
  /** Where it sends everybody who asks for anything; null: it does its usual work. */
  redirect: string | null = null;
  /** Port of the host. */
  target = 0;
  readonly #server: Server;
  readonly #open = new Set<Socket>();

  private constructor(server: Server, certificate: Bytes) {
    this.#server = server;
    this.port = (server.address() as AddressInfo).port;
    this.pin = toBase64Url(certificate);
    server.on('connection', (socket: Socket) => this.#own(socket));
    server.on('secureConnection', () => this.connections.taken++);
    server.on('tlsClientError', () => this.connections.refused++);
    server.on('request', (request, response) => {
      this.requests.push(`${request.method} ${request.url}`);
      response.setHeader('access-control-allow-origin', '*');
      if (this.redirect !== null) response.writeHead(302, { location: this.redirect + request.url }).end();
      else if (request.url === '/healthz') response.end('{"ok":true}');
      else response.setHeader('content-type', 'text/html').end(ALTERED_PAGE);
    });
    server.on('upgrade', (request: IncomingMessage, outer: Socket, head: Buffer) => {
      this.requests.push(`UPGRADE ${request.url?.split('?')[0]}`);
      if (this.redirect === null) this.#passOn(request, outer, head);
      else outer.end(`HTTP/1.1 302 Found\r\nLocation: ${this.redirect}${request.url}\r\n\r\n`);
    });
  }

  /** With a certificate of its own for localhost and both loopback addresses. */
  static async start(): Promise<HostileEdge> {
    const directory = await mkdtemp(join(tmpdir(), 'secret-call-hostile-edge-'));
    const { cert, key, fingerprint } = await loadOrCreateCertificate(directory, [], new Date());
    await rm(directory, { recursive: true });
    const server = createServer({ cert, key });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new HostileEdge(server, fingerprint);
  }

  get origin(): string {
    return `https://localhost:${this.port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#open) socket.destroy();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
  }

  #own(socket: Socket): Socket {
    this.#open.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.#open.delete(socket));
    return socket;
  }

  #passOn(request: IncomingMessage, outer: Socket, head: Buffer): void {
    const { method, url, rawHeaders } = request;
    const lines = rawHeaders.flatMap((name, at) => (at % 2 === 0 ? [`${name}: ${rawHeaders[at + 1]}`] : []));
    const inner = this.#own(connect(this.target, '127.0.0.1'));
    inner.write([`${method} ${url} HTTP/1.1`, ...lines, '', ''].join('\r\n'));
    inner.write(head);
    outer.on('error', () => outer.destroy());
    outer.on('close', () => inner.destroy());
    inner.on('close', () => outer.destroy());
    outer.pipe(inner).pipe(outer);
  }
}
