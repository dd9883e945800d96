/** Owns the host at a terminal that is killed at a random moment, live or as it starts, and its tunnel. */

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { Killings } from '../killings.ts';
import { pauseAtRandom, type SoakPart, type SoakStage } from '../stage.ts';
import { provideTunnel } from '../tunnelled.ts';

const MOMENT_MAX_MS = 2_000;
const STARTING_MAX_MS = 700;

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
