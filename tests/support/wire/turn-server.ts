/** Owns a TURN server for tests: a real coturn at an address of this computer, with a shared secret. */

import { randomBytes } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lanAddresses } from '../../../main/server/server.ts';
import { findProgram } from '../process/find-program.ts';
import { freePorts, startServerProgram } from '../process/server-program.ts';

const COTURN = findProgram(['turnserver']);
/** Pages knock at no loopback address, so it needs another one. */
const [ADDRESS] = lanAddresses();

/** Why there can be no such server on this machine, or null. */
export const turnServerMissing: string | null =
  COTURN === null ? 'needs coturn' : ADDRESS === undefined ? 'needs an address besides loopback' : null;

export interface TurnServerProcess {
  readonly secret: string;
  /** Flags of the terminal host that name it. */
  readonly hostFlags: readonly string[];
  /** Its log. */
  readonly printed: string;
  stop(): Promise<void>;
}

/** UDP and TCP, no TLS; its relayed ports are any. */
export async function startTurnServer(): Promise<TurnServerProcess> {
  if (COTURN === null || ADDRESS === undefined) throw new Error(turnServerMissing ?? '');
  const directory = await mkdtemp(join(tmpdir(), 'secret-call-turn-'));
  const [port = 0] = await freePorts(1, ADDRESS);
  const secret = randomBytes(16).toString('hex');
  const secretFile = join(directory, 'secret');
  const config = join(directory, 'turnserver.conf');
  await writeFile(secretFile, `${secret}\n`, { mode: 0o600 });
  const lines = [
    `listening-ip=${ADDRESS}`,
    `relay-ip=${ADDRESS}`,
    `listening-port=${port}`,
    'use-auth-secret',
    `static-auth-secret=${secret}`,
    'realm=turn.test',
    ...['no-tls', 'no-dtls', 'no-cli', 'log-file=stdout', 'verbose'],
    `userdb=${join(directory, 'turndb')}`,
    `pidfile=${join(directory, 'turnserver.pid')}`,
  ];
  await writeFile(config, `${lines.join('\n')}\n`, { mode: 0o600 });
  const server = await startServerProgram({
    program: COTURN,
    arguments: ['-c', config],
    name: 'coturn',
    directory,
    address: ADDRESS,
    ports: [port],
  });
  return {
    secret,
    hostFlags: ['--turn', `turn:${ADDRESS}:${port}?transport=udp`, '--turn-secret-file', secretFile],
    get printed() {
      return server.printed;
    },
    stop: () => server.stop(),
  };
}
