/** Owns whether README tells how large each package is: made as for people, and held against its table. */

import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { type CheckReport, NotHere } from './report.ts';

const MEGABYTE = 1e6;

/** What README says, in megabytes by file; the runtime is most of it, so it also says with which. */
async function toldSizes(): Promise<{
  readonly electron: string;
  readonly sizes: ReadonlyMap<string, number>;
}> {
  const text = await readFile('README.md', 'utf8');
  const electron = /The sizes are those with Electron (\d+)\b/.exec(text)?.[1];
  if (electron === undefined) throw new Error('README does not tell with which Electron');
  const rows = text.matchAll(/^\|[^|]*\| `([^`]+)` \| (\d+) MB \|$/gm);
  return { electron, sizes: new Map([...rows].map(([, file = '', size]) => [file, Number(size)])) };
}

/** `folder` has the packages `names`, and the packed app beside them. */
export async function checkSizes(
  report: CheckReport,
  folder: string,
  names: readonly string[],
): Promise<void> {
  const told = await toldSizes();
  const version = await readFile(path.join(folder, 'linux-unpacked/version'), 'utf8');
  const [electron] = version.trim().replace(/^v/, '').split('.');
  for (const name of names)
    await report.point(name, 'size', async () => {
      const { size } = await stat(path.join(folder, name));
      const here = `${(size / MEGABYTE).toFixed(1)} MB with Electron ${electron}`;
      if (electron !== told.electron) throw new NotHere(`${here}; README tells it for ${told.electron}`);
      if (Math.round(size / MEGABYTE) !== told.sizes.get(name))
        throw new Error(`${here}; README tells ${told.sizes.get(name) ?? 'none'}`);
      return here;
    });
}
