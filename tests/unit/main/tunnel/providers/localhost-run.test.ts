/** Checks how the provider localhost.run reads one session, with the program's lines played in. */

import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TunnelErrorCode } from '../../../../../main/common/host-api/snapshot.ts';
import type { ProcessSpec } from '../../../../../main/tunnel/process/tunnel-process.ts';
import {
  createLocalhostRun,
  LOCALHOST_RUN,
  PINNED_HOST_KEY,
  writeKnownHosts,
} from '../../../../../main/tunnel/providers/localhost-run.ts';

const ANNOUNCEMENT = 'a1.lhr.life tunneled with tls termination, https://a1.lhr.life';
const REFUSED = 'Error: remote port forwarding failed for listen port 80';
const MISMATCH = 'Host key verification failed.';

let dataDirectory = '';

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'localhost-run-'));
  await writeFile(join(dataDirectory, 'ssh'), '', { mode: 0o755 });
});

afterEach(() => rm(dataDirectory, { recursive: true }));

interface Outcome {
  readonly code: TunnelErrorCode;
  readonly urls: readonly string[];
  readonly started: readonly ProcessSpec[];
}

/** Runs one session with an ssh that prints what `play` says. */
async function run(
  play: (program: ProcessSpec) => void,
  { hasSsh = true, knownHostsFile = null }: { hasSsh?: boolean; knownHostsFile?: string | null } = {},
): Promise<Outcome> {
  const started: ProcessSpec[] = [];
  const urls: string[] = [];
  const provider = createLocalhostRun({
    target: LOCALHOST_RUN,
    port: null,
    knownHostsFile,
    localPort: 8790,
    dataDirectory,
    environment: { platform: 'linux', env: { PATH: hasSsh ? dataDirectory : '' } },
    runProcess: async (program) => {
      started.push(program);
      play(program);
    },
  });
  const code = await provider.run({
    signal: new AbortController().signal,
    onAddress: (url) => urls.push(url),
  });
  return { code, urls, started };
}

describe('localhost.run', () => {
  it('announces each address, and calls the end of such a session lost', async () => {
    const { code, urls } = await run(({ onStdoutLine, onStderrLine }) => {
      onStdoutLine?.('Welcome, see https://localhost.run/docs/');
      onStdoutLine?.(ANNOUNCEMENT);
      onStdoutLine?.(ANNOUNCEMENT.replaceAll('a1', 'b2'));
      onStderrLine?.('Timeout, server localhost.run not responding.');
    });
    expect([code, urls]).toEqual(['tunnel-lost', ['https://a1.lhr.life', 'https://b2.lhr.life']]);
  });

  it.each<readonly [string, readonly string[], TunnelErrorCode]>([
    ['the last reason given', [MISMATCH, 'Connection closed by 192.0.2.1', MISMATCH], 'host-key-mismatch'],
    ['a refusal', ['Welcome to localhost.run!', REFUSED], 'tunnel-refused'],
    ['a refusal, if there is no reason', [], 'tunnel-refused'],
  ])('ends with %s', async (_name, lines, expected) => {
    const { code } = await run(({ onStderrLine }) => {
      for (const line of lines) onStderrLine?.(line);
    });
    expect(code).toBe(expected);
  });

  it('cannot be told by the far end, once connected, that its host key is wrong', async () => {
    const { code } = await run(({ onStdoutLine, onStderrLine }) => {
      onStdoutLine?.(ANNOUNCEMENT);
      onStderrLine?.(MISMATCH);
    });
    expect(code).toBe('tunnel-lost');
  });

  it('trusts the pinned key alone, or the given file alone, and can be found again by it', async () => {
    const [pinned] = (await run(() => {})).started;
    const [given] = (await run(() => {}, { knownHostsFile: '/given/file' })).started;
    expect(pinned?.marker).toBe(`UserKnownHostsFile="${join(dataDirectory, 'known_hosts')}"`);
    expect(given?.marker).toBe('UserKnownHostsFile="/given/file"');
    for (const program of [pinned, given]) expect(program?.args).toContain(program?.marker);
    expect(pinned?.args).toContain('HostKeyAlgorithms=ssh-ed25519');
    expect(given?.args).not.toContain('HostKeyAlgorithms=ssh-ed25519');
  });

  it('starts nothing without ssh', async () => {
    const { code, started } = await run(() => {}, { hasSsh: false });
    expect([code, started]).toEqual(['ssh-not-found', []]);
  });
});

describe('the pinned host key', () => {
  it('is the Ed25519 key with the fingerprint of localhost.run', () => {
    const [host, type, key = ''] = PINNED_HOST_KEY.split(' ');
    const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('base64');
    expect([host, type, digest]).toEqual([
      'localhost.run',
      'ssh-ed25519',
      'pG6qrBxubYfWa1Zadu/V0NUgjEDiBds/7e2xzte/QNM=',
    ]);
  });

  it('is the only one in the file, whatever stood there, and nobody else may write it', async () => {
    const data = join(dataDirectory, 'not', 'there', 'yet');
    const file = await writeKnownHosts(data);
    expect(await readFile(file, 'utf8')).toBe(`${PINNED_HOST_KEY}\n`);
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600);
    await writeFile(file, 'localhost.run ssh-ed25519 AAAA\n');
    expect(await writeKnownHosts(data)).toBe(file);
    expect(await readFile(file, 'utf8')).toBe(`${PINNED_HOST_KEY}\n`);
  });
});
