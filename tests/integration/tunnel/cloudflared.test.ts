/** Runs the whole tunnel with a program in cloudflared's place that behaves like it. */

import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { silentLogger } from '../../../main/common/logger.ts';
import { createCloudflared } from '../../../main/tunnel/providers/cloudflared.ts';
import { createTunnel, type Tunnel } from '../../../main/tunnel/tunnel.ts';
import { processesWith } from '../../support/process/processes.ts';
import { type TunnelWatch, watchTunnel } from '../../support/tunnel/tunnel-watch.ts';

const ADDRESS = 'https://four-plain-words-here.trycloudflare.com';

let folder = '';
const tunnels: Tunnel[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cloudflared-'));
});

afterEach(async () => {
  await Promise.all(tunnels.splice(0).map((tunnel) => tunnel.stop()));
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true, force: true });
});

/** Puts the stand-in first on PATH and opens a tunnel through it. */
async function open(mode: string): Promise<{ tunnel: Tunnel; watch: TunnelWatch }> {
  const script = join(folder, 'fake-cloudflared.mjs');
  await copyFile(resolve('tests/support/tunnel/fake-cloudflared.mjs'), script);
  await writeFile(join(folder, 'mode'), mode);
  const program = `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`;
  await writeFile(join(folder, 'cloudflared'), program, { mode: 0o755 });
  vi.stubEnv('PATH', `${folder}:${process.env.PATH}`);
  vi.stubEnv('TUNNEL_TOKEN', 'of the person');
  const tunnel = createTunnel({
    choice: 'cloudflared',
    others: false,
    localPort: 8790,
    dataDirectory: join(folder, 'data'),
    logger: silentLogger,
    probe: async () => 'answering',
  });
  tunnels.push(tunnel);
  const watch = watchTunnel(tunnel);
  tunnel.start();
  return { tunnel, watch };
}

const elsewhere = process.platform !== 'linux';

describe.skipIf(elsewhere)(`a tunnel over cloudflared${elsewhere ? ' (skipped: needs Linux)' : ''}`, () => {
  const running = (): number[] => processesWith(join(folder, 'data', 'cloudflared.yml'));

  it('brings a link, and leaves nothing behind when stopped', async () => {
    const { tunnel, watch } = await open('works');
    expect(await watch.next('connected')).toEqual({ phase: 'connected', url: ADDRESS });
    expect(running()).toHaveLength(1);
    await tunnel.stop();
    expect(running()).toEqual([]);
    expect(watch.statuses.map(({ phase }) => phase)).toEqual(['connecting', 'connected', 'off']);
  });

  it('is not led by what the person set up for other tunnels', async () => {
    const { watch } = await open('works');
    await watch.next('connected');
    expect(JSON.parse(await readFile(join(folder, 'seen.json'), 'utf8'))).toEqual({
      command: 'tunnel',
      autoupdate: false,
      config: '',
      url: 'http://127.0.0.1:8790',
      variables: [],
    });
  });

  it('waits and connects again after its program was killed', async () => {
    const { watch } = await open('works');
    await watch.next('connected');
    for (const pid of running()) process.kill(pid, 'SIGKILL');
    expect((await watch.next('waiting')).code).toBe('tunnel-lost');
    expect(await watch.next('connected')).toEqual({ phase: 'connected', url: ADDRESS });
  });

  it.each([
    ['rate-limited', 'tunnel-busy'],
    ['unreachable', 'network-unreachable'],
  ])('tells why it waits: %s', async (mode, code) => {
    const { watch } = await open(mode);
    expect((await watch.next('waiting')).code).toBe(code);
  });

  it('leaves nothing behind when stopped while connecting', async () => {
    const { tunnel, watch } = await open('works');
    await watch.next('connecting');
    await tunnel.stop();
    expect(running()).toEqual([]);
    expect(watch.statuses.map(({ phase }) => phase)).toEqual(['connecting', 'off']);
  });
});

describe('a tunnel over cloudflared', () => {
  it('says so where the program is missing', async () => {
    const provider = createCloudflared({
      localPort: 8790,
      dataDirectory: folder,
      environment: { platform: 'win32', env: {} },
      runProcess: () => Promise.reject(new Error('there is nothing to run')),
      clock: () => 0,
      timers: { setTimeout, clearTimeout: () => {} },
    });
    const session = { signal: new AbortController().signal, onAddress: () => {} };
    expect(await provider.run(session)).toBe('cloudflared-not-found');
  });
});
