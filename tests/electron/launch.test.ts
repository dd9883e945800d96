/** Owns what whoever starts the app relies on: its ready line, one instance at a time, and its end on a signal. */

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  appArguments,
  describeDesktop,
  findElectron,
  launchDesktop,
  projectRoot,
} from '../support/host/electron.ts';
import { READY_LINE } from '../support/host/ready-line.ts';
import { until } from '../support/time/until.ts';

interface Started {
  readonly child: ChildProcess;
  output(): string;
  readonly ended: Promise<{ code: number | null; output: string }>;
}

/** Starts the app as the launcher does, without any test driver in between. */
function startApp(args: readonly string[], env: Readonly<Record<string, string>>): Started {
  const child = spawn(findElectron() ?? '', args, {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { ...process.env, ...env },
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const ended = new Promise<{ code: number | null; output: string }>((resolve) =>
    child.once('close', (code) => resolve({ code, output })),
  );
  return { child, output: () => output, ended };
}

describeDesktop('starting the app', () => {
  let profileDirectory: string;
  const children: ChildProcess[] = [];
  const startWith = (args: readonly string[], env: Readonly<Record<string, string>>): Started => {
    const started = startApp(args, env);
    children.push(started.child);
    return started;
  };
  const start = (directory: string, ...args: readonly string[]) =>
    startWith([...appArguments(directory), ...args], { SECRET_CALL_DATA: directory });
  beforeEach(async () => {
    profileDirectory = await mkdtemp(path.join(tmpdir(), 'secret-call-launch-'));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    await rm(profileDirectory, { recursive: true, force: true, maxRetries: 3 });
  });

  it('prints the ready line and nothing else, and ends in order on SIGTERM, also where nothing can be saved', async () => {
    const inTheWay = path.join(profileDirectory, 'a file');
    await writeFile(inTheWay, '');
    const nowhere = { XDG_CONFIG_HOME: inTheWay, SECRET_CALL_DATA: '', TMPDIR: profileDirectory };
    const { child, output, ended } = startWith(['--no-sandbox', projectRoot], nowhere);
    await until('the ready line', output, (text) => text !== '');
    const ownFiles = async () =>
      (await readdir(profileDirectory)).filter((name) => name.startsWith('secret-call-'));
    expect(await ownFiles()).toHaveLength(1);
    child.kill('SIGTERM');
    expect(await ended).toEqual({ code: 0, output: `${READY_LINE}\n` });
  });

  it('goes on when nobody reads its output any more', async () => {
    const { child, output, ended } = start(profileDirectory);
    await until('the ready line', output, (text) => text !== '');
    child.stdout?.destroy();
    // The second start makes the first one work; it would fall over its closed output now.
    expect((await start(profileDirectory).ended).code).toBe(0);
    expect(child.exitCode).toBeNull();
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
  });

  it('shows no window at login, and brings it up on a second start, which says it is ready and ends', async () => {
    const first = await launchDesktop({}, ['--hidden']);
    try {
      const visible = () =>
        first.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible());
      await first.page.getByRole('button', { name: 'Host', exact: true }).waitFor();
      const profile = path.join(first.dataDirectory, 'profile');
      expect((await start(profile, '--hidden').ended).code).toBe(0);
      expect(await visible()).toBe(false);

      const second = start(profile);
      expect(await second.ended).toEqual({ code: 0, output: `${READY_LINE}\n` });
      await until('the window up again', visible, (shown) => shown === true);
      expect(first.process.exitCode).toBeNull();
    } finally {
      await first.dispose();
    }
  });
});
