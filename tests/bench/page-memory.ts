/** Owns how much memory pages take: what the system counts for the processes that run them. */

import { readFile } from 'node:fs/promises';

const LOOK_MS = 200;
const KIB = 1_024;
const MB = 1_000_000;

async function residentMb(processId: number): Promise<number> {
  const status = await readFile(`/proc/${processId}/status`, 'utf8').catch(() => '');
  return (Number(/^VmRSS:\s*(\d+)/m.exec(status)?.[1] ?? 0) * KIB) / MB;
}

/**
 * The most that each of these took meanwhile above what it took before, in megabytes. The system alone is asked: a browser is not to
 * work for whoever looks at it.
 * @param pages ids of the processes of each
 */
export async function memoryAbove(
  pages: readonly (readonly number[])[],
  work: () => Promise<void>,
): Promise<readonly number[]> {
  const look = () =>
    Promise.all(
      pages.map(async (ids) => (await Promise.all(ids.map(residentMb))).reduce((sum, mb) => sum + mb, 0)),
    );
  const before = await look();
  let most = before;
  let over = false;
  const looking = (async () => {
    while (!over) {
      const now = await look();
      most = most.map((size, index) => Math.max(size, now[index] ?? 0));
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  })();
  await work().finally(() => {
    over = true;
  });
  await looking;
  return most.map((size, index) => size - (before[index] ?? 0));
}
