/** Owns one run of the network's rows from outside: what this machine can, the run itself in the host's namespace, and that all is gone afterwards. */

import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from '../support/browser/chromium.ts';
import { findFirefox } from '../support/browser/firefox.ts';
import { findProgram } from '../support/process/find-program.ts';
import { isRunning } from '../support/process/processes.ts';
import { addNamespace, removeNamespaces, whyNoNetwork } from './network.ts';
import { natFirefoxRows } from './rows/nat-firefox-rows.ts';
import { LOSSY_ROWS, RELAY_ROWS, ROUTER_ROWS, ROWS } from './rows.ts';

const CARD_DEVICE = '/dev/net/tun';

/** Why a row cannot be run on this machine; null if it can. */
function whyNot(key: string): string | null {
  const lacking = whyNoNetwork() ?? (findChromium() === null ? 'no Chromium' : null);
  if (lacking !== null) return lacking;
  const ofRouters = Object.hasOwn(ROUTER_ROWS, key);
  if ((ofRouters || Object.hasOwn(RELAY_ROWS, key)) && findProgram(['turnserver']) === null)
    return 'no coturn';
  if (Object.hasOwn(natFirefoxRows, key) && findFirefox() === null) return 'no Firefox';
  if (!ofRouters && !Object.hasOwn(LOSSY_ROWS, key)) return null;
  if (!existsSync(CARD_DEVICE)) return `no ${CARD_DEVICE}`;
  return findProgram(['cc']) === null ? 'no C compiler' : null;
}

/** Resolves with its exit code. */
function runInside(namespace: string, args: readonly string[]): Promise<number> {
  const program = [process.execPath, join(import.meta.dirname, 'run.js'), ...args];
  const child = spawn('ip', ['netns', 'exec', namespace, ...program], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.once(signal, () => child.kill('SIGTERM'));
  return new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
}

async function runAll(reportDirectory: string, keys: readonly string[]): Promise<number> {
  const run = String(process.pid);
  // Of runs that could not clear up themselves.
  await removeNamespaces((other) => !isRunning(Number(other)));
  const directory = await mkdtemp(join(tmpdir(), 'secret-call-netsim-'));
  try {
    const namespace = await addNamespace(run, 'host');
    return await runInside(namespace, [namespace, run, directory, reportDirectory, ...keys]);
  } finally {
    await removeNamespaces((other) => other === run);
    await rm(directory, { recursive: true, force: true });
  }
}

/** A row's own key, or the first words of several. */
const rowsOf = (asked: string): readonly string[] =>
  Object.hasOwn(ROWS, asked) ? [asked] : Object.keys(ROWS).filter((key) => key.startsWith(`${asked}-`));

const [, , reportDirectory = 'dist/netsim', ...asked] = process.argv;
const unknown = asked.filter((key) => rowsOf(key).length === 0);
if (unknown.length > 0) {
  console.error(`No rows: ${unknown.join(', ')}. There are ${Object.keys(ROWS).join(', ')}.`);
  process.exit(2);
}
const keys = asked.length > 0 ? asked.flatMap(rowsOf) : Object.keys(ROWS);
for (const key of keys) {
  const lacking = whyNot(key);
  if (lacking !== null) console.error(`Skipped: ${key}, for there is ${lacking} here.`);
}
const possible = keys.filter((key) => whyNot(key) === null);
if (possible.length > 0) process.exitCode = await runAll(reportDirectory, possible);
