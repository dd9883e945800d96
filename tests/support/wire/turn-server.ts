/** Owns a TURN server for tests: a real coturn at an address of this computer, with a shared secret. */

import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lanAddresses } from '../../../main/server/server.ts';
import { findProgram } from '../process/find-program.ts';
import { freePorts, type ServerProgram, startServerProgram } from '../process/server-program.ts';

const COTURN = findProgram(['turnserver']);
/** Pages knock at no loopback address, so it needs another one. */
export const [turnServerAddress = ''] = lanAddresses();

/** Why there can be no such server on this machine, or null. */
export const turnServerMissing: string | null =
  COTURN === null ? 'needs coturn' : turnServerAddress === '' ? 'needs an address besides loopback' : null;

export const TURN_REALM = 'turn.test';
/** Of a server that knows no secret. */
export const TURN_ACCOUNT = { username: 'secret-call', password: 'pass word' } as const;

export type TurnTransport = 'udp' | 'tcp' | 'tls';

export interface TurnServerProcess {
  readonly secret: string;
  readonly stunUrl: string;
  url(transport: TurnTransport): string;
  /** Flags of the terminal host that name it. */
  hostFlags(...transports: readonly TurnTransport[]): readonly string[];
  /** Its log. */
  readonly printed: string;
  stop(): Promise<void>;
}

export interface TurnServerPlace {
  readonly address: string;
  /** Any free one if left out. */
  readonly port?: number;
  /** Of the kernel, where it is another than this process's. */
  readonly namespace?: string;
}

export interface TurnServerTerms {
  /** A new one if left out. */
  readonly secret?: string;
  /** Allocations that a name may have; any number if left out. */
  readonly userQuota?: number;
  /** It knows one name and its password, made for this realm (RFC 8489, section 9.2.2), in the place of a secret; its own is `TURN_REALM`. */
  readonly accountRealm?: string;
  /** PEM texts; no TLS if left out. */
  readonly tls?: { readonly port: number; readonly cert: string; readonly key: string };
}

/** UDP and TCP; its relayed ports are any. */
export async function startTurnServer(
  { address, port: wanted, namespace }: TurnServerPlace = { address: turnServerAddress },
  { secret = randomBytes(16).toString('hex'), userQuota, accountRealm, tls }: TurnServerTerms = {},
): Promise<TurnServerProcess> {
  if (COTURN === null || address === '') throw new Error(turnServerMissing ?? '');
  const directory = await mkdtemp(join(tmpdir(), 'secret-call-turn-'));
  const port = wanted ?? (await freePorts(1, address))[0] ?? 0;
  const secretFile = join(directory, 'secret');
  const config = join(directory, 'turnserver.conf');
  const certificate = join(directory, 'certificate.pem');
  const [sealed, loginFlags] =
    accountRealm === undefined
      ? [secret, ['--turn-secret-file', secretFile]]
      : [TURN_ACCOUNT.password, ['--turn-user', TURN_ACCOUNT.username, '--turn-password-file', secretFile]];
  await writeFile(secretFile, `${sealed}\n`, { mode: 0o600 });
  if (tls !== undefined) await writeFile(certificate, tls.key + tls.cert, { mode: 0o600 });
  const lines = [
    `listening-ip=${address}`,
    `relay-ip=${address}`,
    `listening-port=${port}`,
    ...(accountRealm === undefined
      ? ['use-auth-secret', `static-auth-secret=${secret}`]
      : ['lt-cred-mech', `user=${TURN_ACCOUNT.username}:0x${accountKey(accountRealm)}`]),
    `realm=${TURN_REALM}`,
    ...(userQuota === undefined ? [] : [`user-quota=${userQuota}`]),
    ...(tls === undefined
      ? ['no-tls']
      : [`tls-listening-port=${tls.port}`, `cert=${certificate}`, `pkey=${certificate}`]),
    ...['no-dtls', 'no-cli', 'log-file=stdout', 'verbose'],
    `userdb=${join(directory, 'turndb')}`,
    `pidfile=${join(directory, 'turnserver.pid')}`,
  ];
  await writeFile(config, `${lines.join('\n')}\n`, { mode: 0o600 });
  const server = await startServerProgram({
    ...(namespace === undefined
      ? { program: COTURN, arguments: ['-c', config] }
      : { program: 'ip', arguments: ['netns', 'exec', namespace, COTURN, '-c', config] }),
    name: 'coturn',
    directory,
    address,
    ports: [port, ...(tls === undefined ? [] : [tls.port])],
  });
  return turnServerOf(server, { address, port, tlsPort: tls?.port ?? 0, secret, loginFlags });
}

export interface TurnServerFacts {
  readonly address: string;
  readonly port: number;
  readonly tlsPort: number;
  readonly secret: string;
  /** Of the terminal host, by which it is let in. */
  readonly loginFlags: readonly string[];
}

/** What tests know of the one that runs. */
export function turnServerOf(
  server: ServerProgram,
  { address, port, tlsPort, secret, loginFlags }: TurnServerFacts,
): TurnServerProcess {
  const url = (transport: TurnTransport) =>
    transport === 'tls'
      ? `turns:${address}:${tlsPort}?transport=tcp`
      : `turn:${address}:${port}?transport=${transport}`;
  return {
    secret,
    stunUrl: `stun:${address}:${port}`,
    url,
    hostFlags: (...transports) => [
      ...transports.flatMap((transport) => ['--turn', url(transport)]),
      ...loginFlags,
    ],
    get printed() {
      return server.printed;
    },
    stop: () => server.stop(),
  };
}

const accountKey = (realm: string): string =>
  createHash('md5').update(`${TURN_ACCOUNT.username}:${realm}:${TURN_ACCOUNT.password}`).digest('hex');
