/** Kills apps that hold a tunnel, and looks for what is left of it then and at the next start. */

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../../main/common/logger.ts';
import { knownHostsArgument, sshArguments } from '../../../main/tunnel/providers/ssh-args.ts';
import { createTunnel } from '../../../main/tunnel/tunnel.ts';
import { type Bundle, bundleForNode } from '../../support/process/bundle-for-node.ts';
import { findProgram } from '../../support/process/find-program.ts';
import { processesWith } from '../../support/process/processes.ts';
import { until } from '../../support/time/until.ts';
import { type Sshd, sshdMissing, startSshd } from '../../support/tunnel/sshd.ts';
import type { TunnelAppOptions } from '../../support/tunnel/tunnel-app.ts';
import { watchTunnel } from '../../support/tunnel/tunnel-watch.ts';

/** A process id that no Linux gives out (above 2^22). */
const NO_PROCESS = 4_194_305;

describe.skipIf(sshdMissing !== null)(`orphans${sshdMissing ? ` (skipped: ${sshdMissing})` : ''}`, () => {
  let app: Bundle;
  let sshd: Sshd;
  let dataDirectory = '';
  const children: ChildProcess[] = [];

  beforeAll(async () => {
    [app, sshd] = await Promise.all([bundleForNode('tests/support/tunnel/tunnel-app.ts'), startSshd()]);
  });

  afterAll(() => Promise.all([app.remove(), sshd.stop()]));

  beforeEach(async () => {
    dataDirectory = await mkdtemp(join(tmpdir(), 'orphans-'));
  });

  afterEach(async () => {
    for (const child of children.splice(0)) {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    }
    await rm(dataDirectory, { recursive: true, force: true });
  });

  const running = (): number[] => processesWith(knownHostsArgument(sshd.knownHostsFile, dataDirectory));
  const nothingLeft = () => until('the end of ssh', running, (pids) => pids.length === 0, 5_000);

  /** An app of its own, with its tunnel connected. */
  async function startApp(path = process.env.PATH ?? ''): Promise<ChildProcess> {
    const options: TunnelAppOptions = {
      choice: 'localhost.run',
      others: false,
      localPort: 9,
      dataDirectory,
      ssh: { target: sshd.target, port: sshd.port, knownHostsFile: sshd.knownHostsFile },
    };
    const child = spawn(process.execPath, [app.file, JSON.stringify(options)], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PATH: path },
    });
    children.push(child);
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes('"connected"')) return child;
    }
    throw new Error('the app ended before its tunnel was connected');
  }

  /** An ssh that nobody looks after, as the app would have started it. */
  function startSsh(): ChildProcess {
    const args = sshArguments({
      target: { user: 'nokey', host: '127.0.0.1' },
      port: sshd.port,
      knownHostsFile: sshd.knownHostsFile,
      directory: dataDirectory,
      pinned: false,
      localPort: 9,
    });
    const child = spawn('ssh', args, { stdio: 'ignore' });
    children.push(child);
    return child;
  }

  async function record(owner: number, child: number | undefined): Promise<void> {
    const marker = knownHostsArgument(sshd.knownHostsFile, dataDirectory);
    await writeFile(join(dataDirectory, `tunnel-${owner}.json`), JSON.stringify({ child, marker }));
  }

  /** Has a tunnel begin in the data directory, to the end of its first try. */
  async function nextStart(): Promise<void> {
    const tunnel = createTunnel({
      choice: 'localhost.run',
      others: false,
      localPort: 9,
      dataDirectory,
      ssh: { target: sshd.target, port: sshd.port, knownHostsFile: sshd.wrongKnownHostsFile },
      logger: silentLogger,
    });
    const watch = watchTunnel(tunnel);
    tunnel.start();
    await watch.next('failed');
  }

  const setpriv = findProgram(['setpriv']);
  it.skipIf(setpriv === null)('there are none after SIGKILL, where the kernel sees to it', async () => {
    const child = await startApp();
    expect(running()).toHaveLength(1);
    child.kill('SIGKILL');
    await nothingLeft();
  });

  it('there are none after SIGKILL, where a shell at a pipe sees to it', async () => {
    const programs = join(dataDirectory, 'bin');
    await mkdir(programs);
    await symlink(findProgram(['ssh']) ?? '', join(programs, 'ssh'));
    const child = await startApp(programs);
    // ssh itself, and the shell that waits.
    expect(running()).toHaveLength(2);
    child.kill('SIGKILL');
    await nothingLeft();
  });

  it('there are none after the app went down by itself without stopping', async () => {
    const child = await startApp();
    child.kill('SIGTERM');
    await nothingLeft();
  });

  it('that a killed app left behind are ended at the next start', async () => {
    const leftOver = startSsh();
    await record(NO_PROCESS, leftOver.pid);
    await until('ssh', running, (pids) => pids.length === 1);
    const ended = once(leftOver, 'exit');
    await nextStart();
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(await readdir(dataDirectory)).toEqual(['known_hosts']);
  });

  it('are told from the child of another app that runs, which stays', async () => {
    const owner = await startApp();
    const [ssh] = running();
    await nextStart();
    expect(running()).toEqual([ssh]);
    expect(await readdir(dataDirectory)).toContain(`tunnel-${owner.pid}.json`);
  });

  it('are told from a stranger who has got the process id since, and stays', async () => {
    const stranger = spawn('sleep', ['60'], { stdio: 'ignore' });
    children.push(stranger);
    await record(NO_PROCESS, stranger.pid);
    await nextStart();
    expect(stranger.exitCode).toBeNull();
    expect(stranger.signalCode).toBeNull();
    expect(processesWith('sleep 60')).toContain(stranger.pid);
  });

  it('are not looked for in a damaged record', async () => {
    const damaged = [
      '',
      '{',
      '[]',
      '{"child":1,"marker":"init"}',
      '{"child":-1,"marker":"x"}',
      '{"child":"1"}',
    ];
    for (const [index, text] of damaged.entries()) {
      await writeFile(join(dataDirectory, `tunnel-${NO_PROCESS + index}.json`), text);
    }
    await nextStart();
    expect(await readdir(dataDirectory)).toEqual(['known_hosts']);
  });
});
