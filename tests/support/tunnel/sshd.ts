/**
 * Owns a tunnel provider for tests: a real OpenSSH server that lets everybody in, forwards, and prints the lines of
 * localhost.run. It runs in network, mount and process namespaces of its own, so that port 80 is free there and the
 * machine stays as it is; two relays on loopback lead in.
 */

import { type ChildProcessWithoutNullStreams, execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { appendFile, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Text as the service prints it by default, or one of the two shapes of `--output json`. */
export type AnnouncementForm = 'text' | 'json-cloud-event' | 'json-forward-event';

export interface SshdOptions {
  /** `<id>.lhr.life`; drawn at random if left out. null: the session stands, and no address is printed. */
  readonly address?: string | null;
  readonly form?: AnnouncementForm;
  /** false: nobody gets in ("Permission denied"). */
  readonly allowLogin?: boolean;
  /** false: "remote port forwarding failed". */
  readonly allowForwarding?: boolean;
  /** Loopback port for ssh; any free one if left out. */
  readonly port?: number;
}

export interface Sshd {
  /** With `port` and `knownHostsFile` what `--ssh-target`, `--ssh-port` and `--ssh-known-hosts` are given. */
  readonly target: string;
  readonly port: number;
  readonly knownHostsFile: string;
  /** Names the same host with another key, as if somebody stood in between. */
  readonly wrongKnownHostsFile: string;
  /** Loopback port that leads into the tunnel, plain HTTP, as the provider's edge passes requests on. */
  readonly webPort: number;
  /** The address printed last, `https://<id>.lhr.life`; null if none was. */
  readonly url: string | null;
  /** Connections of ssh that are open now. */
  readonly sessions: number;
  /** Prints another address, `<id>.lhr.life`, on every open session, and on those to come. */
  announce(address: string): Promise<void>;
  /** Cuts every session at once; the next try gets in again. */
  killSessions(): void;
  /** What sshd wrote to its log, for a failing test. */
  log(): string;
  stop(): Promise<void>;
}

const SSHD = '/usr/sbin/sshd';
const USER = 'nokey';
const NAMESPACES = ['--mount', '--net', '--pid', '--fork', '--kill-child'];
const POD = fileURLToPath(new URL('sshd-pod.mjs', import.meta.url));

/** Why there can be no such server on this machine, or null. */
export const sshdMissing: string | null = findObstacle();

function findObstacle(): string | null {
  if (process.platform !== 'linux') return 'needs Linux';
  if (process.getuid?.() !== 0) return 'needs root';
  if (!existsSync(SSHD)) return 'needs sshd (package openssh-server)';
  const trial = spawnSync('unshare', [...NAMESPACES, 'ip', 'link', 'set', 'lo', 'up']);
  return trial.status === 0
    ? null
    : 'needs namespaces (packages util-linux and iproute2, not a container without them)';
}

export function randomAddress(): string {
  return `${randomBytes(7).toString('hex')}.lhr.life`;
}

export async function startSshd(options: SshdOptions = {}): Promise<Sshd> {
  const { address = randomAddress(), form = 'text' } = options;
  const folder = await mkdtemp(join(tmpdir(), 'sshd-'));
  await chmod(folder, 0o755);
  const announcements = join(folder, 'announcements');
  let last = address;
  await writeFile(announcements, address === null ? '' : announcementBlock(address, form));
  const hostKey = await createKey(folder, 'host_key');
  const otherKey = await createKey(folder, 'other_key');
  await writeServerFiles(folder, options);
  const pod = await startPod(folder);
  const ssh = await startRelay(join(folder, 'ssh.sock'), options.port ?? 0);
  const web = await startRelay(join(folder, 'web.sock'), 0);
  const knownHostsFile = join(folder, 'known_hosts');
  const wrongKnownHostsFile = join(folder, 'wrong_known_hosts');
  await writeFile(knownHostsFile, `[127.0.0.1]:${ssh.port} ${hostKey}\n`);
  await writeFile(wrongKnownHostsFile, `[127.0.0.1]:${ssh.port} ${otherKey}\n`);

  return {
    target: `${USER}@127.0.0.1`,
    port: ssh.port,
    webPort: web.port,
    knownHostsFile,
    wrongKnownHostsFile,
    get url() {
      return last === null ? null : `https://${last}`;
    },
    get sessions() {
      return ssh.connections;
    },
    async announce(next) {
      last = next;
      await appendFile(announcements, announcementBlock(next, form));
    },
    killSessions: () => ssh.cut(),
    log: pod.log,
    async stop() {
      ssh.close();
      web.close();
      await pod.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Lines that a block has, so that `tail` prints the newest block whole to a new session and follows from there. */
const BLOCK_LINES = 6;

function announcementBlock(address: string, form: AnnouncementForm): string {
  const sentence = `${address} tunneled with tls termination, https://${address}`;
  const line = {
    text: sentence,
    'json-cloud-event': JSON.stringify({
      specversion: '1.0',
      id: `localhost/${address}`,
      type: 'v1.tcpip_forward.register.accepted',
      source: 'ssh://localhost.run/',
      data: sentence,
    }),
    'json-forward-event': JSON.stringify({
      connection_id: 'c0ffee',
      event: 'tcpip-forward',
      message: sentence,
      address,
      status: 'success',
    }),
  }[form];
  const lines = [
    line,
    'create an account and add your key for a longer lasting domain name. see https://localhost.run/docs/forever-free/ for more information.',
    'Open your tunnel address on your mobile with this QR:',
    '',
    '█▀▀▀▀▀█ ▀▄█▀ █▀▀▀▀▀█',
    '█ ███ █ ▄▀ ▄ █ ███ █',
  ];
  return lines.map((text) => `${text}\r\n`).join('');
}

const GREETING = [
  'authn: authenticated as anonymous user',
  'to explore using localhost.run visit the docs site: https://localhost.run/docs/',
];

const WELCOME = [
  '===============================================================================',
  'Welcome to localhost.run!',
  'Follow your favourite reverse tunnel at [https://twitter.com/localhost_run].',
  '===============================================================================',
  '** your connection id is 203.0.113.7:50412, please mention it if you send me a message about an issue. **',
];

async function writeServerFiles(
  folder: string,
  { allowLogin = true, allowForwarding = true }: SshdOptions,
): Promise<void> {
  const file = (name: string): string => join(folder, name);
  const shell = `#!/bin/sh
cat ${file('welcome')} >&2
cat ${file('greeting')}
exec tail -n ${BLOCK_LINES} -s 0.1 --pid=$PPID -f ${file('announcements')}
`;
  await writeFile(file('greeting'), GREETING.map((text) => `${text}\r\n`).join(''));
  await writeFile(file('welcome'), WELCOME.map((text) => `${text}\r\n`).join(''));
  await writeFile(file('shell'), shell, { mode: 0o755 });
  // Everybody gets in as a user with an empty password, by ssh's method "none"; port 80 asks for user id 0.
  const user = `${USER}::0:0::${folder}:${file('shell')}`;
  await writeFile(file('passwd'), `${await readFile('/etc/passwd', 'utf8')}${user}\n`);
  const config = [
    'ListenAddress 127.0.0.1:22',
    `HostKey ${file('host_key')}`,
    'PidFile none',
    'UsePAM no',
    'PermitRootLogin yes',
    `PermitEmptyPasswords ${allowLogin ? 'yes' : 'no'}`,
    'PasswordAuthentication yes',
    'PubkeyAuthentication no',
    'KbdInteractiveAuthentication no',
    `AllowTcpForwarding ${allowForwarding ? 'remote' : 'no'}`,
    'PrintMotd no',
    'PrintLastLog no',
    'MaxStartups 100',
  ];
  await writeFile(file('sshd_config'), `${config.join('\n')}\n`);
}

/** Makes an Ed25519 key pair; the public half as known_hosts has it, "ssh-ed25519 AAAA…". */
async function createKey(folder: string, name: string): Promise<string> {
  const file = join(folder, name);
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', '', '-f', file]);
  return (await readFile(`${file}.pub`, 'utf8')).trim();
}

interface Pod {
  log(): string;
  stop(): Promise<void>;
}

async function startPod(folder: string): Promise<Pod> {
  const child: ChildProcessWithoutNullStreams = spawn('unshare', [
    ...NAMESPACES,
    process.execPath,
    POD,
    folder,
  ]);
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    log += text;
  });
  const exited = once(child, 'exit');
  const ready = once(child.stdout, 'data').then(() => true);
  if (!(await Promise.race([ready, exited.then(() => false)]))) throw new Error(`sshd did not start: ${log}`);
  return {
    log: () => log,
    async stop() {
      child.stdin.end();
      await exited;
    },
  };
}

interface Relay {
  readonly port: number;
  readonly connections: number;
  cut(): void;
  close(): void;
}

/** From a TCP port on loopback to a Unix socket, which unlike a port is seen from every network namespace. */
async function startRelay(path: string, port: number): Promise<Relay> {
  const open = new Set<Socket>();
  const server: Server = createServer({ allowHalfOpen: true }, (outer) => {
    const inner = connect({ path, allowHalfOpen: true });
    open.add(outer);
    outer.pipe(inner).pipe(outer);
    outer.on('error', () => inner.destroy());
    inner.on('error', () => outer.destroy());
    inner.on('close', () => outer.destroy());
    outer.on('close', () => {
      open.delete(outer);
      inner.destroy();
    });
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const bound = server.address();
  const cut = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    port: typeof bound === 'object' && bound !== null ? bound.port : port,
    get connections() {
      return open.size;
    },
    cut,
    close() {
      server.close();
      cut();
    },
  };
}
