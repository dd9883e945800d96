/** Checks how the provider localhost.run reads one session, with the program's lines played in. */

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TunnelErrorCode } from '../../../../../main/common/host-api/snapshot.ts';
import type { ProcessSpec } from '../../../../../main/tunnel/process/tunnel-process.ts';
import { createLocalhostRun, LOCALHOST_RUN } from '../../../../../main/tunnel/providers/localhost-run.ts';

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
