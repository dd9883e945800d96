/** Owns a provider's process, which never outlives the app: guarded, on record, ended by a signal. */

import type { Logger } from '../../common/logger.ts';
import { type ChildSpec, startChild } from './child-process.ts';
import type { ProgramEnvironment } from './executables.ts';
import { endOrphans, forgetChild, recordChild } from './orphans.ts';
import { chooseParentGuard, type ParentGuard } from './parent-guard.ts';

export interface ProcessSpec extends Pick<ChildSpec, 'command' | 'args' | 'onStdoutLine' | 'onStderrLine'> {
  /** One of `args`, holding a path of our own; see orphans.ts. */
  readonly marker: string;
}

/** Runs the program until it ends or the signal is aborted; resolves once it is gone. One at a time. */
export type RunProcess = (spec: ProcessSpec, signal: AbortSignal) => Promise<void>;

export interface RunProcessOptions extends ProgramEnvironment {
  readonly dataDirectory: string;
  readonly logger: Logger;
}

export function createRunProcess({ dataDirectory, logger, platform, env }: RunProcessOptions): RunProcess {
  let guardChoice: Promise<ParentGuard> | null = null;
  return async ({ marker, ...program }, signal) => {
    guardChoice ??= chooseParentGuard({ platform, env });
    const guard = await guardChoice;
    const reaped = await endOrphans(dataDirectory);
    if (reaped > 0) logger.warn('tunnel-leftovers-ended', { count: reaped });
    if (signal.aborted) return;
    const child = startChild({ ...program, cwd: dataDirectory, env: childEnvironment(env), guard });
    const terminate = (): void => void child.terminate();
    signal.addEventListener('abort', terminate);
    try {
      if (child.pid !== null) recordChild(dataDirectory, { child: child.pid, marker });
      await child.ended;
    } finally {
      signal.removeEventListener('abort', terminate);
      await child.terminate();
      forgetChild(dataDirectory);
    }
  };
}

/** English messages, and none of the variables by which cloudflared takes settings (TUNNEL_TOKEN, TUNNEL_URL). */
function childEnvironment(env: ProgramEnvironment['env']): Record<string, string | undefined> {
  const kept = Object.entries(env).filter(([name]) => !name.startsWith('TUNNEL_'));
  return { ...Object.fromEntries(kept), LC_ALL: 'C' };
}
