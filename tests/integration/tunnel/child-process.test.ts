/** Runs real programs under each guard: their lines, their end, and ending those that do not want to. */

import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import {
  type RunningChild,
  startChild,
  TERMINATE_GRACE_MS,
} from '../../../main/tunnel/process/child-process.ts';
import type { ParentGuard } from '../../../main/tunnel/process/parent-guard.ts';
import { findProgram } from '../../support/process/find-program.ts';
import { processesWith } from '../../support/process/processes.ts';
import { until } from '../../support/time/until.ts';

const setpriv = findProgram(['setpriv']);
const guards: ParentGuard[] = [
  { kind: 'none' },
  { kind: 'lifeline' },
  ...(setpriv === null ? [] : [{ kind: 'setpriv', setpriv } as const]),
];

interface Output {
  readonly child: RunningChild;
  readonly stdout: string[];
  readonly stderr: string[];
}

/** Runs a script of the test's own, with `tag` to find its processes by. */
function run(guard: ParentGuard, script: string, tag = 'a test'): Output {
  const stdout: string[] = [];
  const stderr: string[] = [];
  const child = startChild({
    command: '/bin/sh',
    args: ['-c', script, tag],
    cwd: tmpdir(),
    env: { PATH: process.env.PATH, GREETING: 'hello' },
    guard,
    onStdoutLine: (line) => stdout.push(line),
    onStderrLine: (line) => stderr.push(line),
  });
  return { child, stdout, stderr };
}

const onWindows = process.platform === 'win32';

describe.skipIf(onWindows)(`a child process${onWindows ? ' (skipped: needs /bin/sh)' : ''}`, () => {
  describe.each(guards)('guarded by: $kind', (guard) => {
    it('delivers every line of both streams before its end', async () => {
      const script = 'printf "one\\r\\ntwo\\n\\nlast"; printf "a\\nb" >&2; exit 3';
      const { child, stdout, stderr } = run(guard, script);
      await child.ended;
      expect([stdout, stderr]).toEqual([
        ['one', 'two', '', 'last'],
        ['a', 'b'],
      ]);
    });

    it('has no input, the given environment and the given folder', async () => {
      const { child, stdout } = run(guard, 'read -r line || echo "no input"; echo "$GREETING"; pwd -P');
      await child.ended;
      expect(stdout).toEqual(['no input', 'hello', tmpdir()]);
    });

    it('ends on request at once, and more than once does no harm', async () => {
      const { child, stdout } = run(guard, 'echo up; exec sleep 60');
      await until(
        'the program',
        () => stdout.length,
        (count) => count === 1,
      );
      const beforeMs = performance.now();
      await Promise.all([child.terminate(), child.terminate()]);
      await child.terminate();
      expect(performance.now() - beforeMs).toBeLessThan(TERMINATE_GRACE_MS);
      expect(child.pid).not.toBeNull();
      expect(isRunning(child.pid ?? 0)).toBe(false);
    });

    it('is killed when it takes no notice, with whatever it holds open', async () => {
      const { child, stdout } = run(guard, 'trap "" TERM; sleep 5 & echo up; while :; do sleep 0.1; done');
      await until(
        'the program',
        () => stdout.length,
        (count) => count === 1,
      );
      const beforeMs = performance.now();
      await child.terminate();
      const tookMs = performance.now() - beforeMs;
      expect(tookMs).toBeGreaterThanOrEqual(TERMINATE_GRACE_MS - 50);
      expect(tookMs).toBeLessThan(TERMINATE_GRACE_MS + 1_500);
      expect(isRunning(child.pid ?? 0)).toBe(false);
    });

    it.skipIf(process.platform !== 'linux')('leaves no watcher behind', async () => {
      const tag = `watched-${Math.random()}`;
      const { child } = run(guard, 'exit 0', tag);
      await child.ended;
      await until(
        'the end of all',
        () => processesWith(tag),
        (pids) => pids.length === 0,
        2_000,
      );
    });
  });

  it('that cannot be started has ended, without a process id', async () => {
    const child = startChild({
      command: '/nowhere/program',
      args: [],
      cwd: tmpdir(),
      env: {},
      guard: { kind: 'none' },
    });
    await child.ended;
    await child.terminate();
    expect(child.pid).toBeNull();
  });

  it('with an argument that no program can be given has ended too', async () => {
    const child = startChild({
      command: '/bin/sh',
      args: ['\0'],
      cwd: tmpdir(),
      env: {},
      guard: { kind: 'none' },
    });
    await child.ended;
    expect(child.pid).toBeNull();
  });
});

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
