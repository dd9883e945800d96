/** Holds the packages' launcher to starting the app as it was asked to, and to words where Chromium would only dump. */

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

let root: string;
let bin: string;

function program(file: string, script: string): void {
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'Запуск с пробелами '));
  bin = path.join(root, 'tools');
  mkdirSync(path.join(root, 'app'));
  copyFileSync('assets/linux/launcher', path.join(root, 'app/secret-call'));
  chmodSync(path.join(root, 'app/secret-call'), 0o755);
  program(path.join(root, 'app/lib/secret-call/secret-call'), 'printf "%s\\n" started "$@"');
  // An ordinary user of a system that has user namespaces.
  program(path.join(bin, 'id'), 'echo 1000');
  program(path.join(bin, 'unshare'), 'exit 0');
  program(path.join(bin, 'cat'), 'exit 1');
  // Over those that this machine may have.
  for (const shows of ['zenity', 'kdialog', 'xmessage']) program(path.join(bin, shows), 'exit 0');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function launch(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
  by = 'app/secret-call',
) {
  const { status, stdout, stderr } = spawnSync(path.join(root, by), args, {
    encoding: 'utf8',
    env: { PATH: `${bin}:/usr/bin:/bin`, DISPLAY: ':0', LANG: 'en_US.UTF-8', ...env },
  });
  return { status, stdout, stderr };
}

describe.skipIf(process.platform !== 'linux')('the launcher', () => {
  const started = (...args: readonly string[]) => ({
    status: 0,
    stdout: ['started', ...args, ''].join('\n'),
    stderr: '',
  });

  it('starts the app with its arguments as they are, also through a link', () => {
    const args = ['--', 'secret-call://a/#b c', '$(exit 3)', ''];
    expect(launch(args)).toEqual(started(...args));
    symlinkSync('app/secret-call', path.join(root, 'link'));
    expect(launch(args, {}, 'link')).toEqual(started(...args));
    expect(launch([], { DISPLAY: '', WAYLAND_DISPLAY: 'wayland-0' })).toEqual(started());
  });

  it('finds the app where a package installs it', () => {
    const installed = path.join(root, 'usr');
    mkdirSync(path.join(installed, 'bin'), { recursive: true });
    copyFileSync('assets/linux/launcher', path.join(installed, 'bin/secret-call'));
    chmodSync(path.join(installed, 'bin/secret-call'), 0o755);
    program(path.join(installed, 'lib/secret-call/secret-call'), 'echo started');
    expect(launch([], {}, 'usr/bin/secret-call')).toEqual(started());
  });

  /** In words, in the person's language; nothing is started. */
  function givesUp(english: string, russian: string, env: Readonly<Record<string, string>> = {}): void {
    const { status, stdout, stderr } = launch([], env);
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toContain(english);
    expect(stderr.trim().split('\n').length).toBeLessThan(3);
    expect(launch([], { LC_ALL: 'ru_RU.UTF-8', ...env }).stderr).toContain(russian);
  }

  it('does not run as root', () => {
    program(path.join(bin, 'id'), 'echo 0');
    givesUp('does not run as root', 'От имени root');
    givesUp('does not run as root', 'От имени root', { DISPLAY: '' });
  });

  it('says so where there is no screen', () => {
    givesUp('There is no screen', 'нет экрана', { DISPLAY: '' });
  });

  it('says so where the disk lets no program run', () => {
    chmodSync(path.join(root, 'app/lib/secret-call/secret-call'), 0o644);
    givesUp('noexec', 'noexec');
  });

  it('says so where there are no user namespaces, and takes the sandbox’s helper where that is in place', () => {
    program(path.join(bin, 'unshare'), 'exit 1');
    givesUp('user namespaces', 'пространств имён');
    const helper = path.join(root, 'app/lib/secret-call/chrome-sandbox');
    program(helper, 'exit 1');
    program(path.join(bin, 'stat'), 'echo 0');
    givesUp('user namespaces', 'пространств имён');
    chmodSync(helper, 0o4755);
    expect(launch()).toEqual(started());
    program(path.join(bin, 'stat'), 'echo 1000');
    givesUp('user namespaces', 'пространств имён');
  });

  it('says so where only programs with a profile have them, and starts where there is one', () => {
    program(path.join(bin, 'cat'), 'echo 1');
    program(path.join(bin, 'grep'), 'exit 1');
    givesUp('Ubuntu', 'Ubuntu');
    program(path.join(bin, 'grep'), 'exit 0');
    expect(launch()).toEqual(started());
  });

  it('goes without the sandbox only where somebody says so', () => {
    program(path.join(bin, 'id'), 'echo 0');
    program(path.join(bin, 'unshare'), 'exit 1');
    expect(launch(['--no-sandbox'])).toEqual(started('--no-sandbox'));
    expect(launch(['--', '--no-sandbox-at-all']).status).toBe(1);
  });

  it('shows its words where nobody reads what is printed', () => {
    const shown = path.join(root, 'shown');
    program(path.join(bin, 'id'), 'echo 0');
    program(path.join(bin, 'zenity'), `printf "%s\\n" "$@" >"${shown}"`);
    expect(launch().status).toBe(1);
    expect(readFileSync(shown, 'utf8')).toContain('--text=Secret Call does not run as root');
  });
});
