/** Owns a room server on a free port with a small page of its own, and what tests ask of it. */

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import type { Bytes } from '../../../main/common/bytes.ts';
import { silentLogger } from '../../../main/common/logger.ts';
import { loadOrCreateCertificate } from '../../../main/server/certificate.ts';
import {
  type LiveLink,
  lanAddresses,
  type RoomServer,
  type RoomServerOptions,
  type ServerEnvironment,
  startRoomServer,
} from '../../../main/server/server.ts';
import { randomBytes } from '../crypto/e2ee-tools.ts';

export const PAGE_STYLES = 'p{color:red}';
export const PAGE_EARLY = 'early()';
const inlinePage = (title: string) =>
  `<!doctype html><title>${title}</title><style>${PAGE_STYLES}</style><script>${PAGE_EARLY}</script>`;
export const PAGE_HTML = inlinePage('Call');
export const PAGE_HTML_RU = inlinePage('Zvonok');
export const STRAY_HTML = '<!doctype html><title>Nothing here</title>';
export const PAGE_SCRIPT = `console.log(${JSON.stringify('x'.repeat(2_000))});`;
export const ICON_PATH = '/icon.svg';
export const SCRIPT_PATH = '/assets/main-Dk3f9a.js';

export interface RoomStage {
  readonly server: RoomServer;
  readonly port: number;
  /** Address a page on this computer has. */
  readonly origin: string;
  /** Of the room's own link now. */
  readonly token: Bytes;
  readonly pageDirectory: string;
  /** Sockets whose end the server has taken note of. */
  readonly socketsEnded: number;
  stop(): Promise<void>;
}

const certificates = new Map<boolean, RoomServerOptions['certificate']>();

/** Made once a test file: a key pair takes time, and no test wears it out. */
export async function testCertificate(lan = false): Promise<RoomServerOptions['certificate']> {
  const known = certificates.get(lan);
  if (known) return known;
  const directory = await mkdtemp(join(tmpdir(), 'secret-call-certificate-'));
  const made = await loadOrCreateCertificate(directory, lan ? lanAddresses() : [], new Date());
  await rm(directory, { recursive: true });
  certificates.set(lan, made);
  return made;
}

/** A folder with a page, a script that is also there compressed, and a source map that must not be served. */
export async function writePage(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'secret-call-page-'));
  await mkdir(join(directory, 'assets'));
  await writeFile(join(directory, 'index.html'), PAGE_HTML);
  await writeFile(join(directory, 'index.ru.html'), PAGE_HTML_RU);
  await writeFile(join(directory, 'index.ru.html.br'), brotliCompressSync(PAGE_HTML_RU));
  await writeFile(join(directory, 'stray.html'), STRAY_HTML);
  await writeFile(join(directory, 'service-worker.js'), '// keeps the page');
  await writeFile(join(directory, ICON_PATH), '<svg xmlns="http://www.w3.org/2000/svg"/>');
  const script = join(directory, SCRIPT_PATH);
  await writeFile(script, PAGE_SCRIPT);
  await writeFile(`${script}.gz`, gzipSync(PAGE_SCRIPT));
  await writeFile(`${script}.br`, brotliCompressSync(PAGE_SCRIPT));
  await writeFile(`${script}.map`, '{}');
  return directory;
}

export async function openRoomStage(
  options: Partial<RoomServerOptions> = {},
  environment?: ServerEnvironment,
): Promise<RoomStage> {
  const pageDirectory = await writePage();
  let socketsEnded = 0;
  const countEnds = (event: string) => {
    if (event === 'socket-ended') socketsEnded++;
  };
  const started = await startRoomServer(
    {
      port: 0,
      lan: false,
      capacity: 3,
      lobby: false,
      iceServers: [],
      turn: null,
      files: true,
      relayOnly: false,
      pageDirectory,
      certificate: await testCertificate(options.lan),
      newToken: () => randomBytes(16),
      logger: { ...silentLogger, debug: countEnds },
      ...options,
    },
    undefined,
    environment,
  );
  if (!started.ok) throw new Error(`the room server did not start: ${started.error}`);
  const server = started.value;
  return {
    server,
    port: server.port,
    origin: `http://localhost:${server.port}`,
    get token() {
      return tokenOf(server, 'main');
    },
    pageDirectory,
    get socketsEnded() {
      return socketsEnded;
    },
    async stop() {
      await server.stop();
      await rm(pageDirectory, { recursive: true, force: true });
    },
  };
}

/** Of the newest link of that kind. */
export function tokenOf(server: RoomServer, kind: LiveLink['kind']): Bytes {
  const link = server.links().findLast((each) => each.kind === kind);
  if (!link) throw new Error(`no ${kind} link`);
  return link.token;
}
