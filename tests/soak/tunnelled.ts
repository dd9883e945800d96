/** Owns a host's tunnel in the soak: a provider made here, what the host is told of it, and the ssh that holds it. */

import { knownHostsArgument } from '../../main/tunnel/providers/ssh-args.ts';
import { processesWith } from '../support/process/processes.ts';
import { type Sshd, sshdMissing, startSshd } from '../support/tunnel/sshd.ts';
import type { SoakStage } from './stage.ts';

export interface SoakTunnel {
  readonly sshd: Sshd;
  readonly flags: readonly string[];
  /** Processes of ssh that run for it. */
  sshProcesses(): readonly number[];
}

export async function provideTunnel(stage: SoakStage): Promise<SoakTunnel> {
  if (sshdMissing !== null) throw new Error(`no provider of tunnels: ${sshdMissing}`);
  const sshd = await startSshd();
  stage.atEnd(() => sshd.stop());
  const { target, port, knownHostsFile } = sshd;
  const flags = [
    ...['--tunnel', 'localhost.run', '--ssh-target', target, '--ssh-port', String(port)],
    ...['--ssh-known-hosts', knownHostsFile],
  ];
  const argument = knownHostsArgument(knownHostsFile, stage.directory);
  return { sshd, flags, sshProcesses: () => processesWith(argument) };
}
