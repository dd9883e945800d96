/** Owns the parent guard: a child dies with this process, even if that is killed without a chance to clean up. */

import { execFile } from 'node:child_process';
import { findOnPath, type ProgramEnvironment } from './executables.ts';

/**
 * setpriv: the kernel kills the child when the thread that started it ends (Linux, prctl PR_SET_PDEATHSIG), so
 * children must be started from the main thread. lifeline: a shell waits at a pipe that ends with this process, then
 * kills the child. none: nothing is needed, for on Windows libuv puts children that are not detached into a job object
 * that ends with us.
 */
export type ParentGuard =
  | { readonly kind: 'setpriv'; readonly setpriv: string }
  | { readonly kind: 'lifeline' }
  | { readonly kind: 'none' };

export interface GuardedCommand {
  readonly command: string;
  readonly args: readonly string[];
  /** Whether file descriptor 3 of the child is the pipe it hangs on. */
  readonly lifeline: boolean;
}

/** File descriptor of the lifeline in the child. */
export const LIFELINE_FD = 3;

/** Written to the lifeline once the child has ended, so that its number, free again by then, is not killed. */
export const LIFELINE_RELEASE = 'ended\n';

/**
 * The text is fixed; the command comes in as positional parameters. The shell becomes the command (exec), so its
 * process id, signals, streams and exit code are the command's own, and $$ in the watcher is that process id.
 */
const LIFELINE_SCRIPT = `
( read -r line <&${LIFELINE_FD} || kill -KILL $$ ) >/dev/null 2>&1 &
exec "$@" ${LIFELINE_FD}<&-
`;

export async function chooseParentGuard(environment: ProgramEnvironment): Promise<ParentGuard> {
  if (environment.platform === 'win32') return { kind: 'none' };
  if (environment.platform !== 'linux') return { kind: 'lifeline' };
  // util-linux's; BusyBox also has one, though without the option needed.
  const setpriv = await findOnPath('setpriv', environment);
  return setpriv !== null && (await canSetDeathSignal(setpriv))
    ? { kind: 'setpriv', setpriv }
    : { kind: 'lifeline' };
}

export function guardCommand(guard: ParentGuard, command: string, args: readonly string[]): GuardedCommand {
  switch (guard.kind) {
    case 'setpriv':
      return {
        command: guard.setpriv,
        args: ['--pdeathsig', 'KILL', '--', command, ...args],
        lifeline: false,
      };
    case 'lifeline':
      return { command: '/bin/sh', args: ['-c', LIFELINE_SCRIPT, 'sh', command, ...args], lifeline: true };
    case 'none':
      return { command, args, lifeline: false };
  }
}

function canSetDeathSignal(setpriv: string): Promise<boolean> {
  return new Promise((resolve) => {
    execFile(setpriv, ['--pdeathsig', 'KILL', '--', setpriv, '--version'], (error) =>
      resolve(error === null),
    );
  });
}
