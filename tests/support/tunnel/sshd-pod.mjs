/**
 * Runs OpenSSH's server in namespaces of its own (see sshd.ts, which starts this by `unshare` as process 1 of them):
 * the provider's port 80 and the user without a password exist in here only. Ends, with all it started, when stdin ends.
 *
 * Argument: a folder with `passwd` and `sshd_config`. The Unix sockets `ssh.sock` and `web.sock` that it makes there
 * lead to ports 22 and 80.
 */

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { join } from 'node:path';

const SSHD = '/usr/sbin/sshd';
const folder = process.argv[2] ?? '';
const config = join(folder, 'sshd_config');

process.stdin.on('end', () => process.exit(0)).resume();

execFileSync('ip', ['link', 'set', 'lo', 'up']);
execFileSync('mount', ['-t', 'proc', 'proc', '/proc']);
execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', '/run']);
execFileSync('mount', ['--bind', join(folder, 'passwd'), '/etc/passwd']);
mkdirSync('/run/sshd', { mode: 0o755 });

// From OpenSSH 9.8 on a client that fails often is kept out for a while; tests fail often on purpose.
const lenient = ['-o', 'PerSourcePenalties=no'];
const known = spawnSync(SSHD, ['-t', '-f', config, ...lenient]).status === 0;
const sshd = spawn(SSHD, ['-D', '-e', '-f', config, ...(known ? lenient : [])], {
  stdio: ['ignore', 'ignore', 'pipe'],
});
sshd.on('exit', () => process.exit(1));

const listening = new Promise((resolve) => {
  sshd.stderr.setEncoding('utf8').on('data', (text) => {
    process.stderr.write(text);
    if (text.includes('Server listening')) resolve(undefined);
  });
});

/** @param {string} name @param {number} port */
async function relay(name, port) {
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const inner = connect({ port, host: '127.0.0.1', allowHalfOpen: true });
    socket.pipe(inner).pipe(socket);
    socket.on('error', () => inner.destroy()).on('close', () => inner.destroy());
    inner.on('error', () => socket.destroy()).on('close', () => socket.destroy());
  });
  await once(server.listen(join(folder, name)), 'listening');
}

Promise.all([listening, relay('ssh.sock', 22), relay('web.sock', 80)]).then(() => {
  process.stdout.write('ready\n');
});
