/** Owns programs of ours that are killed at a random moment: what is left of them, and how soon they are there again. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import type { Figure } from '../../netsim/report.ts';
import { type Desktop, desktopObstacle, ensureDisplay, launchDesktop } from '../../support/host/electron.ts';
import { processesWith } from '../../support/process/processes.ts';
import { until } from '../../support/time/until.ts';
import { pauseAtRandom, type SoakPart, type SoakStage } from '../stage.ts';
import { provideTunnel } from '../tunnelled.ts';

const RESTART_MAX_S = 3;
const MOMENT_MAX_MS = 2_000;
const STARTING_MAX_MS = 700;

/** What killings come to. */
class Killings {
  #longestStartMs = 0;
  #longestGoneMs = 0;
  #portsBound = 0;

  noteStart(durationMs: number): void {
    this.#longestStartMs = Math.max(this.#longestStartMs, durationMs);
  }

  /** Waits until none of these runs. */
  async awaitNone(processes: () => readonly number[]): Promise<void> {
    const killedAtMs = performance.now();
    await until('the end of all its processes', processes, ({ length }) => length === 0);
    this.#longestGoneMs = Math.max(this.#longestGoneMs, performance.now() - killedAtMs);
  }

  async tryPort(port: number): Promise<void> {
    if (!(await isFree(port))) this.#portsBound++;
  }

  figures(): Figure[] {
    return [
      {
        name: 'longest until live again',
        value: this.#longestStartMs / 1_000,
        unit: 's',
        atMost: RESTART_MAX_S,
      },
      {
        name: 'longest until nothing was left of it',
        value: this.#longestGoneMs / 1_000,
        unit: 's',
        atMost: 1,
      },
      { name: 'ports left bound', value: this.#portsBound, unit: '', atMost: 0 },
    ];
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const bound = once(server.listen(port, '127.0.0.1'), 'listening').then(
    () => true,
    () => false,
  );
  const free = await bound;
  server.close();
  return free;
}

export const terminalKilled: SoakPart = {
  what: 'times the host at a terminal is killed, live or as it starts',
  count: 50,
  async run(stage, count) {
    const { flags, sshProcesses } = await provideTunnel(stage);
    const killings = new Killings();
    const options = { dataDirectory: stage.directory, flags: [...flags, '--keep-room'] };
    let port = 0;
    for (let killed = 0; killed < count; killed++) {
      if (killed % 2 === 0) {
        const startMs = performance.now();
        const host = await stage.host(options);
        killings.noteStart(performance.now() - startMs);
        port = host.port;
        await pauseAtRandom(MOMENT_MAX_MS);
        await host.kill();
      } else await killAsItStarts(stage, options.flags);
      await killings.awaitNone(sshProcesses);
      await killings.tryPort(port);
    }
    return { figures: killings.figures() };
  },
};

async function killAsItStarts({ directory }: SoakStage, flags: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [resolve('dist/main/cli.js'), '--json', ...flags], {
    env: { ...process.env, SECRET_CALL_DATA: directory },
    stdio: 'ignore',
  });
  const ended = once(child, 'exit');
  await pauseAtRandom(STARTING_MAX_MS);
  child.kill('SIGKILL');
  await ended;
}

async function needDisplay(stage: SoakStage): Promise<void> {
  const obstacle = desktopObstacle();
  if (obstacle !== null) throw new Error(obstacle);
  const display = await ensureDisplay();
  stage.atEnd(async () => display?.stop());
}

const pressHost = ({ page }: Desktop) => page.getByRole('button', { name: 'Host', exact: true }).click();
const linkOf = async ({ page }: Desktop) => (await page.getByRole('link').getAttribute('href')) ?? '';

export const appKilled: SoakPart = {
  what: 'times the app is killed as it hosts',
  count: 50,
  async run(stage, count) {
    await needDisplay(stage);
    const killings = new Killings();
    for (let killed = 0; killed < count; killed++) {
      const startMs = performance.now();
      const desktop = await launchDesktop();
      stage.atEnd(() => desktop.dispose());
      await desktop.page.getByRole('button', { name: 'Host', exact: true }).waitFor();
      killings.noteStart(performance.now() - startMs);
      await pressHost(desktop);
      const port = Number(new URL(await linkOf(desktop)).port);
      await pauseAtRandom(MOMENT_MAX_MS);
      desktop.process.kill('SIGKILL');
      await desktop.exited;
      await killings.awaitNone(() => processesWith(join(desktop.dataDirectory, 'profile')));
      await killings.tryPort(port);
    }
    return { figures: killings.figures() };
  },
};
