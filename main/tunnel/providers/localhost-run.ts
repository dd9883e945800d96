/** Owns the provider localhost.run: OpenSSH's remote forwarding, with the address read from its output and its host key pinned. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { TunnelErrorCode } from '../../common/host-api/snapshot.ts';
import { findSsh, type ProgramEnvironment } from '../process/executables.ts';
import type { RunProcess } from '../process/tunnel-process.ts';
import type { TunnelProvider } from './provider.ts';
import { knownHostsArgument, type SshTarget, sshArguments } from './ssh-args.ts';
import { classifySshError, parseAnnouncement } from './ssh-output.ts';

/** Needs no account: the name stands for "no key". */
export const LOCALHOST_RUN: SshTarget = { user: 'nokey', host: 'localhost.run' };

/** ssh alone may take 20 s to connect (ConnectTimeout); then it logs in and asks for the forwarding. */
const CONNECT_TIMEOUT_MS = 45_000;

export interface LocalhostRunOptions {
  readonly target: SshTarget;
  readonly port: number | null;
  /** null: the file with the pinned key. */
  readonly knownHostsFile: string | null;
  readonly localPort: number;
  readonly dataDirectory: string;
  readonly environment: ProgramEnvironment;
  readonly runProcess: RunProcess;
}

export function createLocalhostRun(options: LocalhostRunOptions): TunnelProvider {
  return {
    name: 'localhost.run',
    isInstalled: async () => (await findSsh(options.environment)) !== null,
    connectTimeoutMs: CONNECT_TIMEOUT_MS,
    async run({ signal, onAddress }) {
      const command = await findSsh(options.environment);
      if (command === null) return 'ssh-not-found';
      const pinnedFile = await writeKnownHosts(options.dataDirectory);
      const knownHostsFile = options.knownHostsFile ?? pinnedFile;
      const paths = { knownHostsFile, directory: options.dataDirectory };
      let announced = false;
      let reason: TunnelErrorCode | null = null;
      await options.runProcess(
        {
          command,
          args: sshArguments({ ...options, ...paths, pinned: options.knownHostsFile === null }),
          marker: knownHostsArgument(knownHostsFile, options.dataDirectory),
          onStdoutLine(line) {
            const url = parseAnnouncement(line);
            if (url === null) return;
            announced = true;
            onAddress(url);
          },
          onStderrLine(line) {
            reason = classifySshError(line) ?? reason;
          },
        },
        signal,
      );
      return announced ? 'tunnel-lost' : (reason ?? 'tunnel-refused');
    },
  };
}

/** SHA256:pG6qrBxubYfWa1Zadu/V0NUgjEDiBds/7e2xzte/QNM */
export const PINNED_HOST_KEY =
  'localhost.run ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILVqOuSMnyeGDVO1lG6EaG5In/dXABCchhmHKkuRU2s9';

/** Sees to it that the file holds the pinned key and nothing else; the path of the file. */
export async function writeKnownHosts(dataDirectory: string): Promise<string> {
  const file = join(dataDirectory, 'known_hosts');
  const content = `${PINNED_HOST_KEY}\n`;
  const present = await readFile(file, 'utf8').catch(() => null);
  if (present !== content) {
    await mkdir(dataDirectory, { recursive: true });
    await writeFile(file, content, { mode: 0o600 });
  }
  return file;
}
