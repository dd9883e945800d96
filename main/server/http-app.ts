/** Owns the HTTP app: its routes and answers, and the two servers, plain and TLS, that answer it on behalf of the one port. */

import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer, type Server as TlsServer } from 'node:https';
import type { Duplex } from 'node:stream';
import { type FastifyInstance, type FastifyReply, type FastifyRequest, fastify } from 'fastify';
import { CALL_PAGE_ORIGIN } from '../common/call-api/bridge.ts';
import type { Logger } from '../common/logger.ts';
import {
  BODY_MAX_BYTES,
  CONNECTIONS_CHECK_MS,
  HEADERS_TIMEOUT_MS,
  IDLE_TIMEOUT_MS,
  KEEP_ALIVE_MS,
  REQUEST_TIMEOUT_MS,
} from '../common/protocol/limits.ts';
import type { ServerCertificate } from './certificate.ts';
import type { ConnectionSlots } from './connection-slots.ts';
import { type Gate, type RequestInfo, toRequestInfo } from './gate.ts';
import { documentAs, documentLanguage, readPageDocuments } from './page-documents.ts';
import {
  contentSecurityPolicy,
  FIXED_HEADERS,
  mayHaveOpener,
  OPENER_POLICY,
  SERVICE_WORKER_PATH,
} from './page-headers.ts';
import { readStrayPage, serveFiles } from './static-files.ts';

/** Takes the requests that want to become a socket. */
export interface UpgradeHandler {
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
}

export interface HttpAppOptions {
  readonly gate: Gate;
  readonly gateway: UpgradeHandler;
  readonly slots: Pick<ConnectionSlots, 'beginAnswer' | 'endAnswer'>;
  readonly pageDirectory: string;
  readonly certificate: Pick<ServerCertificate, 'cert' | 'key'>;
  readonly logger: Logger;
}

/** Both servers are ready for sockets, and never listen themselves. */
export interface HttpApp {
  readonly plain: Server;
  readonly tls: TlsServer;
  close(): Promise<void>;
}

const LIMITS: ServerOptions = {
  headersTimeout: HEADERS_TIMEOUT_MS,
  requestTimeout: REQUEST_TIMEOUT_MS,
  keepAliveTimeout: KEEP_ALIVE_MS,
  connectionsCheckingInterval: CONNECTIONS_CHECK_MS,
};

/** TLS 1.3's own, and of TLS 1.2 what is authenticated as a whole and forgets its keys; the certificate is an ECDSA one. */
const CIPHERS = [
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'TLS_AES_128_GCM_SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-ECDSA-CHACHA20-POLY1305',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
];

const METHODS = ['GET', 'HEAD'];

export async function createHttpApp(options: HttpAppOptions): Promise<HttpApp> {
  const { gate, gateway, slots, pageDirectory, certificate, logger } = options;
  const plain = createServer(LIMITS);
  const tls = createTlsServer({
    ...LIMITS,
    ...certificate,
    handshakeTimeout: HEADERS_TIMEOUT_MS,
    minVersion: 'TLSv1.2',
    ciphers: CIPHERS.join(':'),
  });
  const strayPage = await readStrayPage(pageDirectory);
  const app = createApp(logger, strayPage, (answer) => {
    for (const server of [plain, tls]) {
      server.on('request', (request, response) => {
        const info = toRequestInfo(request);
        slots.beginAnswer(request.socket, gate.isLocal(info));
        response.once('close', () => slots.endAnswer(request.socket));
        // A whole address has been looked at; the router is for paths.
        request.url = info.path;
        if (letsIn(gate, info, request, response)) answer(request, response);
      });
      server.on('upgrade', (request, socket, head) => {
        slots.beginAnswer(request.socket, gate.isLocal(toRequestInfo(request)));
        gateway.handleUpgrade(request, socket, head);
        slots.endAnswer(request.socket);
      });
    }
    return plain;
  });
  await serveFiles(app, pageDirectory);
  await serveDocuments(app, pageDirectory, gate);
  await app.ready();
  // Only a listening server watches its timeouts; these two are fed by the one port.
  for (const server of [plain, tls]) server.emit('listening');
  return {
    plain,
    tls,
    async close() {
      for (const server of [plain, tls]) server.close();
      await app.close();
    },
  };
}

function createApp(
  logger: Logger,
  strayPage: string,
  attach: (answer: RequestListener) => Server,
): FastifyInstance {
  // A browser is told in words, and without a word of the path: it may be a link whose # was escaped on the way.
  const answerStray = ({ headers }: FastifyRequest, reply: FastifyReply) =>
    headers.accept?.includes('text/html') && strayPage !== ''
      ? reply.code(404).type('text/html; charset=utf-8').send(strayPage)
      : reply.code(404).send({ error: 'not-found' });
  const app = fastify({
    serverFactory: attach,
    trustProxy: false,
    bodyLimit: BODY_MAX_BYTES,
    logger: false,
    routerOptions: { ignoreDuplicateSlashes: true },
    // An address that cannot be decoded is one more that does not exist here.
    frameworkErrors: (_error, request, reply) => void answerStray(request, reply),
  });
  app.setNotFoundHandler(answerStray);
  app.setErrorHandler((error: { readonly statusCode?: number }, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) logger.error('http-failed', { status });
    return reply.code(status).send({ error: status >= 500 ? 'internal' : 'bad-request' });
  });
  // The app's page comes from elsewhere, and asks as well.
  app.get('/healthz', (_request, reply) =>
    reply.header('access-control-allow-origin', CALL_PAGE_ORIGIN).send({ ok: true }),
  );
  return app;
}

/** The page itself, in the language of whoever asks. */
async function serveDocuments(app: FastifyInstance, directory: string, gate: Gate): Promise<void> {
  const documents = await readPageDocuments(directory);
  const answer = ({ raw, headers }: FastifyRequest, reply: FastifyReply) => {
    const [, search = ''] = (raw.url ?? '').split('?', 2);
    const document = documents[documentLanguage(search, headers['accept-language'])];
    const { coding, bytes } = documentAs(document, headers['accept-encoding']?.toString());
    const host = headers.host?.toLowerCase() ?? '';
    if (coding !== null) reply.header('content-encoding', coding);
    if (!mayHaveOpener(headers)) reply.raw.removeHeader(OPENER_POLICY);
    return reply
      .headers({
        'content-security-policy': contentSecurityPolicy(host, gate.publicHosts, document.inline),
        vary: 'accept-language, accept-encoding, sec-fetch-mode, sec-fetch-site',
      })
      .type('text/html; charset=utf-8')
      .send(bytes);
  };
  for (const path of ['/', '/index.html']) app.get(path, answer);
}

/** The gate for requests: what it does not let in is answered here, before anything else looks at it. */
function letsIn(gate: Gate, info: RequestInfo, request: IncomingMessage, response: ServerResponse): boolean {
  response.setTimeout(IDLE_TIMEOUT_MS);
  response.setHeader('cache-control', 'no-store');
  for (const [name, value] of Object.entries(FIXED_HEADERS)) response.setHeader(name, value);
  const host = info.host?.toLowerCase() ?? '';
  const verdict = gate.checkRequest(info);
  if (verdict === 'foreign-host') refuse(response, 421);
  else if (verdict === 'to-https') refuse(response, 307, { location: `https://${host}${info.path}` });
  else if (!METHODS.includes(request.method ?? '')) refuse(response, 405, { allow: METHODS.join(', ') });
  else if (announcesBody(request)) refuse(response, 413);
  else if (isForeignWorker(request, info)) refuse(response, 403);
  else {
    response.setHeader('content-security-policy', contentSecurityPolicy(host, gate.publicHosts));
    return true;
  }
  return false;
}

/** No request here needs a body, and one that is never read must not be sent for long. */
function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}

/** A browser says so (W3C Service Workers, section 4.5.1): no file here but one is to answer for the others, and never one with a query. */
function isForeignWorker({ headers }: IncomingMessage, { path }: RequestInfo): boolean {
  return headers['service-worker'] !== undefined && path !== SERVICE_WORKER_PATH;
}

/** An answer without content, after which the connection ends. */
function refuse(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, { ...headers, 'content-length': '0', connection: 'close' }).end();
}
