/** Owns the proof that the simulated network does what its rows say it does, and that nothing of it is left. */

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  addressOf,
  type Machine,
  removeNamespaces,
  SimulatedNetwork,
  whyNoNetwork,
} from '../../netsim/network.ts';

const runFile = promisify(execFile);
const RUN = String(process.pid);
const TIMED_OUT = 124;

/** Whether a connection is at least refused: on all of these machines nobody listens. */
async function reaches({ namespace }: Machine, address: string): Promise<boolean> {
  const knock = ['timeout', '0.2', 'bash', '-c', '</dev/tcp/$0/9', address];
  const code = await runFile('ip', ['netns', 'exec', namespace, ...knock]).then(
    () => 0,
    (error: { code: number; stderr: string }) =>
      error.stderr.includes('unreachable') ? TIMED_OUT : error.code,
  );
  return code !== TIMED_OUT;
}

describe.skipIf(whyNoNetwork() !== null)('the simulated network', () => {
  let anna: Machine;
  let boris: Machine;

  beforeAll(async () => {
    const network = await SimulatedNetwork.create(RUN);
    anna = await network.add('anna', 11);
    boris = await network.add('boris', 12);
  });
  afterAll(async () => {
    await removeNamespaces((run) => run === RUN);
    expect((await runFile('ip', ['netns', 'list'])).stdout).not.toContain(`-${RUN}-`);
  });

  it('lets all through but what is cut, and that again once it is mended', async () => {
    expect(await reaches(anna, boris.address)).toBe(true);
    await anna.cutFrom(boris);
    expect(await reaches(anna, boris.address)).toBe(false);
    expect(await reaches(boris, anna.address)).toBe(false);
    await anna.mend();
    expect(await reaches(anna, boris.address)).toBe(true);
  });

  it('takes a machine away and brings it back at another address', async () => {
    const before = anna.address;
    await anna.goDown();
    expect(await reaches(anna, boris.address)).toBe(false);
    await anna.moveTo(addressOf(77));
    await anna.goUp();
    expect(await reaches(anna, boris.address)).toBe(true);
    expect(await reaches(boris, anna.address)).toBe(true);
    expect(await reaches(boris, before)).toBe(false);
  });
});
