/** Owns a child process run without a shell: its lines, its end, and ending it for certain. */

import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { Duplex, type Readable } from 'node:stream';
import { LineReader } from './line-reader.ts';
import { guardCommand, LIFELINE_FD, LIFELINE_RELEASE, type ParentGuard } from './parent-guard.ts';

/** From the request to end to the kill. */
export const TERMINATE_GRACE_MS = 2_000;

/** From the program's end to giving up on its output, which a grandchild could hold open. */
const DRAIN_MS = 500;

export interface ChildSpec {
  /** Absolute path. */
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly guard: ParentGuard;
  /** Called in order for each line, also for those that come while the program is being ended. */
  readonly onStdoutLine?: (line: string) => void;
  readonly onStderrLine?: (line: string) => void;
}

export interface RunningChild {
  /** null if it could not be started. */
  readonly pid: number | null;
  /** Resolves once the program is gone and its last line was delivered, at once if it never ran. Never rejects. */
  readonly ended: Promise<void>;
  /** SIGTERM, and SIGKILL after TERMINATE_GRACE_MS; resolves with `ended`. */
  terminate(): Promise<void>;
}

export function startChild(spec: ChildSpec): RunningChild {
  const { command, args, lifeline } = guardCommand(spec.guard, spec.command, spec.args);
  const options: SpawnOptions = {
    cwd: spec.cwd,
    env: { ...spec.env },
    shell: false,
    windowsHide: true,
    // A session of its own keeps Ctrl+C in the terminal for us, who end the child in order; on Windows it would
    // leave the job object.
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'pipe', 'pipe', lifeline ? 'pipe' : 'ignore'],
  };
  try {
    return follow(spawn(command, [...args], options), spec);
  } catch {
    return NOT_STARTED;
  }
}

const NOT_STARTED: RunningChild = {
  pid: null,
  ended: Promise.resolve(),
  terminate: () => Promise.resolve(),
};

function follow(child: ChildProcess, { onStdoutLine, onStderrLine }: ChildSpec): RunningChild {
  let gone = false;
  const ended = new Promise<void>((resolve) => {
    child.on('error', () => {
      // With a process id it is a signal that could not be sent, for the program has just ended.
      if (child.pid !== undefined) return;
      gone = true;
      resolve();
    });
    child.once('exit', () => {
      gone = true;
      releaseLifeline(child);
      const drain = setTimeout(() => {
        for (const stream of child.stdio) stream?.destroy();
      }, DRAIN_MS);
      child.once('close', () => clearTimeout(drain));
    });
    child.once('close', () => resolve());
  });
  readLines(child.stdout, onStdoutLine);
  readLines(child.stderr, onStderrLine);
  lifelineOf(child)?.on('error', () => {});
  return {
    pid: child.pid ?? null,
    ended,
    async terminate() {
      if (gone) return ended;
      child.kill('SIGTERM');
      const kill = setTimeout(() => child.kill('SIGKILL'), TERMINATE_GRACE_MS);
      await ended;
      clearTimeout(kill);
    },
  };
}

function lifelineOf(child: ChildProcess): Duplex | null {
  const stream = child.stdio[LIFELINE_FD];
  return stream instanceof Duplex ? stream : null;
}

function releaseLifeline(child: ChildProcess): void {
  lifelineOf(child)?.end(LIFELINE_RELEASE);
}

function readLines(stream: Readable | null, onLine: ((line: string) => void) | undefined): void {
  if (stream === null) return;
  const reader = new LineReader();
  const deliver = (lines: readonly string[]): void => {
    for (const line of lines) onLine?.(line);
  };
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => deliver(reader.push(chunk)));
  stream.on('end', () => deliver(reader.end()));
  stream.on('error', () => {});
}
