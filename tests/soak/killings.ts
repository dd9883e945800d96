/** Owns what killings of our programs come to: how soon each is there again, and what is left of it. */

import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Figure } from '../netsim/report.ts';
import { until } from '../support/time/until.ts';

const RESTART_MAX_S = 3;

export class Killings {
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
