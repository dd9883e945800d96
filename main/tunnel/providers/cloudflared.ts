/** Owns the provider cloudflared: a quick tunnel of Cloudflare's, run by the program that the person installed. */

import { mkdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { TunnelErrorCode } from '../../common/host-api/snapshot.ts';
import type { ClockMs, TimersLike } from '../../common/platform.ts';
import { httpGet } from '../http-get.ts';
import { findCloudflared, type ProgramEnvironment } from '../process/executables.ts';
import type { RunProcess } from '../process/tunnel-process.ts';
import { followMetrics } from './cloudflared-metrics.ts';
import { classifyCloudflaredError } from './cloudflared-output.ts';
import type { TunnelProvider } from './provider.ts';

/** Where UDP is blocked it first tries QUIC several times, then goes over to HTTP/2. */
const CONNECT_TIMEOUT_MS = 120_000;

const METRICS_TIMEOUT_MS = 2_000;

export interface CloudflaredOptions {
  readonly localPort: number;
  readonly dataDirectory: string;
  readonly environment: ProgramEnvironment;
  readonly runProcess: RunProcess;
  readonly clock: ClockMs;
  readonly timers: TimersLike;
}

export function createCloudflared(options: CloudflaredOptions): TunnelProvider {
  return {
    name: 'cloudflared',
    isInstalled: async () => (await findCloudflared(options.environment)) !== null,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    async run({ signal, onAddress }) {
      const command = await findCloudflared(options.environment);
      if (command === null) return 'cloudflared-not-found';
      const configFile = await writeEmptyConfig(options.dataDirectory);
      const metricsPort = await freeLoopbackPort();
      const origin = `http://127.0.0.1:${metricsPort}`;
      let announced = false;
      let reason: TunnelErrorCode | null = null;
      const over = new AbortController();
      const ending = AbortSignal.any([signal, over.signal]);
      const following = followMetrics({
        ...options,
        signal: ending,
        async read(path) {
          const answer = await httpGet(origin + path, { timeoutMs: METRICS_TIMEOUT_MS, signal: ending });
          return answer.ok ? answer.value : null;
        },
        onAddress(url) {
          announced = true;
          onAddress(url);
        },
      }).finally(() => over.abort());
      try {
        await options.runProcess(
          {
            command,
            args: cloudflaredArguments(options.localPort, metricsPort, configFile),
            marker: configFile,
            onStderrLine(line) {
              reason = classifyCloudflaredError(line) ?? reason;
            },
          },
          ending,
        );
      } finally {
        over.abort();
        await following;
      }
      return announced ? 'tunnel-lost' : (reason ?? 'tunnel-refused');
    },
  };
}

export function cloudflaredArguments(localPort: number, metricsPort: number, configFile: string): string[] {
  return [
    'tunnel',
    '--no-autoupdate',
    '--metrics',
    `127.0.0.1:${metricsPort}`,
    '--config',
    configFile,
    '--url',
    `http://127.0.0.1:${localPort}`,
  ];
}

/** Without it the person's own config.yml would be read, whose ingress rules rule quick tunnels out. */
async function writeEmptyConfig(dataDirectory: string): Promise<string> {
  await mkdir(dataDirectory, { recursive: true });
  const file = join(dataDirectory, 'cloudflared.yml');
  await writeFile(file, '', { mode: 0o600 });
  return file;
}

/** Free at this moment. If somebody is quicker, cloudflared ends and the next try draws another. */
function freeLoopbackPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
