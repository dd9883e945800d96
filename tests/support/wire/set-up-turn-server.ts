/** Owns a TURN server for tests as people set it up: a real coturn with all that `npm run turn-setup` writes, and nothing else. */

import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ServerCertificate } from '../../../main/server/certificate.ts';
import { runSetupCommand } from '../../../main/turn-setup/command.ts';
import { STUN_PORT, TLS_PORT } from '../../../main/turn-setup/coturn-conf.ts';
import { startServerProgram } from '../process/server-program.ts';
import { type TurnServerPlace, type TurnServerProcess, turnServerOf } from './turn-server.ts';

const SECRET_FILE = 'turn-secret';

/** Writes all that `npm run turn-setup` does into the folder; resolves with the secret. */
export async function writeSetUp(directory: string, more: readonly string[] = []): Promise<string> {
  const complaints: string[] = [];
  const code = await runSetupCommand({
    argv: ['--domain', 'turn.example.org', '--out', directory, ...more],
    env: {},
    systemLocale: 'en',
    randomBytes,
    say: () => {},
    complain: (line) => complaints.push(line),
  });
  if (code !== 0) throw new Error(complaints.join('\n'));
  return (await readFile(join(directory, SECRET_FILE), 'utf8')).trim();
}

/** The certificate comes from an authority else. */
export async function startSetUpTurnServer(
  { address, namespace }: Required<Omit<TurnServerPlace, 'port'>>,
  { cert, key }: Pick<ServerCertificate, 'cert' | 'key'>,
): Promise<TurnServerProcess> {
  const directory = await mkdtemp(join(tmpdir(), 'secret-call-set-up-'));
  const secret = await writeSetUp(directory, ['--address', address]);
  const certificate = join(directory, 'certificate.pem');
  await writeFile(certificate, key + cert, { mode: 0o600 });
  const coturn = [
    'turnserver',
    '-c',
    join(directory, 'turnserver.conf'),
    '--userdb',
    join(directory, 'turndb'),
  ];
  const server = await startServerProgram({
    program: 'ip',
    arguments: ['netns', 'exec', namespace, ...coturn, '--cert', certificate, '--pkey', certificate],
    name: 'coturn, as it was set up,',
    directory,
    address,
    ports: [STUN_PORT, TLS_PORT],
  });
  const loginFlags = ['--turn-secret-file', join(directory, SECRET_FILE)];
  return turnServerOf(server, { address, port: STUN_PORT, tlsPort: TLS_PORT, secret, loginFlags });
}
