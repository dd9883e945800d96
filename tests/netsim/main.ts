/** Owns one run of the network's rows from outside: the namespaces, the run itself in the host's, and that all of it is gone afterwards. */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../support/browser/chromium.ts';
import { isRunning } from '../support/process/processes.ts';
import { addNamespace, removeNamespaces } from './network.ts';

/** What this machine lacks; null if the rows can run. */
function missing(): string | null {
  if (process.platform !== 'linux') return 'network namespaces (Linux)';
  if (process.getuid?.() !== 0) return 'the rights of root, for network namespaces';
  if (!['/sbin/ip', '/usr/sbin/ip', '/bin/ip', '/usr/bin/ip'].some(existsSync))
    return 'ip (Debian: iproute2)';
  return findChromium() === null ? 'Chromium' : null;
}

/** In the host's namespace; resolves with its exit code. */
function runInside(namespace: string, args: readonly string[]): Promise<number> {
  const program = [process.execPath, join(import.meta.dirname, 'run.js'), ...args];
  const child = spawn('ip', ['netns', 'exec', namespace, ...program], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => child.kill('SIGTERM'));
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

const [, , reportDirectory = 'dist/netsim', ...asked] = process.argv;
const lacking = missing();
if (lacking !== null) {
  console.error(`Skipped, every row: this machine lacks ${lacking}.`);
} else {
  const run = String(process.pid);
  await removeNamespaces((other) => !isRunning(Number(other)));
  const directory = await mkdtemp(join(tmpdir(), 'secret-call-netsim-'));
  try {
    const namespace = await addNamespace(run, 'host');
    process.exitCode = await runInside(namespace, [namespace, run, directory, reportDirectory, ...asked]);
  } finally {
    await removeNamespaces((other) => other === run);
    await rm(directory, { recursive: true, force: true });
  }
}
