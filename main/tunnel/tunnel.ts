/** Owns the tunnel as the host core sees it: what it is made from, its status, start and stop. */

import { networkInterfaces } from 'node:os';
import { resolve } from 'node:path';
import { TUNNEL_PROVIDERS, type TunnelProviderName } from '../common/host-api/snapshot.ts';
import type { Logger } from '../common/logger.ts';
import type { TimersLike } from '../common/platform.ts';
import { assertNever } from '../common/result.ts';
import { createNetworkWatch } from './network-watch.ts';
import { type Probe, probeOverHttp } from './probe.ts';
import type { ProgramEnvironment } from './process/executables.ts';
import { createRunProcess } from './process/tunnel-process.ts';
import { createCloudflared } from './providers/cloudflared.ts';
import { createLocalhostRun, LOCALHOST_RUN } from './providers/localhost-run.ts';
import type { TunnelProvider } from './providers/provider.ts';
import { parseSshTarget, type SshTarget } from './providers/ssh-args.ts';
import { type Tunnel, TunnelSupervisor } from './supervisor.ts';

export type { Tunnel } from './supervisor.ts';

export interface SshOverrides {
  /** `host` or `user@host` that parseSshTarget takes; without it nokey@localhost.run. */
  readonly target?: string;
  readonly port?: number;
  /** Without it only the key that comes with the app is trusted. */
  readonly knownHostsFile?: string;
}

export interface TunnelOptions {
  readonly choice: TunnelProviderName;
  /** Whether another may take its place where it keeps failing. */
  readonly others: boolean;
  /** Port on 127.0.0.1 that takes plain HTTP. */
  readonly localPort: number;
  /** Absolute path; one tunnel at a time in a process may use it. */
  readonly dataDirectory: string;
  readonly ssh?: SshOverrides;
  readonly logger: Logger;
  /** From 0 (included) to 1 (excluded). */
  readonly random?: () => number;
  readonly probe?: Probe;
}

const SYSTEM_TIMERS: TimersLike = {
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (handle) => clearTimeout(handle as NodeJS.Timeout),
};

const SYSTEM: ProgramEnvironment = { platform: process.platform, env: process.env };

/** Throws a RangeError if `ssh.target` is none that parseSshTarget takes: whoever read it in had to check it. */
export function createTunnel(options: TunnelOptions): Tunnel {
  return new TunnelSupervisor({
    providers: [createProvider(options.choice, options), ...createOthers(options)],
    probe: options.probe ?? probeOverHttp,
    watchNetwork: createNetworkWatch({
      addresses: outwardAddresses,
      wallClock: () => Date.now(),
      timers: SYSTEM_TIMERS,
    }),
    logger: options.logger,
    random: options.random ?? Math.random,
    clock: () => performance.now(),
    timers: SYSTEM_TIMERS,
  });
}

/** Without those of the computer itself, and of a single wire, by which nothing goes out. */
function outwardAddresses(): string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ internal, scopeid }) => !internal && !scopeid)
    .map(({ address }) => address);
}

function createOthers(options: TunnelOptions): TunnelProvider[] {
  if (!options.others) return [];
  return TUNNEL_PROVIDERS.filter((name) => name !== options.choice).map((name) =>
    createProvider(name, options),
  );
}

function createProvider(
  choice: TunnelProviderName,
  { localPort, dataDirectory, ssh = {}, logger }: TunnelOptions,
): TunnelProvider {
  const runProcess = createRunProcess({ ...SYSTEM, dataDirectory, logger });
  const shared = { localPort, dataDirectory, runProcess, environment: SYSTEM };
  switch (choice) {
    case 'localhost.run':
      return createLocalhostRun({
        ...shared,
        target: readTarget(ssh.target),
        port: ssh.port ?? null,
        knownHostsFile: ssh.knownHostsFile === undefined ? null : resolve(ssh.knownHostsFile),
      });
    case 'cloudflared':
      return createCloudflared({ ...shared, clock: () => performance.now(), timers: SYSTEM_TIMERS });
    default:
      return assertNever(choice);
  }
}

function readTarget(text: string | undefined): SshTarget {
  if (text === undefined) return LOCALHOST_RUN;
  const target = parseSshTarget(text);
  if (!target.ok) throw new RangeError(target.error);
  return target.value;
}
