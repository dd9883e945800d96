/** Kills the process of a tunnel again and again: each time another comes, and nothing of those before stays. */

import { getEventListeners } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { toDisposable } from '../../../main/common/lifecycle.ts';
import { silentLogger } from '../../../main/common/logger.ts';
import type { TimersLike } from '../../../main/common/platform.ts';
import { createRunProcess } from '../../../main/tunnel/process/tunnel-process.ts';
import type { TunnelProvider } from '../../../main/tunnel/providers/provider.ts';
import { TunnelSupervisor } from '../../../main/tunnel/supervisor.ts';
import { findProgram } from '../../support/process/find-program.ts';
import { processesWith } from '../../support/process/processes.ts';
import { watchTunnel } from '../../support/tunnel/tunnel-watch.ts';

const KILLS = 50;

const tail = process.platform === 'linux' ? findProgram(['tail']) : null;

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'killed-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Those of the system, counted as long as they are still to come. */
function countedTimers() {
  const pending = new Set<unknown>();
  const timers: TimersLike = {
    setTimeout(callback, delayMs) {
      const timer = setTimeout(() => {
        pending.delete(timer);
        callback();
      }, delayMs);
      pending.add(timer);
      return timer;
    },
    clearTimeout(handle) {
      pending.delete(handle);
      clearTimeout(handle as NodeJS.Timeout);
    },
  };
  return { timers, pending };
}

/** Prints a line, and goes on until it is ended. */
function tailOf(command: string, file: string, signals: AbortSignal[]): TunnelProvider {
  const runProcess = createRunProcess({
    platform: process.platform,
    env: process.env,
    dataDirectory: folder,
    logger: silentLogger,
  });
  return {
    name: 'localhost.run',
    connectTimeoutMs: 45_000,
    isInstalled: async () => true,
    async run({ signal, onAddress }) {
      signals.push(signal);
      const url = `https://a${signals.length}.lhr.life`;
      const args = ['-n', '+1', '-f', file];
      await runProcess({ command, args, marker: file, onStdoutLine: () => onAddress(url) }, signal);
      return 'tunnel-lost';
    },
  };
}

it.skipIf(tail === null)(
  `a tunnel killed ${KILLS} times in a row leaves no process, timer, listener or file${tail ? '' : ' (skipped: needs Linux and tail)'}`,
  async () => {
    const file = join(folder, 'announcement');
    await writeFile(file, 'up\n');
    const signals: AbortSignal[] = [];
    const { timers, pending } = countedTimers();
    const watching = new Set<() => void>();
    const tunnel = new TunnelSupervisor({
      providers: [tailOf(tail ?? '', file, signals)],
      probe: async () => 'answering',
      watchNetwork: (onSign) => {
        watching.add(onSign);
        return toDisposable(() => watching.delete(onSign));
      },
      logger: silentLogger,
      random: () => 0,
      clock: () => performance.now(),
      timers,
    });
    const watch = watchTunnel(tunnel);
    tunnel.start();
    /** What there is of each while the tunnel stands. */
    const held: string[] = [];
    for (let kill = 1; kill <= KILLS; kill++) {
      expect(await watch.next('connected')).toEqual({
        phase: 'connected',
        url: `https://a${kill}.lhr.life`,
      });
      const running = processesWith(file);
      const listeners = signals.map((signal) => getEventListeners(signal, 'abort').length);
      held.push(
        [
          running.length,
          pending.size,
          watching.size,
          listeners.at(-1),
          Math.max(0, ...listeners.slice(0, -1)),
        ].join(),
      );
      for (const pid of running) process.kill(pid, 'SIGKILL');
      await watch.next('waiting');
      // A sign that the network is another one: nothing is waited for.
      for (const onSign of watching) onSign();
    }
    await watch.next('connected');
    await tunnel.stop();
    expect(new Set(held).size).toBe(1);
    expect(held[0]).toMatch(/^1,1,1,\d+,0$/);
    expect(processesWith(file)).toEqual([]);
    expect([pending.size, watching.size]).toEqual([0, 0]);
    expect(signals.map((signal) => getEventListeners(signal, 'abort').length)).toEqual(signals.map(() => 0));
    expect(await readdir(folder)).toEqual(['announcement']);
  },
);
