/** Owns a relay for tests: the real coturn with a set-up that was written for it, in a network of its own. */

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { promisify } from 'node:util';
import { findProgram } from '../process/find-program.ts';
import { until } from '../time/until.ts';

const run = promisify(execFile);

const NEEDED = ['turnserver', 'turnutils_uclient', 'unshare', 'nsenter', 'openssl'];
/** Why there is none here; null where there is. */
export const relayMissing: string | null =
  NEEDED.find((name) => findProgram([name], []) === null) ?? (process.getuid?.() === 0 ? null : 'root');

/** What a client was answered, of what it asked. */
export type RelayAnswer = 'relays' | 'forbidden' | 'unauthorized';

/** By what the client prints. */
const ANSWERS: readonly (readonly [RegExp, RelayAnswer])[] = [
  [/error 403/, 'forbidden'],
  [/error 401|Cannot complete Allocation/, 'unauthorized'],
  [/start_mclient/, 'relays'],
];

const CLIENT_MS = 2_500;
const TAIL_UNITS = 2_000;

export class RelayPod {
  readonly #process: ChildProcess;
  readonly #address: string;
  log = '';

  private constructor(child: ChildProcess, address: string) {
    this.#process = child;
    this.#address = address;
    for (const stream of [child.stdout, child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.log += text;
      });
  }

  /** @param addresses of the machine, all of them; the first is the relay's */
  static async start(conf: string, addresses: readonly [string, ...string[]], more: readonly string[] = []) {
    // coturn does not look for its own addresses on the loopback device.
    const add = addresses
      .map((address) => `ip addr add ${address} dev relay ${address.includes(':') ? 'nodad' : ''}`)
      .join(' && ');
    const script = [
      'ip link set lo up && ip link add relay type veth peer name other && ip link set relay up && ip link set other up',
      `${add} && ip route add default dev relay && ip -6 route add default dev relay`,
      'exec turnserver "$@"',
    ].join(' && ');
    const pod = new RelayPod(
      spawn('unshare', ['--net', 'sh', '-c', script, 'sh', '-c', conf, ...more], {
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
      addresses[0],
    );
    await until(
      'the relay',
      () => pod.log.slice(-TAIL_UNITS),
      (log) => log.includes('IO method (admin thread)'),
    );
    return pod;
  }

  /** Asks the relay to lead to a peer, with credentials made from this secret. */
  async ask(secret: string, peer: string, lasts = 600, flags: readonly string[] = []): Promise<RelayAnswer> {
    const user = `${Math.floor(Date.now() / 1_000) + lasts}:guest`;
    const password = createHmac('sha1', secret).update(user).digest('base64');
    const client = ['turnutils_uclient', '-u', user, '-w', password, '-n', '1', '-m', '1', '-c', '-e', peer];
    const child = spawn(
      'nsenter',
      ['-t', String(this.#process.pid), '-n', ...client, ...flags, '-r', '3999', this.#address],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let said = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text;
      });
    try {
      const answer = await until(
        `an answer about ${peer}`,
        () => ANSWERS.find(([pattern]) => pattern.test(said)),
        (known) => known !== undefined,
      );
      return answer?.[1] ?? 'relays';
    } finally {
      child.kill('SIGKILL');
    }
  }

  /** The certificate it shows (PEM); null where it speaks no TLS. */
  async certificate(port: number): Promise<string | null> {
    const client = ['openssl', 's_client', '-connect', `${this.#address}:${port}`];
    const started = run('nsenter', ['-t', String(this.#process.pid), '-n', ...client], {
      timeout: CLIENT_MS,
    });
    started.child.stdin?.end();
    const { stdout } = await started.catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }));
    return /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/.exec(stdout)?.[0] ?? null;
  }

  signal(name: NodeJS.Signals): void {
    this.#process.kill(name);
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return;
    const ended = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await ended;
  }
}
