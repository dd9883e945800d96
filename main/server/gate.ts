/** Owns the gate: which addresses this server answers to, and which pages may open a socket. */

import type { IncomingMessage } from 'node:http';
import { BlockList, isIPv6 } from 'node:net';
import { TLSSocket } from 'node:tls';
import { CALL_PAGE_ORIGIN } from '../common/call-api/bridge.ts';
import { FORMER_TUNNELS_KEPT_MAX, TICKET_BYTES } from '../common/protocol/limits.ts';
import { LOOPBACK_NAMES } from '../common/web-address.ts';

export const SOCKET_PATH = '/ws';
/** Nothing else may stand behind the path. */
const TICKET = `[\\w-]{${Math.ceil((TICKET_BYTES * 4) / 3)}}`;
const TICKET_QUERY = new RegExp(`^\\?ticket=(${TICKET})(?:\\.(${TICKET}))?$`);

/** Addresses from outside under which the room is reachable; origins without a trailing slash. */
export interface PublicOrigins {
  /** The tunnel's address while it has one. */
  readonly tunnel: string | null;
  /** Addresses of tunnels or proxies started by hand. */
  readonly added: readonly string[];
}

/** What the gate looks at. No forwarded header: a tunnel passes on whatever its client made up. */
export interface RequestInfo {
  readonly path: string;
  /** undefined also where the request line names another one than the header. */
  readonly host: string | undefined;
  readonly origin: string | undefined;
  readonly userAgent: string | undefined;
  /** Whether it came by TLS. */
  readonly secure: boolean;
  /** Whether something on the way says that it passed this on. */
  readonly forwarded: boolean;
  /** A function, because the answer, once asked for, stays in memory as long as the socket. */
  remoteAddress(): string | undefined;
}

export function toRequestInfo({ url = '', headers, socket }: IncomingMessage): RequestInfo {
  const { authority, path } = splitTarget(url);
  const isOneHost = authority === null || authority.toLowerCase() === headers.host?.toLowerCase();
  return {
    path,
    host: isOneHost ? headers.host : undefined,
    origin: headers.origin,
    userAgent: headers['user-agent'],
    secure: socket instanceof TLSSocket,
    forwarded: FORWARDING_HEADERS.some((name) => headers[name] !== undefined),
    remoteAddress: () => socket.remoteAddress,
  };
}

/** A request line may name the whole address (RFC 9112, section 3.2.2), and that goes before the header. */
const ABSOLUTE_TARGET = /^[a-z][a-z\d+.-]*:\/\/([^/?#]*)(.*)$/i;

function splitTarget(url: string): { readonly authority: string | null; readonly path: string } {
  const [, authority = null, rest = ''] = ABSOLUTE_TARGET.exec(url) ?? [];
  if (authority === null) return { authority, path: url };
  return { authority, path: rest.startsWith('/') ? rest : `/${rest}` };
}

/** What a socket's address brings besides the path, not yet looked at; empty also for what is no such address. */
export function ticketsOf({ path }: Pick<RequestInfo, 'path'>): readonly string[] {
  const query = path.startsWith(SOCKET_PATH) ? path.slice(SOCKET_PATH.length) : '';
  return (TICKET_QUERY.exec(query)?.slice(1) ?? []).filter((ticket) => ticket !== undefined);
}

/** They make nobody trusted; what has one did not come from a browser on this computer alone. */
const FORWARDING_HEADERS = ['forwarded', 'via', 'x-forwarded-for', 'x-forwarded-host', 'x-real-ip'];

/** Why an upgrade is refused, with the HTTP status that says so. */
export const REFUSALS = {
  'unknown-path': 404,
  'foreign-host': 421,
  'plain-http': 403,
  'foreign-origin': 403,
  stopping: 503,
} as const;
export type Refusal = keyof typeof REFUSALS;

export type UpgradeVerdict = 'page' | 'browser-only' | Refusal;
export type RequestVerdict = 'serve' | 'to-https' | 'foreign-host';

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

/** Every browser's User-Agent begins like this (and so does that of a page inside another app). */
const BROWSER = /^Mozilla\//;

/** Knows no address and lets nobody in until it is told the port. */
export class Gate {
  #localHosts: ReadonlySet<string> = new Set();
  #localOrigins: ReadonlySet<string> = new Set();
  #publicHosts: ReadonlySet<string> = new Set();
  #publicOrigins: ReadonlySet<string> = new Set();
  readonly #formerTunnels = new Set<string>();
  #isOpenToNetwork = false;

  /** The port, and the addresses it is open on besides loopback; null if the system lets in nobody from outside. */
  setLocalAddresses(port: number, lanAddresses: readonly string[] | null): void {
    this.#isOpenToNetwork = lanAddresses !== null;
    const names = [...LOOPBACK_NAMES, ...(lanAddresses ?? [])];
    const plain = names.map((name) => new URL(`http://${name}:${port}`));
    const secure = names.map((name) => new URL(`https://${name}:${port}`));
    const plainPages = plain.slice(0, LOOPBACK_NAMES.length);
    this.#localHosts = new Set([...plain, ...secure].map(({ host }) => host));
    this.#localOrigins = new Set([...plainPages, ...secure].map(({ origin }) => origin));
  }

  setPublicOrigins({ tunnel, added }: PublicOrigins): void {
    const urls = (tunnel === null ? added : [tunnel, ...added]).map((origin) => new URL(origin));
    this.#publicHosts = new Set(urls.map(({ host }) => host));
    this.#publicOrigins = new Set(urls.map(({ origin }) => origin));
    if (tunnel === null) return;
    const { origin } = new URL(tunnel);
    this.#formerTunnels.delete(origin);
    this.addFormerTunnels([origin]);
  }

  /** The tunnel's addresses so far, the newest last. */
  get formerTunnels(): readonly string[] {
    return [...this.#formerTunnels];
  }

  /** Those a room had that goes on; who came by them may come back. */
  addFormerTunnels(origins: readonly string[]): void {
    for (const origin of origins) this.#formerTunnels.add(origin);
    for (const oldest of this.#formerTunnels) {
      if (this.#formerTunnels.size <= FORMER_TUNNELS_KEPT_MAX) break;
      this.#formerTunnels.delete(oldest);
    }
  }

  /** Hosts (name with port) of the public addresses in use now. */
  get publicHosts(): ReadonlySet<string> {
    return this.#publicHosts;
  }

  /** Whether the room is, or in this hosting was, to be found at this origin. */
  owns(origin: string): boolean {
    return (
      this.#localOrigins.has(origin) || this.#publicOrigins.has(origin) || this.#formerTunnels.has(origin)
    );
  }

  /** A page, a file, a health check. */
  checkRequest(request: RequestInfo): RequestVerdict {
    if (!this.#knowsHost(request.host)) return 'foreign-host';
    return this.#isPlainFromAfar(request) ? 'to-https' : 'serve';
  }

  /** Whether it comes from this computer, and through no tunnel, which ends on this computer as well. */
  isLocal({ host = '', forwarded, remoteAddress }: RequestInfo): boolean {
    return !forwarded && this.#localHosts.has(host.toLowerCase()) && isLoopback(remoteAddress() ?? '');
  }

  /** A page that wants its socket. */
  checkUpgrade(request: RequestInfo): UpgradeVerdict {
    if (request.path !== SOCKET_PATH && ticketsOf(request).length === 0) return 'unknown-path';
    if (!this.#knowsHost(request.host)) return 'foreign-host';
    if (this.#isPlainFromAfar(request)) return 'plain-http';
    if (request.origin === CALL_PAGE_ORIGIN) return 'page';
    const isProgram = request.origin === undefined && !BROWSER.test(request.userAgent ?? '');
    // Those who joined through an earlier tunnel address may come back from there after it moved.
    if (!isProgram && !this.owns(request.origin ?? '')) return 'foreign-origin';
    return isProgram ? 'browser-only' : 'page';
  }

  /** Only this computer, and the tunnel that ends on it, may speak without TLS. */
  #isPlainFromAfar({ secure, remoteAddress }: RequestInfo): boolean {
    return this.#isOpenToNetwork && !secure && !isLoopback(remoteAddress() ?? '');
  }

  #knowsHost(host = ''): boolean {
    const name = host.toLowerCase();
    return this.#localHosts.has(name) || this.#publicHosts.has(name);
  }
}

function isLoopback(address: string): boolean {
  return LOOPBACK.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
