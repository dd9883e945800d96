/** Owns a reverse proxy for tests: a real nginx or Caddy with the file that `deploy/` has for it, on a free port. */

import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { loadOrCreateCertificate } from '../../../main/server/certificate.ts';
import { findProgram } from '../process/find-program.ts';
import { freePorts, startServerProgram } from '../process/server-program.ts';

/** The name in the files. */
export const PROXY_NAME = 'call.example.org';

/** Where the files say the room is. */
const ROOM = '127.0.0.1:8790';

interface Places {
  readonly directory: string;
  readonly port: number;
  readonly plainPort: number;
  /** PEM files. */
  readonly cert: string;
  readonly key: string;
}

interface ProxyKind {
  readonly file: string;
  readonly program: string | null;
  /** What stands for the computer it would serve: ports, certificate, folders. */
  settle(site: string, places: Places): string;
  arguments(config: string): readonly string[];
}

/** Where Debian has it, which is on no ordinary account's PATH. */
const NGINX_OF_DEBIAN = '/usr/sbin/nginx';

export const PROXIES = {
  nginx: {
    file: 'nginx.conf',
    program: findProgram(['nginx'], [NGINX_OF_DEBIAN]),
    settle: (site, { directory, port, plainPort, cert, key }) => `
      daemon off;
      worker_processes 1;
      pid ${directory}/nginx.pid;
      error_log stderr;
      events { worker_connections 64; }
      http {
        ${['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${directory}/${name};`).join('\n')}
        ${site
          .replaceAll(/^ *listen \[::\].*\n/gm, '')
          .replace('listen 80;', `listen 127.0.0.1:${plainPort};`)
          .replace('listen 443 ', `listen 127.0.0.1:${port} `)
          .replace(/(ssl_certificate +).*;/, `$1${cert};`)
          .replace(/(ssl_certificate_key +).*;/, `$1${key};`)}
      }`,
    arguments: (config) => ['-c', config],
  },
  caddy: {
    file: 'Caddyfile',
    program: findProgram(['caddy']),
    settle: (site, { port, plainPort, cert, key }) =>
      `{\n admin off\n http_port ${plainPort}\n https_port ${port}\n default_bind 127.0.0.1\n}\n${site.replace(
        `${PROXY_NAME} {`,
        `${PROXY_NAME} {\n\ttls ${cert} ${key}`,
      )}`,
    arguments: (config) => ['run', '--config', config, '--adapter', 'caddyfile'],
  },
} as const satisfies Record<string, ProxyKind>;

export interface ReverseProxy {
  /** On loopback: TLS for PROXY_NAME, and plain HTTP. */
  readonly port: number;
  readonly plainPort: number;
  stop(): Promise<void>;
}

/** Starts it in front of the room at `roomPort`; throws with what it printed if it does not start. */
export async function startReverseProxy(
  { file, program, settle, arguments: argumentsFor }: ProxyKind,
  roomPort: number,
): Promise<ReverseProxy> {
  if (program === null) throw new Error(`${file}: its program is missing`);
  const directory = await mkdtemp(join(tmpdir(), 'secret-call-proxy-'));
  const [port = 0, plainPort = 0] = await freePorts(2);
  const pem = await loadOrCreateCertificate(directory, [], new Date());
  const places = {
    directory,
    port,
    plainPort,
    cert: join(directory, 'c.pem'),
    key: join(directory, 'k.pem'),
  };
  await Promise.all([writeFile(places.cert, pem.cert), writeFile(places.key, pem.key, { mode: 0o600 })]);
  const site = await readFile(resolve('deploy', file), 'utf8');
  const config = join(directory, file);
  await writeFile(config, settle(site.replaceAll(ROOM, `127.0.0.1:${roomPort}`), places));

  const server = await startServerProgram({
    program,
    arguments: argumentsFor(config),
    name: file,
    directory,
    address: '127.0.0.1',
    ports: [port, plainPort],
  });
  return { port, plainPort, stop: () => server.stop() };
}
